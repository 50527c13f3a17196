"""Where rehearsals of text conversations lie, and that none of them lives longer than a day."""

import shutil
from datetime import datetime
from pathlib import Path

from app.core import config

LONGEST_LIFE = 86_400  # seconds
MARK = "begun"
"""A file that is written once: its time is when the rehearsal began, whatever is written beside it later."""


def folder() -> Path:
    """The folder with one folder a rehearsal; it need not be there yet."""
    return config.settings().instance_dir / "rehearsals"


def forget(now: datetime) -> int:
    """Remove the rehearsals that are older than a day; how many."""
    old = [one for one in by_age() if now.timestamp() - began(one) >= LONGEST_LIFE]
    for one in old:
        shutil.rmtree(one, ignore_errors=True)
    return len(old)


def by_age() -> list[Path]:
    """The folders of the rehearsals, the oldest first."""
    return sorted((mark.parent for mark in folder().glob(f"*/{MARK}")), key=began)


def began(rehearsal: Path) -> float:
    """When it began, in seconds since 1970; 0 for one that is being removed at this moment."""
    try:
        return (rehearsal / MARK).stat().st_mtime
    except FileNotFoundError:
        return 0.0
