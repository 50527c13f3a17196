"""Tests of the moderation desk."""
