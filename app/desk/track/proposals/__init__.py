"""Proposals: what is asked for, of whom, and the answer."""
