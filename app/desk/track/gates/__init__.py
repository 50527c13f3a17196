"""Gates: what must be in order before a phase is decided, point by point."""
