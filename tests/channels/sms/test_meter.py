"""Limits on our replies, without knowing a number: what comes above them is stored, and met with silence."""

import pytest
from flask import Flask

from app.channels.sms import meter, queries
from app.core import clock, db
from app.privacy import keys
from app.surveys import queries as surveys
from tests.channels.sms.factories import a_number, text


def replied(sender: str, *, to_number: int = 0, in_hour: int = 0) -> None:
    """So many replies have gone out to this number today, and to everybody this hour."""
    key = keys.usable()[0]
    cells = meter.cells(key, sender, clock.now())
    for cell, n in ((cells.number, to_number), (cells.hour, in_hour)):
        if n:
            queries.count(key.epoch, cell, n)
    db.db.session.commit()


@pytest.mark.requirement("R19")
def test_after_thirty_replies_a_day_a_number_is_stored_and_not_answered(app: Flask, content: None) -> None:
    sender, other = a_number(), a_number()
    replied(sender, to_number=meter.REPLIES_A_DAY - 1)

    told = [text(app, said, sender=sender) for said in ("GH1", "4", "ja", "Flere senge om natten")]

    assert [bool(one) for one in told] == [True, False, False, False]
    assert surveys.count_responses() == 1
    assert text(app, "GH1", sender=other)


@pytest.mark.requirement("R19")
def test_help_and_stop_are_answered_longer_and_not_for_ever(app: Flask, content: None) -> None:
    sender = a_number()
    replied(sender, to_number=meter.REPLIES_A_DAY)
    helped = text(app, "HJÆLP", sender=sender)
    replied(sender, to_number=meter.VITAL_REPLIES_A_DAY)

    assert "112" in helped
    assert text(app, "HJÆLP", sender=sender) == ""


@pytest.mark.requirement("R19")
def test_after_six_hundred_replies_an_hour_everybody_is_stored_and_nobody_answered(app: Flask, content: None) -> None:
    sender = a_number()
    replied(a_number(), in_hour=meter.REPLIES_AN_HOUR)

    assert [text(app, said, sender=sender) for said in ("GH1", "4", "ja")] == [""] * 3
    assert surveys.count_responses() == 1
    clock.clock().moved_by += 3600
    assert text(app, "Flere senge om natten", sender=sender)
