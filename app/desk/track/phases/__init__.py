"""Phases: when we listen, when it is decided, and what must be in order first."""
