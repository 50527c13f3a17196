"""Measures what matters, as ratios within one run: machines are noisy, ratios hold."""
