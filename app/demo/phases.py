"""The phases of the demo: we listened through the older quarter and have decided, and listen again since."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from app.core import weeks
from app.demo.times import Times
from app.desk.accounts import users
from app.desk.track.gates import gate, in_public, passing
from app.desk.track.phases import dates, phases, queries, steps
from app.desk.track.phases.models import Phase
from app.publication import track

FIRST, SECOND = "listen_first", "midway"


def listen(times: Times) -> None:
    """The first phase is closed; the second one is open."""
    phases.load()
    first_day, last_day = weeks.monday(times.before.weeks[0]), weeks.sunday(times.before.weeks[-1])
    closed = _open(FIRST, first_day, last_day, (84, 200))
    steps.close(closed, last_day)
    _open(SECOND, last_day + timedelta(days=1), last_day + timedelta(weeks=39), (56, 84))
    for entry in in_public.entries(times.today):
        track.show(entry)


def decide(entry: Mapping[str, Any], day: date, today: date) -> None:
    """The first phase is decided on the day of its last decision; why a point is not met stands beside it."""
    phase = queries.phase(FIRST)
    assert phase is not None  # noqa: S101 - it was opened before
    for point in gate.open_points(gate.stands(phase, today)):
        gate.give_reason(phase, point.number, entry["because"][str(point.number)], users.named(entry["by"]))
    passing.decide(phase, day)
    track.show(in_public.entry(phase, today))


def _open(key: str, opens_on: date, closes_on: date, after: tuple[int, int]) -> Phase:
    """A phase that opened on its day; `after` are the days from its closing to decision and result."""
    phase = queries.phase(key)
    assert phase is not None  # noqa: S101 - both are in content/phases.toml
    decide_by, result_by = (closes_on + timedelta(days=many) for many in after)
    days = {"opens_on": opens_on, "closes_on": closes_on, "decide_by": decide_by, "result_by": result_by}
    dates.promise(phase, days, "", opens_on)
    steps.open_(phase, opens_on)
    return phase
