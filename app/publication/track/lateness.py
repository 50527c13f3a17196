"""The clocks the public sees: how long a proposal has waited, and what should have come by now."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.publication.track.entries import Entry

UNANSWERED = frozenset({"submitted", "evaluating"})
_DECIDED = frozenset({"decided", "result_published", "cancelled"})
_OVER = frozenset({"result_published", "cancelled"})
_FINISHED = frozenset({"done", "dropped"})


@dataclass(frozen=True)
class Late:
    """What should have come, on which day, and how many days ago that was (from 1)."""

    what: str
    """answer, decision, result or action."""
    due: date
    days: int


def days_waiting(entry: Entry, today: date) -> int | None:
    """How long a proposal has waited since it was sent, or sent again; None for what waits for no answer."""
    since = day_of(entry.parts.get("asked_again_on") or entry.parts.get("submitted_on"))
    if entry.kind != "proposal" or entry.state not in UNANSWERED or since is None:
        return None
    return max((today - since).days, 0)


def late(entry: Entry, today: date) -> list[Late]:
    """Everything about it that should have come before today. A day given as the last one is not late."""
    due = [(what, day_of(entry.parts.get(name))) for what, name in _clocks(entry)]
    return [Late(what, day, (today - day).days) for what, day in due if day is not None and day < today]


def late_since(entry: Entry, today: date) -> date | None:
    """The first day a proposal's answer was late, also after it came; None if it was in time or is not due.

    Otherwise a feed would forget the delay on the day of the answer.
    """
    due, answer = day_of(entry.parts.get("answer_due")), entry.parts.get("answer") or {}
    came = day_of(answer.get("on")) if entry.state not in UNANSWERED else today
    if entry.kind != "proposal" or due is None or came is None or came <= due:
        return None
    return due + timedelta(days=1)


def day_of(value: Any) -> date | None:
    """A day as the parts of an object hold it."""
    return date.fromisoformat(value) if value else None


def _clocks(entry: Entry) -> list[tuple[str, str]]:
    if entry.kind == "proposal" and entry.state in UNANSWERED:
        return [("answer", "answer_due")]
    if entry.kind == "action" and entry.state not in _FINISHED:
        return [("action", "due")]
    if entry.kind != "phase":
        return []
    clocks = [("decision", "decide_by")] if entry.state not in _DECIDED else []
    return clocks + ([("result", "result_by")] if entry.state not in _OVER else [])
