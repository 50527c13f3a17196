"""The text message channel: a short conversation that forgets the telephone it was held with."""
