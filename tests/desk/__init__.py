"""Tests of the staff side."""
