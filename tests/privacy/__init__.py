"""Tests of the promise."""
