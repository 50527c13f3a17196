"""Answers that came in a flood, held until a moderator lets them in."""
