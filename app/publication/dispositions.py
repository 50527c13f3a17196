"""What may be shown of how conversations by text went: decided by the guard once a quarter is over, and kept."""

from collections.abc import Mapping
from datetime import date

from app.core import db
from app.core.errors import Refusal
from app.publication import answering, courses, finished, guard, queries, tallies
from app.publication.case import Rules
from app.publication.counts import Counts
from app.publication.courses import COURSE, EVERYWHERE, FREE, HINT, KIND, Lot
from app.publication.dimensions import Cell, Dimension, Dimensions, Member
from app.publication.finished import Finished
from app.surveys import paradata, versions
from app.surveys import queries as surveys
from app.surveys.questions import Survey

RULES = Rules(k=5, min_n=10)
Shown = Mapping[Cell, int]


def decide_next(today: date) -> Finished | None:
    """Decide one finished quarter and keep it; the caller commits. None when none waits.

    Begins and ends a transaction of its own first: nobody's message may wait while the guard thinks.
    """
    db.begin_reading()
    waiting = finished.undecided(today)
    one = waiting[0] if waiting else None
    lots = _lots(one) if one else []
    survey = versions.get(one.survey_id, one.version) if one and one.survey_id else None
    db.db.session.rollback()
    if one is not None:
        shown = decided(survey, lots)
        queries.add_answering(one.survey_id, one.version, one.period.code, answering.to_json(shown))
    return one


def decided(survey: Survey | None, lots: list[Lot]) -> Shown:
    """The figures that may be shown, of words without a survey where there is none. Nothing, if the guard refuses."""
    try:
        return of_survey(survey, lots) if survey else of_free_words(lots)
    except Refusal:
        return {}


def of_survey(survey: Survey, lots: list[Lot]) -> Shown:
    """The figures of one version in one quarter."""
    told = courses.dimensions(survey, lots)
    shown = _decide(told, list(courses.planned(told)), courses.counts(survey, lots))
    return {cell: n for cell, n in shown.items() if not _tells_of_the_rest(cell, shown)}


def of_free_words(lots: list[Lot]) -> Shown:
    """How many sent words without a survey, and how many of them said which place."""
    rows = [(dims, lot.n) for lot in lots for dims in ({KIND: EVERYWHERE}, {KIND: EVERYWHERE, COURSE: lot.event})]
    told = Dimensions(
        (
            Dimension(KIND, "tree", True, (Member(EVERYWHERE),)),
            Dimension(COURSE, "tree", False, (Member("free"), *(Member(one, "free") for one in FREE))),
        )
    )
    cells = [Cell.at({KIND: EVERYWHERE}), *(Cell.at({KIND: EVERYWHERE, COURSE: one}) for one in FREE)]
    return _decide(told, cells, Counts.from_tallies(rows))


def _decide(told: Dimensions, cells: list[Cell], counts: Counts) -> Shown:
    """What the guard lets out, and of that no population under `min_n`. To hide more can tell nothing more."""
    decision = guard.decide(RULES, told, cells, counts=counts, ledger={})
    values = {cell: tallies.figure(counts, told, cell) for cell in sorted(decision.shown)}
    return {cell: n for cell, n in values.items() if cell.get(COURSE) or cell.get(HINT) or n >= RULES.min_n}


def _tells_of_the_rest(cell: Cell, shown: Shown) -> bool:
    """Whether a hint, beside the number of those who were asked, pins down the few who were understood at once."""
    stage = cell.get(HINT)
    asked = shown.get(cell.without(HINT).moved(COURSE, courses.reached(stage))) if stage else None
    return asked is not None and asked - shown[cell] < RULES.k


def _lots(one: Finished) -> list[Lot]:
    rows = surveys.paradata(one.survey_id, one.version, one.period.weeks, (*paradata.STANDINGS, HINT))
    return [Lot(kind=row.site_kind, lang=row.lang, question=row.question, event=row.event, n=row.n) for row in rows]
