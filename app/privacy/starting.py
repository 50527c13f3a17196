"""What is looked at before a process of ours takes the first request or the first job in production."""

import os
from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError

from app.core import config, db, host, postgres, roles
from app.core.config import Settings, SettingsRefused
from app.privacy import sides, watch
from app.privacy.backups import encrypting


def check() -> None:
    """Refuse to start with one line that names everything that must not be; keep no core of a crash.

    Needs an app, and commits: nobody has asked for anything yet.
    """
    settings = config.settings()
    if settings.env != "production":
        return
    host.leave_no_core()
    found = list(faults(settings))
    if found:
        raise SettingsRefused("Not started: " + "; ".join(found) + ".")
    sides.leave_marks()
    db.db.session.commit()


def faults(settings: Settings) -> Iterator[str]:
    """What the machine and the database must not be like, a line each."""
    yield from (f"the swap {name} is not encrypted" for name in host.plain_swaps())
    if settings.backup_recipient and not encrypting.is_recipient(settings.backup_recipient):
        yield "STEMME_BACKUP_RECIPIENT is not a public key of age (age1…)"
    yield from _unwritable_anchor(settings)
    if watch.missing_key():
        yield "the day key can neither be read nor made in STEMME_KEYS_DIR, which needs hard links"
    try:
        yield from postgres.differences(db.connection())
        yield from roles.faults(settings.side)
        yield from sides.faults()
    except (DBAPIError, db.Busy):
        yield "the database does not answer, or is not ready: run `stemme init` on the desk's side"
    finally:
        db.db.session.rollback()


def hints(settings: Settings) -> Iterator[str]:
    """What is allowed and could be better."""
    if settings.side == "all":
        yield "Both sides run in one process: who takes over what citizens reach can open what they wrote."
    if settings.side != "all" and settings.database_url.startswith("sqlite"):
        yield "On SQLite both sides read the same file: the database cannot keep them apart, only keys can."


def _unwritable_anchor(settings: Settings) -> Iterator[str]:
    """The head of the audit trail is added to this file once a day: better said now than missed tomorrow."""
    if settings.audit_anchor is None or not settings.has_desk_side:
        return
    try:
        os.close(os.open(settings.audit_anchor, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600))
    except OSError as error:
        yield f"STEMME_AUDIT_ANCHOR cannot be written: {error.strerror}"
