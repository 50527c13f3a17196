"""Told items: what was said and what came of it, in words for each channel and language."""
