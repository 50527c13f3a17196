"""Peers say whether a finding is heard right, and see what came of it."""
