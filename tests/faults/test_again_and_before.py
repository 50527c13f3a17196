"""A text that comes again (F2, F4) or before the one it follows (F3): one effect while its key lives, no fault."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core import clock
from app.privacy import keys
from tests.channels.sms.factories import a_number, deliver, fields, text
from tests.faults import verdict


@pytest.mark.requirement("R4")
def test_the_same_message_thirty_hours_later_is_answered_as_it_was_and_does_nothing(app: Flask, content: None) -> None:
    form = fields("Flere senge om natten")
    first = deliver(app, form)
    before = verdict.stored()

    clock.clock().set(clock.now() + timedelta(hours=30))
    keys.usable()
    again = deliver(app, form)

    assert (again.status_code, again.get_data()) == (first.status_code, first.get_data())
    assert verdict.stored() == before
    assert before.total() == 1


def test_a_message_replayed_when_its_key_is_dead_does_no_more_than_a_new_one(app: Flask, content: None) -> None:
    """Nobody can know it again: that is the price of a dead key."""
    form = fields("Flere senge om natten")
    deliver(app, form)

    clock.clock().set(clock.now() + timedelta(hours=49))
    again = [deliver(app, form) for _ in range(3)]

    assert {answer.status_code for answer in again} == {200}
    assert len({answer.get_data() for answer in again}) == 1
    assert verdict.stored().total() == 2


@pytest.mark.parametrize("texts", [("4", "GH1", "5", "ja"), ("ja", "4", "GH1", "4", "ja")])
def test_an_answer_before_its_question_is_no_error_and_loses_nothing(
    app: Flask, content: None, texts: tuple[str, ...]
) -> None:
    sender = a_number()
    replies = [text(app, one, sender=sender) for one in (*texts, "Flere senge")]

    assert all(replies)
    (row,) = verdict.stored()
    assert row.words == ("Flere senge",)
    assert row.place == "GH1"
