"""Tests of what the machine proposes."""
