"""Filters of the queue: facets only, never words."""
