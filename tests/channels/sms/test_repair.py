"""Replies that never left: looked for in the carrier's list, sent once by API while they still help."""

import pytest

from app.channels.sms import queries
from app.core import db
from tests.channels.sms.factories import a_number
from tests.channels.sms.fake_server import Fault
from tests.channels.sms.stage import Stage


def test_a_reply_that_left_is_not_sent_again(stage: Stage) -> None:
    sender = a_number()
    stage.twilio.text(sender, "GH1")

    stage.sweeps(minutes=30)

    assert len(stage.replies(sender)) == 1


def test_a_reply_that_was_lost_is_sent_once_after_two_minutes(stage: Stage) -> None:
    sender = a_number()
    stage.twilio.loses_replies = 1
    lost = stage.twilio.text(sender, "GH1")
    stage.later(seconds=70)
    stage.sweep()
    assert stage.replies(sender) == []

    stage.sweeps(minutes=10)

    assert stage.replies(sender) == [lost]
    assert stage.counted("resent") == 1
    assert stage.twilio.messages == []


def test_a_lost_reply_is_not_sent_after_half_an_hour(stage: Stage) -> None:
    sender = a_number()
    stage.twilio.loses_replies = 1
    stage.twilio.text(sender, "GH1")

    stage.later(minutes=30)
    stage.sweeps(minutes=4)

    assert (stage.replies(sender), stage.twilio.messages) == ([], [])


@pytest.mark.parametrize(
    "fault", [Fault("create", is_late=True), Fault("create", is_late=True, is_cut=True)], ids=["503", "cut"]
)
def test_a_reply_the_carrier_took_without_saying_so_is_not_sent_again(stage: Stage, fault: Fault) -> None:
    sender = a_number()
    stage.missed(sender, "GH1")
    stage.twilio.faults += [fault]

    stage.sweeps(minutes=20)

    assert len(stage.replies(sender)) == 1
    assert stage.twilio.messages == []


def test_a_reply_the_carrier_did_not_take_is_tried_again(stage: Stage) -> None:
    sender = a_number()
    stage.missed(sender, "GH1")
    stage.twilio.faults += [Fault("create", status=503, times=3), Fault("create", status=429, code=20429)]

    stage.sweeps(minutes=20)

    assert len(stage.replies(sender)) == 1
    assert stage.twilio.messages == []


def test_a_reply_the_carrier_refuses_is_not_tried_again(stage: Stage) -> None:
    sender = a_number()
    stage.missed(sender, "GH1")
    stage.twilio.faults += [Fault("create", status=400, code=21610, times=9)]

    stage.sweeps(minutes=20)

    assert [call.act for call in stage.twilio.calls].count("create") == 1
    assert stage.twilio.messages == []


def test_what_becomes_of_a_reply_sent_by_api_is_noted_under_a_reference_of_our_own(stage: Stage) -> None:
    stage.missed(a_number(), "GH1")
    stage.later(minutes=2)
    stage.sweep()
    sent = stage.twilio.outbound[0]

    assert stage.twilio.report(sent, "delivered") == 200

    reference = sent.callback.rpartition("=")[2]
    assert queries.sent_state(bytes.fromhex(reference)) == "delivered"
    db.db.session.rollback()
