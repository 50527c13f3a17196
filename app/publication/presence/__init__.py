"""Who is missing: voices beside those who could have spoken, and where we are at all."""
