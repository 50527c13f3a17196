"""Memos: what a moderator wants to remember about a text, a code or a quote. No name survives the saving."""
