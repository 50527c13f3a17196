"""A person's way through a survey made of pages: where they are, what they chose, what comes next. Pure."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.surveys import interview, question_types
from app.surveys.question_types.base import Reading, Skip, Unreadable, Value
from app.surveys.questions import Option, Question, Survey, Words

Given = str | tuple[str, ...] | None
"""What was chosen: one id, several in order, or None for a question that was skipped."""


@dataclass(frozen=True, kw_only=True)
class State:
    """Everything a page must know of those before it. Words never travel in it."""

    survey_id: str
    version: int
    lang: str
    helped: str = "none"
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    given: Mapping[str, Given] = field(default_factory=dict)
    at: str | None = None
    """The question that is looked at again; None for the first one without an answer."""
    ranked: tuple[str, ...] = ()
    """What is chosen so far where a question is asked on several pages."""
    is_correcting: bool = False
    """Came from the last page and goes straight back to it."""

    def packed(self) -> list[Any]:
        """As short as JSON gets: it has to fit an address."""
        return [
            self.survey_id, self.version, self.lang, self.helped, self.nonce,
            self.given, self.at, self.ranked, int(self.is_correcting),
        ]  # fmt: skip


@dataclass(frozen=True)
class Path:
    """The questions of this person, given what they chose: those with boxes, then those with words."""

    choices: tuple[Question, ...]
    words: tuple[Question, ...]
    ahead: Question | None
    """The first question with boxes that has no answer yet."""

    @property
    def total(self) -> int:
        """How many pages ask something; all words are asked on the last one."""
        return len(self.choices) + bool(self.words)


class NothingChosen(Exception):
    """No answer, or one the question does not offer: the page is shown again."""


def begin(survey: Survey, lang: str) -> State:
    """Before the first question."""
    return State(survey_id=survey.id, version=survey.version, lang=lang)


def unpacked(content: list[Any]) -> State:
    """The state that was packed."""
    survey_id, version, lang, helped, nonce, given, at, ranked, is_correcting = content
    return State(
        survey_id=survey_id, version=version, lang=lang, helped=helped, nonce=nonce, at=at, ranked=tuple(ranked),
        given={question: tuple(one) if isinstance(one, list) else one for question, one in given.items()},
        is_correcting=bool(is_correcting),
    )  # fmt: skip


def path(survey: Survey, state: State) -> Path:
    """Walk the whole survey; a question without an answer yet opens no branch."""
    run, choices, words = interview.begin(survey), [], []
    while question := interview.next_question(run):
        kind = question_types.by_name(question.type)
        if not kind.is_words:
            choices.append(question)
        elif question.type != "note" or state.helped != "none":  # a note is what a helper writes down
            words.append(question)
        run = interview.answer(run, question, reading(state.given.get(question.id)))
    ahead = next((question for question in choices if question.id not in state.given), None)
    return Path(tuple(choices), tuple(words), ahead)


def current(way: Path, state: State) -> Question | None:
    """The question of the page; None on the last one."""
    return next((question for question in way.choices if question.id == state.at), way.ahead)


def before(way: Path, state: State) -> State | None:
    """The page that "back" leads to; None before the first question."""
    if state.ranked:
        return replace(state, ranked=state.ranked[:-1])
    if state.is_correcting:
        return replace(state, at=None, is_correcting=False)
    question = current(way, state)
    place = way.choices.index(question) if question else len(way.choices)
    return replace(state, at=way.choices[place - 1].id) if place else None


def correcting(state: State, question: Question) -> State:
    """Back to one question from the last page."""
    return replace(state, at=question.id, ranked=(), is_correcting=True)


def answered(survey: Survey, state: State, question: Question, posted: list[str]) -> State:
    """The state after "next". Raises NothingChosen."""
    taken = question_types.by_name(question.type).take([*state.ranked, *posted], question)
    if isinstance(taken, Unreadable) or not posted:
        raise NothingChosen
    given = taken.value if isinstance(taken, Value) else None
    if question.type == "rank" and isinstance(given, tuple) and len(given) < _places(question):
        return replace(state, at=question.id, ranked=given)
    return _onwards(survey, state, question, given)


def skipped(survey: Survey, state: State, question: Question) -> State:
    """The state after "skip": what was ranked so far stands."""
    return _onwards(survey, state, question, state.ranked or None)


def reading(given: Given) -> Reading:
    """What was chosen, as every channel says it."""
    return Skip("skipped") if given is None else Value(given)


def chosen(question: Question, state: State) -> tuple[str, ...]:
    """What is ticked where a question is looked at again."""
    given = state.given.get(question.id)
    if given is None or state.ranked or question.type == "rank":
        return ()
    return (given,) if isinstance(given, str) else given


def wordings(question: Question, state: State, lang: str) -> list[Words]:
    """The wordings of an answer; a number stands for itself; nothing for a skipped question."""
    given = state.given[question.id]
    ids = () if given is None else (given,) if isinstance(given, str) else given
    return [found.words if (found := option(question, one)) else {lang: one} for one in ids]


def option(question: Question, option_id: str) -> Option | None:
    """The option of this id; None where an answer is no option but a number."""
    return next((found for found in question.options if found.id == option_id), None)


def left(question: Question, state: State) -> tuple[Any, ...]:
    """The options not ranked yet; "do not know" only on the first page."""
    unranked = [option for option in question.options if option.id not in state.ranked]
    return tuple(option for option in unranked if not state.ranked or option in question.menu)


def _places(question: Question) -> int:
    return min(question.top or 1, len(question.menu))


def _onwards(survey: Survey, state: State, question: Question, given: Given) -> State:
    """To the question after this one; after a correction to the last page, or to a branch it opened."""
    moved = replace(state, given={**state.given, question.id: given}, at=None, ranked=(), is_correcting=False)
    if state.is_correcting:
        return moved
    choices = path(survey, moved).choices
    following = choices[choices.index(question) + 1 :]
    return replace(moved, at=following[0].id) if following else moved
