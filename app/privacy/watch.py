"""What operators watch of the promise: whether today's key is there, and whether the nights were whole."""

from app.core import clock, config
from app.privacy import keys, night_report
from app.privacy.backups import copies


def missing_key() -> str | None:
    """One line if the day key can neither be read nor made; without it no text can be taken."""
    if not config.settings().has_citizen_side:
        return None
    try:
        keys.usable()
    except (OSError, keys.NoHardLinks):
        return "The day key can neither be read nor made: look at STEMME_KEYS_DIR."
    return None


def bad_nights() -> str | None:
    """One line if two nights in a row left something undone."""
    return night_report.fault()


def late_backup() -> str | None:
    """One line if the desk of a real house has no backup of the last two days."""
    settings = config.settings()
    if settings.env != "production" or not settings.has_desk_side or not copies.is_late(clock.now()):
        return None
    return "No backup was made in the last two days."
