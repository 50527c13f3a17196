"""Decisions: what was decided at a gate, and why."""
