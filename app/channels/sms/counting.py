"""What is counted of one turn: what happened to the open question, and where the conversation stands now.

The rules are `surveys.paradata`'s; a conversation's path is nowhere written down.
"""

from collections.abc import Callable

from app.channels.sms.states import Conversation, Rating
from app.surveys import interview, paradata
from app.surveys.interview import Run
from app.surveys.paradata import Event, Happening
from app.surveys.question_types.base import Reading, Skip, Unreadable, Value
from app.surveys.questions import Question, Survey, asked_at


class Runs:
    """The ways through their frozen surveys of the conversations of one turn; none is gone twice."""

    def __init__(self, survey: Callable[[str, int], Survey | None]) -> None:
        self._survey = survey
        self._known: list[tuple[Conversation, Run]] = []

    def run(self, state: Conversation) -> Run:
        """The way through the survey, so far."""
        for known, run in self._known:
            if known.ratings is state.ratings and _asked_of(known) == _asked_of(state):
                return run
        survey = self._survey(state.survey or "", state.version or 0)
        if survey is None:
            raise LookupError("the frozen survey of an open conversation is gone")
        run = interview.begin(asked_at(survey, state.site_kind))
        for rating in state.ratings:
            run = interview.answer(run, run.survey.question(rating.question), _reading(rating))
        self._known.append((state, run))
        return run

    def asked(self, state: Conversation) -> Question:
        """The open question."""
        question = interview.next_question(self.run(state))
        if question is None:
            raise LookupError("an answer is awaited where nothing is asked")
        return question


class Counting:
    """Collects the events of one turn."""

    def __init__(self, runs: Runs, state: Conversation | None) -> None:
        self.runs, self.state = runs, state
        self.events: list[Event] = []
        self._stood = self._standing(state) if state else None

    def happened(self, what: Happening, state: Conversation | None = None, question: str = "") -> None:
        """With the conversation and its question where one is given, else for the week alone."""
        self.events.append(_event(what, state, question) if state else Event(what=what))

    def drop(self, what: Happening) -> None:
        """The conversation ends before its time, with the open question if there is one."""
        if self.state:
            self.happened(what, self.state, self.runs.asked(self.state).id if self.state.awaits == "answer" else "")

    def stands(self, state: Conversation) -> None:
        """Count the conversation where it stands now, and no longer where it stood."""
        now = self._standing(state)
        if now != self._stood:
            self.events += [self._stood.taken_back()] if self._stood else []
            self.events += [now] if now else []
            self._stood = now

    def stand_apart(self) -> None:
        """Another conversation begins; the old one is counted where it stood."""
        self._stood = None

    def forget(self) -> None:
        """SLET: a conversation about a survey was refused where it stood, free words were never there."""
        stood = self._stood
        if stood and stood.what != "refused":
            self.events.append(stood.taken_back())
            self.events += [_event("refused", self.state, stood.question)] if self.state and stood.survey else []

    def refile(self, state: Conversation, lang: str) -> None:
        """The language changes while the first question is open: what happened so far is counted in the new one."""
        question = self.runs.asked(state).id
        begun = [_event("opened", state), _event("asked", state, question)]
        hints = [_event("hint", state, question)] if state.tries else []
        self.events += paradata.refiled([*begun, *hints], lang)

    def _standing(self, state: Conversation) -> Event | None:
        """What the conversation counts as while nothing more comes; None while nothing of free words is stored."""
        if state.survey is None:
            return _event("placed" if state.place else "unplaced", state) if state.row else None
        question = interview.next_question(self.runs.run(state)) if state.awaits == "answer" else None
        what = paradata.standing(
            [rating.kind for rating in state.ratings],
            has_row=state.row is not None, is_past_finish=state.is_past_finish, is_through=question is None,
        )  # fmt: skip
        return _event(what, state, question.id if question else "")


def _event(what: Happening, state: Conversation, question: str = "") -> Event:
    return Event(
        what=what, question=question, survey=state.survey or "", version=state.version or 0,
        site_kind=state.site_kind, lang=state.counted_in,
    )  # fmt: skip


def _asked_of(state: Conversation) -> tuple[str | None, int | None, str | None]:
    return state.survey, state.version, state.site_kind


def _reading(rating: Rating) -> Reading:
    if rating.kind in ("skipped", "declined"):
        return Skip("declined" if rating.kind == "declined" else "skipped")
    if rating.kind == "unreadable":
        return Unreadable()
    value = rating.value or ""
    return Value(tuple(value.split(",")) if "," in value else value)
