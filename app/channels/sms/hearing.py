"""One text being understood: what was said, in which conversation, and what is to be done about it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.channels.sms import effects, wording
from app.channels.sms.effects import Effect
from app.channels.sms.states import Conversation, Rating
from app.channels.sms.wording import Sentence, plain
from app.core import folding
from app.surveys import interview, risk
from app.surveys.help_lines import HelpLines
from app.surveys.interview import Run
from app.surveys.paradata import Event
from app.surveys.question_types.base import Reading, Skip, Unreadable, Value
from app.surveys.questions import Survey, in_language
from app.surveys.responses import Said
from app.surveys.risk import RiskHit

ENOUGH_WORDS = 3
"""A text of so many words is never thrown away, also when it was no answer."""
FREE = "free"
"""The question of words that answer none."""


@dataclass(frozen=True)
class PlaceAsked:
    """A place as a conversation needs it."""

    code: str
    kind: str
    name: str
    local_help: Mapping[str, str]
    survey: Survey | None
    """The survey that is open there, None while the place is not asking."""


@dataclass(frozen=True)
class World:
    """What a turn may look up, so that it stays pure."""

    place: Callable[[str], PlaceAsked | None]
    place_codes: Collection[str]
    survey: Callable[[str, int], Survey | None]
    help_lines: HelpLines


@dataclass(frozen=True, kw_only=True)
class Text:
    """One text as the engine sees it: no number in it."""

    body: str
    pictures: int = 0
    has_answered: str | None = None
    sent_at: datetime | None = None
    """The carrier's time of a text that its webhook missed; None for one that has just come."""


@dataclass(frozen=True)
class Turn:
    """The new state (None: forget the conversation), the reply, and what is to be done."""

    state: Conversation | None
    sentences: tuple[Sentence, ...]
    effects: tuple[Effect, ...]
    lang: str
    is_free: bool = False
    """Words outside a conversation: counted, so that a machine cannot keep us talking."""
    events: tuple[Event, ...] = ()
    """What happened, to be counted."""
    is_vital: bool = False
    """Help lines, STOP or SLET: answered above every limit."""

    def after(self, *first: Sentence) -> "Turn":
        """The same turn with sentences put in front of its reply."""
        return replace(self, sentences=(*first, *self.sentences))


@dataclass
class Hearing:
    """Collects effects while a text is understood; nothing of it outlives the turn."""

    body: str
    state: Conversation | None
    world: World
    fresh_row: bytes
    """The id of the response, should one be begun."""
    lang: str = "da"
    effects: list[Effect] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.body = self.body.replace("\0", "")
        self.risk: RiskHit | None = risk.kind(self.body)
        self.word_count = count_words(self.body)

    def done(self, state: Conversation | None, *sentences: Sentence, is_free: bool = False) -> Turn:
        """The turn as it stands."""
        return Turn(state, sentences, tuple(self.effects), self.lang, is_free)

    def keep(self, state: Conversation, words: str, question: str = FREE) -> Conversation:
        """Words that are no answer are kept when they are many enough to mean something."""
        return self.store(state, words, question) if count_words(words) >= ENOUGH_WORDS else state

    def store(self, state: Conversation, words: str, question: str = FREE) -> Conversation:
        """Seal words at once: silence afterwards loses nothing."""
        state = self.with_row(state)
        said = Said(question=question, kind="words", words=words, is_urgent=self.risk is not None)
        self.effects.append(effects.Store(row_of(state), (said,)))
        return state

    def with_row(self, state: Conversation) -> Conversation:
        """The conversation with a response to write to."""
        if state.row:
            return state
        begun = effects.Begin(
            row=self.fresh_row, lang=state.lang, place=state.place, survey=state.survey, version=state.version
        )
        self.effects.append(begun)
        return state.but(row=self.fresh_row)

    def finish_row(self) -> None:
        """What the conversation has stored so far will not grow any more."""
        if self.state and self.state.row:
            self.effects.append(effects.Finish(self.state.row))

    def run(self, state: Conversation) -> Run:
        """The way through the frozen survey, so far."""
        survey = self.world.survey(state.survey or "", state.version or 0)
        if survey is None:
            raise LookupError("the frozen survey of an open conversation is gone")
        run = interview.begin(survey)
        for rating in state.ratings:
            run = interview.answer(run, survey.question(rating.question), _reading(rating))
        return run

    def open_question(self, state: Conversation) -> tuple[Sentence, ...]:
        """What we last asked, once more."""
        if state.awaits != "answer":
            return (Sentence(wording.ASK_PLACE if state.awaits == "place" else wording.OFFER),)
        question = interview.next_question(self.run(state))
        if question is None:
            raise LookupError("an answer is awaited where nothing is asked")
        return (plain(in_language(question.sms or question.text, wording.spoken(state.lang))[0]),)

    def local_help(self) -> Mapping[str, str]:
        """Whom to turn to at the place of the open conversation."""
        place = self.world.place(self.state.place) if self.state and self.state.place else None
        return place.local_help if place else {}


def row_of(state: Conversation) -> bytes:
    """The response of a conversation that has stored something."""
    if state.row is None:
        raise LookupError("nothing of this conversation is stored")
    return state.row


def count_words(text: str) -> int:
    """How many words a text has, as they are compared."""
    return len(folding.words(folding.fold_sms(text)))


def _reading(rating: Rating) -> Reading:
    if rating.kind in ("skipped", "declined"):
        return Skip("declined" if rating.kind == "declined" else "skipped")
    if rating.kind == "unreadable":
        return Unreadable()
    value = rating.value or ""
    return Value(tuple(value.split(",")) if "," in value else value)
