"""The phases of the demo: we listened through the older quarter, and listen again since."""

from datetime import date, timedelta

from app.core import weeks
from app.demo.times import Times
from app.desk.track.gates import in_public
from app.desk.track.phases import dates, phases, queries, steps
from app.desk.track.phases.models import Phase
from app.publication import track

FIRST, SECOND = "listen_first", "midway"


def listen(times: Times) -> None:
    """The first phase is closed and its result is late; the second one is open."""
    phases.load()
    first_day, last_day = weeks.monday(times.before.weeks[0]), weeks.sunday(times.before.weeks[-1])
    closed = _open(FIRST, first_day, last_day, (84, 98))
    steps.close(closed, last_day)
    _open(SECOND, last_day + timedelta(days=1), last_day + timedelta(weeks=39), (56, 84))
    for entry in in_public.entries(times.today):
        track.show(entry)


def _open(key: str, opens_on: date, closes_on: date, after: tuple[int, int]) -> Phase:
    """A phase that opened on its day; `after` are the days from its closing to decision and result."""
    phase = queries.phase(key)
    assert phase is not None  # noqa: S101 - both are in content/phases.toml
    decide_by, result_by = (closes_on + timedelta(days=many) for many in after)
    days = {"opens_on": opens_on, "closes_on": closes_on, "decide_by": decide_by, "result_by": result_by}
    dates.promise(phase, days, "", opens_on)
    steps.open_(phase, opens_on)
    return phase
