"""One rejected text in twenty is read again by somebody else, who does not know it."""
