"""What is counted of conversations, against what really happened in them: also in those that fell silent."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock, db
from app.surveys import paradata
from app.surveys.models import SmsTally
from tests.channels.sms import factories

SUNDAY_NIGHT = datetime(2026, 3, 8, 22, 30, tzinfo=UTC)
QUESTIONS = ("last_time", "respect", "change")
ACTS = (
    "value", "value", "value", "value", "skip", "mumble", "ramble", "stop", "delete", "move", "english", "help",
)  # fmt: skip
SITES = {"GH1": "street_house", "SIR1": "consumption_room", "MUE1": "mobile_unit"}


@dataclass
class Believed:
    """One conversation about sms_core as an outsider writes it down: no code of ours knows how."""

    kind: str
    lang: str
    taken: list[str] = field(default_factory=list)
    tried: bool = False
    has_words: bool = False
    """Words are stored, before the ratings are."""
    ending: str = ""

    @property
    def question(self) -> str:
        return QUESTIONS[len(self.taken)] if len(self.taken) < len(QUESTIONS) else ""

    @property
    def disposition(self) -> str:
        given = sum(one == "answered" for one in self.taken)
        if self.ending == "deleted":
            return "refused"
        if len(self.taken) < 2 or not (given or self.has_words):
            return "words" if self.has_words else "breakoff" if given else "refused"
        return "complete" if not self.question and given >= 2 else "partial"


class Person:
    """Somebody with a telephone who does anything at all."""

    def __init__(self, app: Flask, chance: random.Random) -> None:
        self.app, self.chance = app, chance
        self.number = factories.a_number()
        self.told: list[Believed] = []
        self.events: Counter[tuple[str, str]] = Counter()
        self.open: Believed | None = None

    def texts(self, most: int) -> Iterator[None]:
        self._arrive()
        yield
        for _ in range(self.chance.randrange(most)):
            if self.open is None:
                return
            self._do(self.chance.choice(ACTS))
            yield

    def _arrive(self) -> None:
        site, self.lang = self.chance.choice(list(SITES)), self.chance.choice(("da", "en"))
        self._say(f"{site} {self.lang}")
        self.open = Believed(SITES[site], self.lang)
        self.told.append(self.open)

    def _do(self, act: str) -> None:
        now = self.open
        assert now is not None
        if not now.question and act not in ("stop", "delete"):
            act = "no"
        getattr(self, f"_{act}")(now)

    def _value(self, now: Believed) -> None:
        is_words = now.question == "change"
        self._say("Flere senge" if is_words else "1")
        self._on(now, "answered")
        now.has_words |= is_words

    def _skip(self, now: Believed) -> None:
        self._say("SPRING")
        self._on(now, "skipped")

    def _mumble(self, now: Believed) -> None:
        self._unreadable(now, "?!." if now.question == "change" else "hmm", words=0)

    def _ramble(self, now: Believed) -> None:
        if now.question == "change":
            self._value(now)
        else:
            self._unreadable(now, "der var mange mennesker", words=4)

    def _unreadable(self, now: Believed, text: str, words: int) -> None:
        self._say(text)
        if now.tried:
            now.has_words = True
            self._on(now, "kept")
        else:
            now.has_words |= words >= 3
            now.tried = True
            self.events[now.question, "hint"] += 1

    def _stop(self, now: Believed) -> None:
        self._end(now, "STOP", "stopped")

    def _delete(self, now: Believed) -> None:
        self._end(now, "SLET", "deleted")

    def _end(self, now: Believed, text: str, ending: str) -> None:
        self._say(text)
        self.events[now.question, ending] += 1
        now.ending, self.open = ending, None

    def _move(self, now: Believed) -> None:
        self.events[now.question, "moved"] += 1
        site = next(code for code, kind in SITES.items() if kind != now.kind)
        self._say(site)
        self.open = Believed(SITES[site], self.lang)
        self.told.append(self.open)

    def _english(self, now: Believed) -> None:
        self._say("ENGLISH")
        self.lang = "en"
        if not now.taken:
            now.lang = "en"

    def _help(self, now: Believed) -> None:
        self._say("HJÆLP")

    def _no(self, now: Believed) -> None:
        self._say("nej")
        self.open = None

    def _on(self, now: Believed, what: str) -> None:
        self.events[now.question, what] += 1
        now.taken.append(what)
        now.tried = False
        if not now.question and now.disposition == "refused":
            self.open = None  # nothing was given, so there is nothing to offer a code for

    def _say(self, text: str) -> None:
        factories.text(self.app, text, sender=self.number)


@pytest.fixture
def people(app: Flask, content: None) -> list[Person]:
    """Sixty people whose conversations lie across each other, and across the end of a week."""
    chance = random.Random(4)
    clock.clock().set(SUNDAY_NIGHT)
    people = [Person(app, chance) for _ in range(60)]
    talks = [one.texts(9) for one in people]
    for _ in range(200):
        next(chance.choice(talks), None)
    clock.clock().set(SUNDAY_NIGHT + timedelta(hours=5))
    for talk in talks:
        for _ in range(chance.randrange(12)):
            next(talk, None)
    return people


def told(people: list[Person]) -> list[Believed]:
    return [one for person in people for one in person.told]


def counted(*by: str, week: str | None = None) -> Counter[tuple[str, ...]]:
    """The tally of sms_core, summed by these columns."""
    columns = [SmsTally.__table__.c[name] for name in by]
    found = sa.select(*columns, sa.func.sum(SmsTally.n)).where(SmsTally.survey_id == "sms_core").group_by(*columns)
    rows = db.connection().execute(found if week is None else found.where(SmsTally.week == week))
    return Counter({tuple(row[:-1]): row[-1] for row in rows if row[-1]})


def test_every_conversation_stands_where_it_ended_also_when_it_fell_silent(people: list[Person]) -> None:
    believed = Counter((one.disposition, one.question, one.kind, one.lang) for one in told(people))

    found = {
        key: n for key, n in counted("event", "question", "site_kind", "lang").items() if key[0] in paradata.STANDINGS
    }

    assert found == believed
    assert {one[0] for one in believed} == {"refused", "breakoff", "words", "partial", "complete"}


def test_the_dispositions_add_up_to_those_who_began(people: list[Person]) -> None:
    events = counted("event")

    assert sum(events[one,] for one in paradata.STANDINGS) == events["opened",] == len(told(people))


@pytest.mark.parametrize("question", QUESTIONS)
def test_who_was_asked_answered_or_stands_there_still(people: list[Person], question: str) -> None:
    at = {event: n for (event, asked), n in counted("event", "question").items() if asked == question}
    behind = sum(at.get(one, 0) for one in ("answered", "skipped", "declined", "kept"))
    standing = sum(at.get(one, 0) for one in paradata.STANDINGS)
    happened = sum((person.events for person in people), Counter())

    assert at["asked"] == behind + standing
    assert {what: at.get(what, 0) for (asked, what) in happened if asked == question} == {
        what: n for (asked, what), n in happened.items() if asked == question
    }


def test_nothing_is_ever_counted_below_nought_in_any_week(people: list[Person]) -> None:
    weeks = set(db.connection().execute(sa.select(SmsTally.week)).scalars())

    assert min(db.connection().execute(sa.select(SmsTally.n)).scalars()) >= 0
    assert weeks == {"2026-W10", "2026-W11"}
    assert counted("event", week="2026-W11")["opened",] > 0


def stands_free() -> dict[str, int]:
    rows = db.connection().execute(
        sa.select(SmsTally.event, SmsTally.n).where(SmsTally.survey_id == "", SmsTally.n != 0)
    )
    return {event: n for event, n in rows if event in paradata.STANDINGS}


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        (("Der mangler toiletter her",), {"unplaced": 1}),
        (("Der mangler toiletter her", "GH1"), {"placed": 1}),
        (("Der mangler toiletter her", "SPRING"), {"unplaced": 1}),
        (("Der mangler toiletter her", "ENGLISH", "GH1"), {"placed": 1}),
        (("Der mangler toiletter her", "GH1", "SLET"), {}),
        (("Der mangler toiletter her", "SLET"), {}),
        (("Der mangler toiletter her", "STOP"), {"unplaced": 1}),
        (("tak",), {}),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_free_words_count_by_whether_their_place_is_known(
    app: Flask, content: None, said: tuple[str, ...], stands: dict[str, int]
) -> None:
    number = factories.a_number()

    for text in said:
        factories.text(app, text, sender=number)

    assert stands_free() == stands


def test_of_help_and_risk_words_only_the_week_is_said(app: Flask, content: None) -> None:
    number = factories.a_number()

    for text in ("GH1", "HJÆLP", "jeg vil dø"):
        factories.text(app, text, sender=number)
    rows = db.connection().execute(sa.select(SmsTally.__table__).where(SmsTally.event.in_(("help", "crisis")))).all()

    assert sorted(rows) == [("2026-W10", "", 0, "", "", "", event, 1) for event in ("crisis", "help")]
