"""Three telephones through the signed webhook against a plain model, whatever comes, comes twice or comes late."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app import jobs
from app.channels.sms import intake, queries
from app.channels.sms.exchange import Letter
from app.channels.sms.models import SmsSession
from app.channels.sms.providers import Inbound
from app.channels.sms.segments import segments
from app.core import clock, config, db
from app.core.clock import Clock
from app.privacy import keys, sealing
from app.surveys.models import Answer, Response
from tests.channels.sms import factories
from tests.channels.sms.plain_model import Model, Phone

RUN = settings(
    max_examples=int(os.environ.get("STEMME_MODEL_EXAMPLES", "12")),
    stateful_step_count=30,  # fewer than a number's replies a day, so that no limit silences us
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
ASKS = {"q1": "1-5", "q2": "3=", "q3": "SPRING=", "place": "fx AB1", "offer": "JA eller NEJ"}
"""A sign of each open question in the reply that puts it."""
NUMBERS = st.integers(0, 2)


@dataclass
class Jumping(Clock):
    """A wall clock that somebody sets, beside the boot clock that nobody can."""

    jumped_by: float = 0.0

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self.jumped_by)


@dataclass
class Sent:
    """A text, what it was answered, and the key it was answered under."""

    form: dict[str, str]
    reply: str
    key: tuple[int, int] = field(default=(0, 0))


class Gateway(RuleBasedStateMachine):
    """The engine behind its webhook."""

    app: Flask

    def __init__(self) -> None:
        super().__init__()
        self.clock = Jumping()
        self.clock.set(datetime(2026, 3, 2, 10, 0, tzinfo=UTC))
        self.app.extensions["clock"] = self.clock
        for table in reversed(db.Model.metadata.sorted_tables):
            if table.name in ("answer", "response", "receipt", "seen", "sms_session", "sms_meter", "sms_tally"):
                db.connection().execute(sa.delete(table))
        db.db.session.commit()
        for key in (config.settings().keys_dir / "day").glob("[0-9]*"):
            key.unlink()  # one of the story before would be older than this story knows
        self._retention()
        self.model = Model()
        self.senders = [factories.a_number() for _ in range(3)]
        self.sent: list[Sent] = []
        self.marks: Iterator[str] = (f"{a}{b}{c}" for a in "bdfg" for b in "aeiou" for c in "klmnprst")

    @initialize()
    def three_telephones(self) -> None:
        self.model.phones = {sender: Phone() for sender in self.senders}

    # ── what happens ──────────────────────────────────────────────────────────────

    @rule(n=NUMBERS, code=st.sampled_from(("GH1", "gh 1.", "MUE2")))
    def sends_a_code(self, n: int, code: str) -> None:
        self._says(n, code, lambda phone: self.model.code(phone, "MUE2" if code == "MUE2" else "GH1"))

    @rule(n=NUMBERS, number=st.sampled_from("12345"))
    def sends_a_number(self, n: int, number: str) -> None:
        self._says(n, number, lambda phone: self.model.number(phone, number))

    @rule(n=NUMBERS)
    def sends_words(self, n: int) -> None:
        words = f"der var koldt {next(self.marks)}"
        self._says(n, words, lambda phone: self.model.words(phone, words))

    @rule(n=NUMBERS)
    def skips(self, n: int) -> None:
        self._says(n, "SPRING", self.model.skip)

    @rule(n=NUMBERS, word=st.sampled_from(("STOP", "stop nu tak")))
    def stops(self, n: int, word: str) -> None:
        self._says(n, word, self.model.stop)

    @rule(n=NUMBERS)
    def deletes(self, n: int) -> None:
        self._says(n, "SLET", self.model.delete)

    @rule(n=NUMBERS, word=st.sampled_from(("HJÆLP", "START", "NYT")))
    def says_what_changes_nothing(self, n: int, word: str) -> None:
        self._says(n, word, lambda _: None)

    @rule(n=NUMBERS)
    def looks_at_the_languages_and_stays_with_danish(self, n: int) -> None:
        """While the list is open a number is a language; it is open for one text."""
        self._says(n, "SPROG", lambda _: None)
        if self.model.phones[self.senders[n]].open:
            self._says(n, "1", lambda _: None)

    @rule(n=NUMBERS)
    def crashes_before_the_commit(self, n: int) -> None:
        """Everything is done but nothing is committed; the carrier delivers again."""
        words = f"der var mørkt {next(self.marks)}"
        form = factories.fields(words, sender=self.senders[n])
        inbound = Inbound(id=form["MessageSid"], sender=form["From"], text=words)
        intake.take(Letter(inbound), keys.usable(), clock.now())
        db.db.session.rollback()
        self._deliver(n, form, lambda phone: self.model.words(phone, words))

    @precondition(lambda self: self.sent)
    @rule(which=st.integers(0, 99))
    def is_delivered_again(self, which: int) -> None:
        sent = self.sent[which % len(self.sent)]
        if self.model.is_alive(sent.key):
            assert self._post(sent.form) == sent.reply

    @rule(hours=st.sampled_from((1, 5, 13, 20, 30)))
    def time_goes_by(self, hours: int) -> None:
        self.clock.moved_by += hours * 3600
        self._retention()

    @rule(hours=st.sampled_from((-50, -14, -2, 2, 14, 50)))
    def somebody_sets_the_clock(self, hours: int) -> None:
        self.clock.jumped_by += hours * 3600
        self._retention()

    # ── what must hold ────────────────────────────────────────────────────────────

    @invariant()
    def exactly_what_was_said_is_stored(self) -> None:
        assert _stored() == self.model.stored

    @invariant()
    def a_number_has_one_conversation_at_most(self) -> None:
        sessions = db.connection().execute(sa.select(sa.func.count()).select_from(SmsSession)).scalar_one()
        assert sessions == queries.open_conversations() == sum(bool(phone.open) for phone in self.model.phones.values())
        db.db.session.rollback()

    def _says(self, n: int, text: str, then: object) -> None:
        self._deliver(n, factories.fields(text, sender=self.senders[n]), then)

    def _deliver(self, n: int, form: dict[str, str], then: object) -> None:
        phone = self.model.phones[self.senders[n]]
        key = self.model.key_of(*self._today())
        before = (phone.open, phone.place)
        had = phone.open is not None
        then(phone)  # type: ignore[operator]
        phone.key = phone.key if had else key
        reply = self._post(form)
        self.sent.append(Sent(form, reply, key))
        assert segments(reply).segments <= 2
        assert segments(reply).encoding == "GSM-7"
        assert "http" not in reply
        if phone.open and (phone.open, phone.place) != before:
            assert ASKS[phone.open] in reply

    def _post(self, form: dict[str, str]) -> str:
        answer = factories.deliver(self.app, form)
        assert answer.status_code == 200
        return factories.message(answer)

    def _today(self) -> tuple[int, int]:
        return keys.epoch_of(self.clock.now()), int(self.clock.since_boot())

    def _retention(self) -> None:
        job = jobs.by_name("retention")
        assert job
        jobs.run(job, clock.now())
        if hasattr(self, "model"):
            self.model.bury(*self._today())


def _stored() -> Counter[str]:
    rows = db.connection().execute(sa.select(Response.id, Response.site_code)).all()
    answers = db.connection().execute(
        sa.select(
            Answer.id, Answer.response_id, Answer.question, Answer.kind, Answer.value, Answer.sealed, Answer.month
        )
    )
    values: dict[bytes, list[tuple[str, str | None]]] = {row.id: [] for row in rows}
    words: dict[bytes, list[str]] = {row.id: [] for row in rows}
    for one in answers:
        if one.kind == "words":
            words[one.response_id].append(sealing.unseal(one.sealed, answer_id=one.id, month=one.month))
        elif one.kind == "value":
            values[one.response_id].append((one.question, one.value))
    db.db.session.rollback()
    return Counter(f"{row.site_code} {sorted(values[row.id])} {sorted(words[row.id])}" for row in rows)


def test_the_gateway_does_what_the_plain_model_says(app: Flask, content: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Gateway, "app", app, raising=False)

    run_state_machine_as_test(Gateway, settings=RUN)
