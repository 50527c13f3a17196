"""The only way out: what may be seen of what was said, decided by the guard and frozen."""
