"""A promised day of a phase that has passed, at the desk in the same words as in public."""

from datetime import date

from app.core import i18n
from app.desk.track.phases.models import Phase
from app.publication.track import Entry, words


def sentences(phase: Phase, today: date) -> list[str]:
    """What should have come, when, and how late it is: the decision and the result, each while it is late."""
    days = {"decide_by": phase.decide_by, "result_by": phase.result_by}
    promised = Entry(
        code=phase.key,
        kind="phase",
        state=phase.state,
        first_on=today,
        changed_on=today,
        title={"da": phase.name_da},
        parts={name: day.isoformat() if day else None for name, day in days.items()},
    )
    return words.late(promised, today, i18n.current())
