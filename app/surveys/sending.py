"""What the last page of a survey does: take the words, store everything once, or throw everything away."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from app.core import db
from app.privacy import queries, receipts, tokens
from app.privacy.keys import DayKey
from app.surveys import question_types, responses, risk, steps
from app.surveys.question_types.base import Unreadable, Value
from app.surveys.question_types.text import MOST_IN_A_FORM
from app.surveys.questions import Question, Survey
from app.surveys.responses import Said, Setting
from app.surveys.steps import State

FIELD = "words-"
"""A text field is named after its question: `words-change`."""

_SENT = "sent"
_DELETED = "deleted"


@dataclass(frozen=True, kw_only=True)
class Parting:
    """What the last page adds to the choices. `words` holds what can be kept."""

    words: Mapping[str, str]
    may_be_shown: bool = False
    wants_code: bool = False


@dataclass(frozen=True, kw_only=True)
class At:
    """By which channel it comes, where, in which week, and whether it comes in a flood."""

    channel: str
    site_code: str
    week: str
    is_held: bool = False


@dataclass(frozen=True)
class Outcome:
    """How a form ended. `drawing` is the draw that gave this person's words, if they wanted any."""

    is_deleted: bool = False
    drawing: int | None = None


@dataclass(frozen=True)
class Fault:
    """A field that cannot be kept as it is, and why."""

    question: str
    is_too_long: bool


def typed(form: Iterable[tuple[str, Sequence[str]]]) -> dict[str, str]:
    """The words of a form by question, as they can be shown again; a field that came twice is joined."""
    fields = [(name.removeprefix(FIELD), texts) for name, texts in form if name.startswith(FIELD)]
    return {question: legible("\n".join(dict.fromkeys(texts))) for question, texts in fields}


def faults(questions: Sequence[Question], words: Mapping[str, str]) -> list[Fault]:
    """What must be written otherwise before anything is sent."""
    found = []
    for question in questions:
        text = words.get(question.id, "")
        if len(text) > MOST_IN_A_FORM:
            found.append(Fault(question.id, is_too_long=True))
        elif isinstance(question_types.by_name(question.type).take([text], question), Unreadable):
            found.append(Fault(question.id, is_too_long=False))
    return found


def outcome(key: DayKey, state: State) -> Outcome | None:
    """How this form ended when it came the first time; None while it is open."""
    answered = tokens.answered_before(key, state.nonce)
    if answered is None:
        return None
    kind, _, drawing = answered.partition(" ")
    return Outcome(is_deleted=kind == _DELETED, drawing=int(drawing) if drawing else None)


def send(key: DayKey, survey: Survey, state: State, parting: Parting, at: At) -> Outcome:
    """Store the response with its words sealed. A form that comes twice is stored once."""

    def store() -> str:
        response_id = responses.begin(
            Setting(
                channel=at.channel, lang=state.lang, week=at.week, site_code=at.site_code, survey_id=survey.id,
                version=survey.version, helped=state.helped, quote_ok=parting.may_be_shown, is_held=at.is_held,
            )
        )  # fmt: skip
        responses.add(response_id, said(survey, state, parting.words), week=at.week)
        drawing = _issue(key, state.nonce, response_id, at.week) if parting.wants_code else ""
        return f"{_SENT} {drawing}".strip()

    return _once(key, state, store)


def throw_away(key: DayKey, state: State) -> Outcome:
    """Nothing was stored and nothing will be: the pages of this run lead nowhere any more."""
    return _once(key, state, lambda: _DELETED)


def said(survey: Survey, state: State, words: Mapping[str, str]) -> list[Said]:
    """What is stored: only questions this person was shown and answered or skipped."""
    way = steps.path(survey, state)
    shown = [question for question in way.choices if question.id in state.given]
    return [_choice(question, state) for question in shown] + [
        _words(question, words, state.lang) for question in way.words if question.id in words
    ]


def receipt_words(key: DayKey, nonce: str, drawing: int) -> tuple[str, ...]:
    """The four words of this run, the same each time."""
    return receipts.draw(tokens.receipt_seed(key, nonce, drawing))


def _once(key: DayKey, state: State, act: Callable[[], str]) -> Outcome:
    """Do it unless this form came before. Two at the same moment: the database lets one through."""
    before = outcome(key, state)
    if before:
        return before
    with suppress(IntegrityError), db.db.session.begin_nested():
        tokens.remember(key, state.nonce, act())
    ended = outcome(key, state)
    assert ended is not None  # noqa: S101 - one of the two was stored, else the database lies
    return ended


def _issue(key: DayKey, nonce: str, response_id: bytes, week: str) -> int:
    drawing = 0
    while queries.receipt_exists(receipts.tag(receipt_words(key, nonce, drawing))):
        drawing += 1
    queries.add_receipt(receipts.tag(receipt_words(key, nonce, drawing)), response_id, week)
    return drawing


def _choice(question: Question, state: State) -> Said:
    given = state.given[question.id]
    if given is None:
        return Said(question=question.id, kind="skipped")
    return Said(question=question.id, kind="value", value=given if isinstance(given, str) else ",".join(given))


def _words(question: Question, words: Mapping[str, str], lang: str) -> Said:
    taken = question_types.by_name(question.type).take([words.get(question.id, "")], question)
    if isinstance(taken, Value):
        text = str(taken.value)
        is_urgent = risk.kind(text, lang=lang) is not None
        return Said(question=question.id, kind="words", words=text, is_urgent=is_urgent)
    return Said(question=question.id, kind="skipped")


def legible(text: str) -> str:
    """Without control characters but for line ends, and those of one kind."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
