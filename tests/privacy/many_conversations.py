"""Many people who write by text message, one after the other: done, broken off, stopped, deleted, doubled, failed."""

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from unittest.mock import patch

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.channels.sms import queries
from app.core import db
from tests.channels.sms.factories import deliver, fields, message
from tests.faults.stories import Author, Story
from tests.privacy import forensics

DOUBLED, FORGED, BROKEN = 5, 7, 11
"""Every so manieth text comes twice, comes from a stranger too, or meets a fault of ours before it is taken."""
SHORTEST = 20
"""Characters of a text that stands nowhere by chance."""
Look = Callable[[Mapping[str, bytes]], list[str]]
"""Where needles stand: `file: needle`."""
_CODE = re.compile(r"(?:Din kode|Your code): ([A-ZÆØÅ ]+)\.")


@dataclass
class Person:
    """One telephone with one story, and what it must leave nowhere."""

    number: str
    story: Story
    said: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    receipt: str = ""

    def needles(self) -> Iterator[tuple[str, bytes]]:
        """Number, words, receipt code and the carrier's ids, in every spelling."""
        yield from forensics.spellings(self.number).items()
        for words in self.said:
            yield from ((f"{how} {words}", raw) for how, raw in forensics.texts(words).items())
        yield from ((f"id {one}", one.encode()) for one in self.ids)
        if self.receipt:
            for code in (self.receipt, self.receipt.lower()):
                yield from ((f"{how} {code}", raw) for how, raw in forensics.texts(code).items())


class Crowd:
    """People drawn from a seed. The same seed tells the same stories, from whatever numbers.

    With a `disk` to look at, nobody has a number that stands there by chance before anybody wrote: five packed bytes of
    a thousand numbers are soon found in a database's own catalogue.
    """

    def __init__(self, app: Flask, *, seed: str, numbers: str = "", disk: Look | None = None) -> None:
        self.app, self.author = app, Author(random.Random(f"{seed} stories"))
        self.numbers, self.disk = random.Random(f"{numbers or seed} numbers"), disk
        self.people: list[Person] = []
        self.texts = 0

    def speak(self, people: int) -> None:
        """So many people tell their whole story."""
        for number in self._drawn(people):
            person = Person(number, self.author.story())
            self.people.append(person)
            for step in person.story.steps:
                for text in (step,) if isinstance(step, str) else step:
                    self._text(person, text.replace("{receipt}", person.receipt))

    def needles(self) -> Mapping[str, bytes]:
        """Everything that must stand nowhere."""
        return {f"{nth} {how}": raw for nth, one in enumerate(self.people) for how, raw in one.needles()}

    def _drawn(self, people: int) -> list[str]:
        drawn = [f"+4500{self.numbers.randrange(100_000, 1_000_000)}" for _ in range(people)]
        if self.disk is None or not drawn:
            return drawn
        spelled = {f"{one} {how}": raw for one in drawn for how, raw in forensics.spellings(one).items()}
        by_chance = {hit.split(": ")[1].split()[0] for hit in self.disk(spelled)}
        others = self._drawn(len(by_chance))
        return [one for one in drawn if one not in by_chance] + others

    def _text(self, person: Person, text: str) -> None:
        self.texts += 1
        form = fields(text, sender=person.number, MessageSid=f"SM{self.numbers.getrandbits(128):032x}")
        person.ids.append(form["MessageSid"])
        if len(text) > SHORTEST:
            person.said.append(text)
        if self.texts % FORGED == 0:
            assert deliver(self.app, form, signature="bm90IG91cnM=").status_code == 403
        if self.texts % BROKEN == 0:
            self._fail(form)
        answers = [deliver(self.app, form) for _ in range(2 if self.texts % DOUBLED == 0 else 1)]
        assert len({answer.get_data() for answer in answers}) == 1
        self._read(person, answers[0])

    def _fail(self, form: Mapping[str, str]) -> None:
        """Something breaks behind the last thought, with everything in its hands."""
        fault = ValueError(f"{form['From']} said {form['Body']}")
        with patch.object(queries, "keep", side_effect=fault), pytest.raises(ValueError, match="said"):
            deliver(self.app, dict(form))
        db.db.session.rollback()

    def _read(self, person: Person, answer: TestResponse) -> None:
        assert answer.status_code == 200
        if found := _CODE.search(message(answer)):
            person.receipt = found[1]
