"""Who sees what of the track: those who work on it everything, the others what the public sees."""

import re
from datetime import date

from flask import abort, request

from app.core import numbers
from app.desk.accounts.models import User
from app.desk.track import states
from app.desk.track.proposals.models import Proposal

READERS = ("staff", "peer", "moderator", "council", "analyst")
WORKERS = ("moderator", "council", "analyst")
READ_STATEMENTS = ("peer", "moderator", "council", "analyst")
DRAFTERS = ("moderator", "council")
"""Who reads proposals that are not sent yet."""
_CODE = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


def finding_states(user: User) -> tuple[str, ...]:
    """The states of findings this person may read."""
    return tuple(states.FINDING) if user.role in WORKERS else ("published", "superseded")


def proposal_states(user: User) -> tuple[str, ...]:
    """The states of proposals this person may read."""
    if user.role in DRAFTERS:
        return tuple(states.PROPOSAL)
    return tuple(state for state in states.PROPOSAL if state != "draft")


def may_read(user: User, proposal: Proposal) -> bool:
    """Who works on proposals reads all of them; others what was sent, also if it was withdrawn afterwards."""
    return proposal.state in proposal_states(user) and (user.role in DRAFTERS or proposal.submitted_on is not None)


def research_states(user: User) -> tuple[str, ...]:
    """The states of research this person may read."""
    return tuple(states.RESEARCH) if user.role in WORKERS else ("published", "withdrawn")


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
    return request.form.get("version", -1, type=numbers.whole)


def day(name: str) -> date | None:
    """A form field as a day; None where there is none."""
    try:
        return date.fromisoformat(field(name))
    except ValueError:
        return None
