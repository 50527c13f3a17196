"""Responses as they are counted: answers by measure, codes of the counted round. Feeds the tallies."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from app.desk.moderation.codebook import queries as code_queries
from app.publication.tallies import Voice
from app.surveys import versions

RATING = {"1": "bad", "2": "bad", "3": "mid", "4": "good", "5": "good"}
SEVERAL = ("first", "keep")
"""Measures of which a person chooses several: counted by what was chosen, among all who were asked."""
ASKED = "asked"
NOT_SAID = frozenset({"unknown", "declined"})
"""Options that say nothing are counted as if nothing was said."""


def voices(weeks: Iterable[str]) -> Iterator[Voice]:
    """One voice for every released response about a known place in these weeks; trials never count."""
    chosen = list(weeks)
    measures_of = cache(_measures)
    answers: dict[bytes, dict[str, str]] = defaultdict(dict)
    for response_id, question, value in code_queries.values_in(chosen):
        answers[response_id][question] = value or ""
    codes: dict[tuple[bytes | None, bool], set[str]] = defaultdict(set)
    for spoken_in, key, kind in code_queries.codes_in(chosen):
        codes[spoken_in, kind == "type"].add(key)
    for row in code_queries.counted_responses(chosen):
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
