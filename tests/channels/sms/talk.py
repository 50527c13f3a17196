"""One person talking with the engine alone: no database, no carrier, and everything the engine wanted done."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from app.channels.sms import conversation, states, wording
from app.channels.sms.effects import Begin, Delete, Effect, Store
from app.channels.sms.hearing import PlaceAsked, Text, Turn, World
from app.channels.sms.states import Conversation
from app.surveys import help_lines, wordlists
from app.surveys.questions import Survey
from tests.channels.sms.dialogues import survey_of_tests
from tests.content import demo_surveys

NOON = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
HELP = {"da": "Sig det til en, der arbejder i huset.", "en": "Tell someone who works in the house."}


@cache
def world() -> World:
    """GH1 asks sms_core, MUE2 asks `choices`, SIR1 is not asking."""
    core = next(survey for survey in demo_surveys() if survey.id == "sms_core")
    asks: dict[str, Survey | None] = {"GH1": core, "MUE2": survey_of_tests("choices"), "SIR1": None}
    kinds = {"GH1": "shelter", "MUE2": "cafe", "SIR1": "mobile"}
    places = {code: PlaceAsked(code, kinds[code], f"Stedet {code}", HELP, survey) for code, survey in asks.items()}
    surveys = {survey.id: survey for survey in asks.values() if survey}
    book = help_lines.load((wordlists.CONTENT / "help_lines.json").read_text("utf-8"))
    return World(place=places.get, place_codes=places, survey=lambda name, _: surveys.get(name), help_lines=book)


@dataclass
class Talk:
    """A telephone. After every turn the state goes through its box, as between two texts."""

    now: datetime = NOON
    state: Conversation | None = None
    turn: Turn | None = None
    effects: list[Effect] = field(default_factory=list)
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(what happened, which question) → how often."""
    rows: int = 0

    def say(self, *bodies: str, **more: object) -> str:
        """Send texts one after the other; the reply to the last."""
        reply = ""
        for body in bodies:
            reply = self._one(Text(body=body, **more))  # type: ignore[arg-type]
        return reply

    def found_later(self, body: str, *, minutes: int) -> str:
        """A text that the webhook missed so long ago."""
        return self._one(Text(body=body, sent_at=self.now - timedelta(minutes=minutes)))

    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    def _one(self, text: Text) -> str:
        self.turn = conversation.turn(self.state, text, world(), self.rows.to_bytes(16, "big"), self.now)
        self.rows += 1
        self.effects += self.turn.effects
        for event in self.turn.events:
            self.counted[event.what, event.question] += event.n
        self.state = states.from_bytes(states.to_bytes(self.turn.state)) if self.turn.state else None
        return wording.said(self.turn.lang, self.turn.sentences)

    @property
    def words(self) -> list[str]:
        """The words that are stored, without what SLET took back."""
        gone = {effect.row for effect in self.effects if isinstance(effect, Delete)}
        stored = [one for one in self.effects if isinstance(one, Store) and one.row not in gone]
        return [said.words for one in stored for said in one.said if said.words]

    @property
    def values(self) -> dict[str, str | None]:
        """The answers that are stored: question → value, the last one wins."""
        stored = [one for one in self.effects if isinstance(one, Store)]
        return {said.question: said.value for one in stored for said in one.said if said.kind == "value"}

    @property
    def begun(self) -> list[Begin]:
        return [effect for effect in self.effects if isinstance(effect, Begin)]

    def has(self, kind: type[Effect]) -> bool:
        return any(isinstance(effect, kind) for effect in self.effects)

    def n(self, what: str, question: str | None = None) -> int:
        """How often it is counted by now; for every question if none is named."""
        return sum(n for (one, where), n in self.counted.items() if one == what and question in (None, where))
