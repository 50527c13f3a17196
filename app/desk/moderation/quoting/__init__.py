"""Quoting at the desk: a moderator proposes, two sign, the council chooses what is shown."""
