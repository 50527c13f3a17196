"""One text being understood: what was said, in which conversation, and what is to be done about it."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from app.channels.sms import effects, wording
from app.channels.sms.counting import Counting, Runs
from app.channels.sms.effects import Effect
from app.channels.sms.states import Conversation
from app.channels.sms.wording import Sentence, plain
from app.core import folding
from app.surveys import risk
from app.surveys.help_lines import HelpLines
from app.surveys.paradata import Event
from app.surveys.question_types.said import Said as Heard
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
    place_codes: Container[str]
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
    has_lost_thread: bool = False
    """There was a conversation, but nobody can read it any more."""


@dataclass(frozen=True)
class Turn:
    """The new state (None: forget the conversation), the reply, and what is to be done."""

    state: Conversation | None
    sentences: tuple[Sentence, ...]
    effects: tuple[Effect, ...]
    lang: str
    is_free: bool = False
    """Outside a conversation, neither a code nor a reserved word: counted, so that a machine cannot keep us talking."""
    events: tuple[Event, ...] = ()
    """What happened, to be counted."""
    is_vital: bool = False
    """Help lines, STOP or SLET: answered above every limit."""

    def after(self, *first: Sentence) -> "Turn":
        """The same turn with sentences put in front of its reply."""
        return replace(self, sentences=(*first, *self.sentences))


@dataclass
class Hearing:
    """Collects effects and counts while a text is understood; nothing of it outlives the turn."""

    body: str
    state: Conversation | None
    world: World
    fresh_row: bytes
    """The id of the response, should one be begun."""
    lang: str = "da"
    effects: list[Effect] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.body = self.body.replace("\0", "")
        self.risk: RiskHit | None = risk.kind(self.body, lang=self.state.lang if self.state else None)
        self.runs = Runs(self.world.survey)
        self.counts = Counting(self.runs, self.state)

    @cached_property
    def said(self) -> Heard:
        """The text as its words are compared."""
        return Heard.of(self.body)

    @cached_property
    def word_count(self) -> int:
        """How many words it has."""
        return count_words(self.body)

    def done(self, state: Conversation | None, *sentences: Sentence, is_free: bool = False) -> Turn:
        """The turn as it stands. Words of danger are never taken for a machine's."""
        if state:
            self.counts.stands(state)
        is_free = is_free and self.risk is None
        return Turn(state, sentences, tuple(self.effects), self.lang, is_free, tuple(self.counts.events))

    def speak(self, state: Conversation, lang: str) -> Conversation:
        """Go on in another language. While the first question is open it is counted in that one, later as before."""
        self.lang = lang
        if state.awaits != "answer" or state.ratings:
            return state.but(lang=lang, filed_in="" if lang == state.counted_in else state.counted_in)
        if lang != state.lang:
            self.counts.refile(state, lang)
        return state.but(lang=lang)

    def keep(self, state: Conversation, words: str, question: str = FREE) -> Conversation:
        """Words that are no answer are kept when they are many enough to mean something."""
        return self.store(state, words, question) if count_words(words) >= ENOUGH_WORDS else state

    def store(self, state: Conversation, words: str, question: str = FREE) -> Conversation:
        """Seal words at once: silence afterwards loses nothing."""
        state = self.with_row(state)
        said = Said(question=question, kind="words", words=words, is_urgent=self.risk is not None)
        self.effects.append(effects.Store(row_of(state), (said,)))
        return state

    def store_free_words(self) -> Conversation:
        """Words outside a conversation open one that asks for their place."""
        said = Said(question=FREE, kind="words", words=self.body, is_urgent=self.risk is not None)
        self.effects += [effects.Begin(row=self.fresh_row, lang=self.lang), effects.Store(self.fresh_row, (said,))]
        return Conversation(awaits="place", lang=self.lang, row=self.fresh_row)

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

    def open_question(self, state: Conversation) -> tuple[Sentence, ...]:
        """What we last asked, once more."""
        if state.awaits == "offer":
            return (Sentence(wording.OFFER),)
        if state.awaits == "place":
            return (self._place_question(state),)
        question = self.runs.asked(state)
        return (plain(in_language(question.sms or question.text, wording.spoken(state.lang))[0]),)

    def local_help(self, state: Conversation | None) -> Mapping[str, str]:
        """Whom to turn to at the place of a conversation."""
        place = self.world.place(state.place) if state and state.place else None
        return place.local_help if place else {}

    def _place_question(self, state: Conversation) -> Sentence:
        closed = self.world.place(state.place) if state.place else None
        return Sentence(wording.CLOSED, {"site": closed.name}) if closed else Sentence(wording.ASK_PLACE)


def row_of(state: Conversation) -> bytes:
    """The response of a conversation that has stored something."""
    if state.row is None:
        raise LookupError("nothing of this conversation is stored")
    return state.row


def count_words(text: str) -> int:
    """How many words a text has, as they are compared."""
    return len(folding.words(folding.fold_sms(text)))
