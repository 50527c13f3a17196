"""Tests of the codebook."""
