"""The answers of the demo: who says what, where and when. The choices are seeded, the ids are not."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from app.demo.times import Times
from app.demo.voices import FOLDER, Voice, by_part
from app.surveys import interview, queries, question_types, responses, risk, versions
from app.surveys.models import Site
from app.surveys.question_types.base import Reading, Skip, Value
from app.surveys.questions import Question, Survey
from app.surveys.responses import Said, Setting

SILENT = Voice(text="")
"""Somebody who chooses, and writes nothing."""
Weights = Mapping[str, int]


@dataclass(frozen=True)
class Habits:
    """How people of the demo answer: content/demo/crowd.toml."""

    answers: Weights
    sites: Weights
    channels: Weights
    languages: Weights
    helped: Weights
    faces: Mapping[str, list[int]]
    yes_no: Mapping[str, Weights]
    skipped: float
    quotable: float
    chance: Random = field(repr=False)

    def one_of(self, weights: Weights) -> str:
        """One of these, the heavier the likelier."""
        return self.chance.choices(list(weights), list(weights.values()))[0]


def answer(times: Times) -> None:
    """Store every answer of the demo, in no order that means anything; the caller commits."""
    habits = _habits()
    for part, voices in by_part().items():
        silent = [SILENT] * (habits.answers[part] - len(voices))
        for voice in (*voices, *silent):
            _respond(habits, part, voice, _week(habits, times.weeks[part]))


def _habits() -> Habits:
    document = tomllib.loads((FOLDER / "crowd.toml").read_text("utf-8"))
    seed = document.pop("seed")
    del document["format"]
    return Habits(**document, chance=Random(seed))  # noqa: S311 - a story that is told the same way each time


def _week(habits: Habits, weeks: Sequence[str]) -> str:
    # One draw however many weeks there are: the same people say the same on whichever day the demo is started.
    return weeks[int(habits.chance.random() * len(weeks))]


def _respond(habits: Habits, part: str, voice: Voice, week: str) -> None:
    site, channel = _where(habits, voice), habits.one_of(habits.channels)
    survey = versions.open_at(site, getattr(site, f"{channel}_survey"))
    if survey is None:
        return
    setting = Setting(
        channel=channel,
        lang=voice.lang if voice.text else habits.one_of(habits.languages),
        week=week,
        site_code=site.code,
        survey_id=survey.id,
        version=survey.version,
        helped=habits.one_of(habits.helped) if channel == "kiosk" else "none",
        quote_ok=voice.quote or (bool(voice.text) and habits.chance.random() < habits.quotable),
    )
    response_id = responses.begin(setting)
    responses.add(response_id, list(_said(habits, survey, part, voice)), week=week)


def _where(habits: Habits, voice: Voice) -> Site:
    places = {site.code: site for site in queries.sites()}
    fitting = [code for code, site in places.items() if voice.at in (None, code, site.kind)]
    return places[habits.one_of({code: habits.sites[code] for code in sorted(fitting)})]


def _said(habits: Habits, survey: Survey, part: str, voice: Voice) -> Iterator[Said]:
    """The way through the survey as the interview leads it: what is asked next depends on what was said."""
    run = interview.begin(survey)
    while question := interview.next_question(run):
        reading = _reading(habits, question, part, voice)
        run = interview.answer(run, question, reading)
        yield _to_store(question, reading)


def _reading(habits: Habits, question: Question, part: str, voice: Voice) -> Reading:
    if question_types.by_name(question.type).is_words:
        return Value(voice.text) if voice.text else Skip()
    if habits.chance.random() < habits.skipped:
        return Skip()
    if question.type == "smiley_5":
        weights = habits.faces.get(voice.type or "", habits.faces[part])
        return Value(habits.one_of(dict(zip("12345", weights, strict=True))))
    if question.type == "yes_no":
        return Value(habits.one_of(habits.yes_no[question.id]))
    return _some_of(habits, question)


def _some_of(habits: Habits, question: Question) -> Value:
    offered = [option.id for option in question.menu]
    several = habits.chance.sample(offered, habits.chance.randint(1, question.max or 1))
    return Value(tuple(several) if question.max else several[0])


def _to_store(question: Question, reading: Reading) -> Said:
    if not isinstance(reading, Value):
        return Said(question=question.id, kind="skipped")
    value = ",".join(_each(reading.value))
    if question_types.by_name(question.type).is_words:
        return Said(question=question.id, kind="words", words=value, is_urgent=risk.kind(value) is not None)
    return Said(question=question.id, kind="value", value=value)


def _each(value: str | tuple[str, ...]) -> Iterable[str]:
    return (value,) if isinstance(value, str) else value
