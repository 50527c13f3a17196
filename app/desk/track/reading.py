"""Who sees what of the track: those who work on it everything, the others what the public sees."""

import re
from datetime import date

from flask import abort, request

from app.desk.accounts.models import User
from app.desk.track import states

READERS = ("staff", "peer", "moderator", "council", "analyst")
WORKERS = ("moderator", "council", "analyst")
READ_STATEMENTS = ("peer", "moderator", "council", "analyst")
_CODE = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


def finding_states(user: User) -> tuple[str, ...]:
    """The states of findings this person may read."""
    return tuple(states.FINDING) if user.role in WORKERS else ("published",)


def proposal_states(user: User) -> tuple[str, ...]:
    """The states of proposals this person may read."""
    return tuple(states.PROPOSAL) if user.role in ("moderator", "council") else ("submitted", "withdrawn")


def decision_states(user: User) -> tuple[str, ...]:
    """The states of decisions this person may read."""
    return tuple(states.DECISION) if user.role in ("moderator", "council") else ("published",)


def number(code: str, letter: str) -> int:
    """5 of U5; anything else is an address that does not exist."""
    if not code.startswith(letter) or not _CODE.fullmatch(code[1:]):
        abort(404)
    return int(code[1:])


def field(name: str) -> str:
    """A form field: line ends as the database keeps them, no space around."""
    return request.form.get(name, "").replace("\r\n", "\n").strip()


def version() -> int:
    """Which version of the words the form was made from; -1 if it does not say."""
    return request.form.get("version", -1, type=int)


def day(name: str) -> date | None:
    """A form field as a day; None where there is none."""
    try:
        return date.fromisoformat(field(name))
    except ValueError:
        return None
