"""Rehearsals: whole text conversations on the real engine, in a database of their own that nothing is counted from."""
