"""Tests of phases and their gates."""
