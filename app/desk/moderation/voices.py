"""Responses as they are counted: ratings by measure, themes of the counted round. Feeds the tallies."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from app.desk.moderation import queries
from app.publication.tallies import Voice
from app.surveys import versions

RATING = {"1": "bad", "2": "bad", "3": "mid", "4": "good", "5": "good"}
AGREEMENT = {"yes": "yes", "partly": "partly", "no": "no"}
MEASURES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "stay.rating": ("rating", RATING),
    "stay.safe": ("safe", AGREEMENT),
    "stay.respect": ("respect", AGREEMENT),
}
"""What a measure is counted as, and how its values are grouped; "do not know" counts as not said."""


def voices(weeks: Iterable[str]) -> Iterator[Voice]:
    """One voice for every released response about a known place in these weeks; trials never count."""
    chosen = list(weeks)
    measure_of = cache(_measures)
    answers: dict[bytes, list[tuple[str, str | None]]] = defaultdict(list)
    for response_id, question, value in queries.values_in(chosen):
        answers[response_id].append((question, value))
    themes: dict[bytes | None, set[str]] = defaultdict(set)
    for spoken_in, key in queries.codes_in(chosen):
        themes[spoken_in].add(key)
    for row in queries.counted_responses(chosen):
        said = _measured(answers[row.id], measure_of(row.survey_id, row.version))
        yield Voice(
            response_id=row.id,
            site_code=row.site_code,
            week=row.week,
            counted_month=row.counted_month,
            channel=row.channel,
            lang=row.lang,
            helped=row.helped,
            themes=frozenset(themes[row.id]),
            rating=said.get("rating"),
            safe=said.get("safe"),
            respect=said.get("respect"),
        )


def _measured(answers: Iterable[tuple[str, str | None]], measure_of: Mapping[str, str]) -> dict[str, str]:
    """What was said, by measure: a question is only a way to ask."""
    found: dict[str, str] = {}
    for question, value in answers:
        name, groups = MEASURES.get(measure_of.get(question, ""), ("", {}))
        if value is not None and value in groups:
            found[name] = groups[value]
    return found


def _measures(survey_id: str | None, version: int | None) -> dict[str, str]:
    survey = versions.get(survey_id, version) if survey_id and version else None
    return {question.id: question.measure for question in survey.questions if question.measure} if survey else {}
