"""What has happened in public, month by month, read from what everybody can read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask_babel import gettext as _

from app.core.i18n import N_
from app.publication.track import Entry

BEGAN = {
    "finding": N_("Finding published"),
    "research": N_("Research published"),
    "proposal": N_("Proposal sent"),
    "decision": N_("Decision published"),
    "action": N_("Action planned"),
}
DAYS = {
    "action": {
        "started_on": N_("Action begun"),
        "done_on": N_("Action done"),
        "dropped_on": N_("Action dropped"),
    },
    "phase": {
        "opens_on": N_("The phase opens"),
        "closes_on": N_("The phase closes"),
        "decide_by": N_("To be decided by now"),
        "result_by": N_("The result is due"),
    },
}
"""What happens on the days that stand in an object's parts."""


@dataclass(frozen=True)
class Event:
    """One thing that happened, or will: on which day, what, and to which object."""

    on: date
    what: str
    code: str
    title: str


def months(entries: Iterable[Entry], lang: str) -> list[tuple[date, list[Event]]]:
    """The first day of each month with what happened in it, newest first."""
    events = sorted(_events(entries, lang), key=lambda one: (one.on, one.code), reverse=True)
    return [(month, list(found)) for month, found in groupby(events, key=lambda one: one.on.replace(day=1))]


def _events(entries: Iterable[Entry], lang: str) -> Iterator[Event]:
    for entry in entries:
        title = entry.title.get(lang) or entry.title["da"]
        if entry.kind in BEGAN:
            yield Event(entry.first_on, _(BEGAN[entry.kind]), entry.code, title)
        for name, what in DAYS.get(entry.kind, {}).items():
            if day := entry.parts.get(name):
                yield Event(date.fromisoformat(day), _(what), entry.code, title)
        yield from _answers(entry, title)


def _answers(entry: Entry, title: str) -> Iterator[Event]:
    answer = entry.parts.get("answer")
    for one in (*entry.parts.get("former_answers", ()), *([answer] if isinstance(answer, dict) else ())):
        what = _("Answer from %(recipient)s", recipient=one["by"])
        yield Event(date.fromisoformat(one["on"]), what, entry.code, title)
