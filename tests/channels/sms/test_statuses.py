"""Status callbacks: 121 orders in which they may come in, and the signed webhook that brings them."""

import json
from typing import Any

import pytest
from flask import Flask

from app.channels.sms import queries, statuses
from app.channels.sms.providers.base import Status
from app.channels.sms.providers.twilio import Twilio
from app.core import db
from app.core.config import ROOT
from app.privacy import keys
from tests.channels.sms.factories import a_number
from tests.channels.sms.fake_twilio import FakeTwilio, Message, in_app

ROWS = json.loads((ROOT / "tests/oracles/receipts_status.json").read_text("utf-8"))["rows"]


def expected(row: dict[str, Any]) -> list[str]:
    """The state after each event of a row."""
    states = [row["start"] or statuses.NEW]
    for event, is_step in zip(row["events"], row["accepted"], strict=True):
        states.append(event if is_step else states[-1])
    assert states[-1] == (row["final"] or statuses.NEW)
    return states[1:]


def state_of(reference: str) -> str | None:
    state = queries.sent_state(bytes.fromhex(reference))
    db.db.session.rollback()
    return state


def sent(twilio: FakeTwilio, app: Flask) -> tuple[str, Message]:
    """A text that we have sent by API, as the carrier knows it."""
    reference = statuses.expect(keys.usable()[0].epoch)
    db.db.session.commit()
    Twilio().send(a_number(), "Tak.", reference)
    twilio.post = in_app(app)
    return reference, twilio.outbound[0]


def test_there_are_121_rows() -> None:
    assert len(ROWS) == 121


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_order_of_callbacks_ends_where_it_should(row: dict[str, Any]) -> None:
    state, states = row["start"] or statuses.NEW, []

    for event in row["events"]:
        state = statuses.higher(state, event)
        states.append(state)

    assert states == expected(row)


def test_the_database_climbs_the_same_ladder(app: Flask) -> None:
    for row in ROWS:
        reference = statuses.expect(keys.usable()[0].epoch)
        if row["start"]:
            statuses.note(Status(reference=reference, value=row["start"]))
        states = []
        for event in row["events"]:
            statuses.note(Status(reference=reference, value=event or ""))
            states.append(queries.sent_state(bytes.fromhex(reference)))

        assert states == expected(row), row["id"]


def test_a_signed_callback_climbs(twilio: FakeTwilio, app: Flask) -> None:
    reference, message = sent(twilio, app)

    answers = [twilio.report(message, status) for status in ("queued", "delivered", "sent")]

    assert (answers, state_of(reference)) == ([200, 200, 200], "delivered")


def test_a_callback_with_a_word_we_do_not_know_is_answered_and_changes_nothing(twilio: FakeTwilio, app: Flask) -> None:
    reference, message = sent(twilio, app)

    answers = [twilio.report(message, status) for status in ("bounced", "DELIVERED", "received")]

    assert (answers, state_of(reference)) == ([200, 200, 200], statuses.NEW)


def test_a_callback_about_a_text_we_do_not_know_is_answered(twilio: FakeTwilio, app: Flask) -> None:
    reference, message = sent(twilio, app)
    message.callback = message.callback.replace(reference, "ab" * 16)

    assert twilio.report(message, "delivered") == 200


def test_a_callback_that_somebody_else_signed_is_refused(twilio: FakeTwilio, app: Flask) -> None:
    reference, message = sent(twilio, app)
    twilio.token = "another-token"

    assert twilio.report(message, "delivered") == 403
    assert state_of(reference) == statuses.NEW
