"""Releases at the desk: previewed, signed, published."""
