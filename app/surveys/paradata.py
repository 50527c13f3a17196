"""What happened in conversations, counted and never told of one: the paradata behind drop-off and dispositions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.surveys import queries

Happening = Literal[
    "opened", "asked", "answered", "skipped", "declined", "hint", "kept", "finish", "end", "stopped", "deleted",
    "help", "crisis", "orphan", "free", "placed", "unplaced", "moved", "receipt_yes", "receipt_no", "silent", "late",
    "recovered", "resent",
]  # fmt: skip
"""The events of docs/sms.md, "Counting people honestly"."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that happened, with everything that may be said of it: no place, no person, no order."""

    what: Happening
    question: str = ""
    survey: str = ""
    version: int = 0
    site_kind: str = ""
    lang: str = ""


def count(week: str, events: Iterable[Event]) -> None:
    """Count them up for the week, in the transaction in which they happened."""
    counted = Counter(events)
    if counted:
        queries.count_paradata(
            [
                {
                    "week": week, "survey_id": one.survey, "version": one.version, "site_kind": one.site_kind,
                    "lang": one.lang, "question": one.question, "event": one.what, "n": n,
                }
                for one, n in sorted(counted.items(), key=str)
            ]
        )  # fmt: skip
