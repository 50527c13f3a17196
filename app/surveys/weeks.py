"""ISO weeks, kept in core."""

from app.core.weeks import *  # noqa: F403
