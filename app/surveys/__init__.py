"""What is asked and what was said: surveys, question types, the interview, and the responses."""
