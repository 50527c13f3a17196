"""What is looked at before a process of ours takes the first request or the first job in production."""

from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError

from app.core import config, db, host, postgres, roles
from app.core.config import Settings, SettingsRefused
from app.privacy import sides


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
