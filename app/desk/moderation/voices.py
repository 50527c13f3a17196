"""Responses as they are counted: answers by measure, codes of the counted round. Feeds the tallies."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from app.core import db
from app.desk.moderation.codebook import queries as code_queries
from app.publication.tallies import Voice
from app.surveys import versions

AT_A_TIME = 2000
RATING = {"1": "bad", "2": "bad", "3": "mid", "4": "good", "5": "good"}
SEVERAL = ("first", "keep")
"""Measures of which a person chooses several: counted by what was chosen, among all who were asked."""
ASKED = "asked"
NOT_SAID = frozenset({"unknown", "declined"})
"""Options that say nothing are counted as if nothing was said."""


def voices(weeks: Iterable[str]) -> Iterator[Voice]:
    """One voice for every released response about a known place in these weeks; trials never count."""
    chosen = list(weeks)
    yield from _read(code_queries.counted_responses(chosen), code_queries.in_weeks(chosen))


def drawn(months: Sequence[str]) -> Iterator[Voice]:
    """The voices counted in these months that may be in microdata, some thousands at a time.

    Each batch is read in a transaction of its own: a reader as long as a download would let the database's log grow.
    """
    after: bytes | None = None
    while True:
        db.begin_reading()
        rows = code_queries.drawn_responses(months, after=after, size=AT_A_TIME)
        if rows:
            after = rows[-1].id
            found = list(_read(rows, code_queries.drawn_between(months, rows[0].id, after)))
        db.db.session.rollback()
        if not rows:
            return
        yield from found


def _read(rows: Iterable[Any], responses: code_queries.Which) -> Iterator[Voice]:
    """The voices of these rows, which stand for these responses."""
    measures_of = cache(_measures)
    answers: dict[bytes, dict[str, str]] = defaultdict(dict)
    spoke = set()
    for response_id, question, kind, value in code_queries.answers_in(responses):
        if kind == "words":
            spoke.add(response_id)
        else:
            answers[response_id][question] = value or ""
    codes: dict[tuple[bytes | None, bool], set[str]] = defaultdict(set)
    for spoken_in, key, kind in code_queries.codes_in(responses):
        codes[spoken_in, kind == "type"].add(key)
    for row in rows:
        measures = measures_of(row.survey_id, row.version)
        said = _said(answers[row.id], measures)
        yield Voice(
            response_id=row.id,
            site_code=row.site_code,
            week=row.week,
            counted_month=row.counted_month,
            channel=row.channel,
            lang=row.lang,
            helped=row.helped,
            has_words=row.id in spoke,
            themes=frozenset(codes[row.id, False]),
            types=frozenset(codes[row.id, True]),
            rating=RATING.get(said.pop("rating", "")),
            safe=said.pop("safe", None),
            respect=said.pop("respect", None),
            chosen={name: _chosen(said.pop(name, "")) for name in SEVERAL if name in measures.values()},
            more=said,
        )


def _said(answers: Mapping[str, str], measures: Mapping[str, str]) -> dict[str, str]:
    """What was chosen, by the last part of the measure: a question is only a way to ask."""
    by_measure = {measures[question]: value for question, value in answers.items() if question in measures}
    return {name: value for name, value in by_measure.items() if value not in NOT_SAID}


def _chosen(value: str) -> frozenset[str]:
    return frozenset({ASKED, *value.split(",")}) - NOT_SAID - {""}


def _measures(survey_id: str | None, version: int | None) -> dict[str, str]:
    """Question → what it measures, 'rating' for 'stay.rating'."""
    survey = versions.get(survey_id, version) if survey_id and version else None
    asked = survey.questions if survey else ()
    return {question.id: question.measure.partition(".")[2] for question in asked if question.measure}
