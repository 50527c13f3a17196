"""Findings: what people told us, in one sentence with its evidence."""
