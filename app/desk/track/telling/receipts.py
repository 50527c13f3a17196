"""What receipts are answered with: each theme of what is told, in the weeks of its phase. Written by a job."""

from datetime import datetime, timedelta

from app.core import db, weeks
from app.desk.track.phases import queries as phases
from app.desk.track.phases.models import Phase
from app.publication import queries, told
from app.publication.models import ReceiptAnswer, Told

_HALF_A_WEEK = timedelta(days=3)
"""From a Thursday to the Sunday after it, and to the Monday before it."""
ALL_WEEKS = ("0000-W00", "9999-W99")
"""Of what belongs to no phase, or to one without days: it answers its theme whenever somebody spoke of it."""


def write(_: datetime) -> int:
    """Write down what answers which theme in which weeks; how many of them are new or have changed.

    A theme and a week lead to the answer, never a response: it stays when the pointer of the receipt is cut, and two
    people with the same theme read the same. What is told about no place answers those without a theme as well.
    """
    kept = dict(queries.receipt_answers())
    spans = {phase.key: _span(phase) for phase in phases.phases()}
    changed = 0
    for item in told.live():
        first, last = spans.get(item.phase, ALL_WEEKS)
        for theme in _themes(item):
            answer = kept.pop((theme, item.code), None)
            if answer is None:
                answer = ReceiptAnswer(theme=theme, code=item.code)
                db.db.session.add(answer)
            elif (answer.first_week, answer.last_week) == (first, last):
                continue
            answer.first_week, answer.last_week = first, last
            changed += 1
    for gone in kept.values():
        db.db.session.delete(gone)
    return changed + len(kept)


def _themes(item: Told) -> list[str]:
    """Its themes; with '' where it is the answer to everybody: a decision about no place."""
    answers_everybody = item.code.startswith("B") and not item.places
    return [*item.themes, *([""] if answers_everybody else [])]


def _span(phase: Phase) -> tuple[str, str]:
    """The weeks whose Thursday lies in the phase, so that no week lies in two that follow each other."""
    if phase.opens_on is None or phase.closes_on is None:
        return ALL_WEEKS
    first, last = weeks.week_of(phase.opens_on + _HALF_A_WEEK), weeks.week_of(phase.closes_on - _HALF_A_WEEK)
    return first, max(first, last)
