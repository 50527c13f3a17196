"""Deleting the carrier's copies: when each one goes, how often it is tried, and when somebody is told."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.channels.sms import erasure, sweep
from app.channels.sms.providers.twilio import Twilio
from app.core import clock
from tests.channels.sms.factories import a_number
from tests.channels.sms.fake_server import Fault
from tests.channels.sms.stage import Stage


@pytest.mark.requirement("R11")
def test_a_text_and_its_reply_are_gone_after_a_few_minutes(stage: Stage) -> None:
    stage.twilio.text(a_number(), "GH1")

    stage.sweeps(minutes=4)

    assert stage.twilio.messages == []


@pytest.mark.requirement("R11")
def test_nothing_is_touched_before_it_is_a_minute_old(stage: Stage) -> None:
    sender = a_number()
    stage.missed(sender, "GH1")
    stage.twilio.text(a_number(), "GH1")

    stage.later(seconds=59)
    stage.sweep()

    assert len(stage.twilio.messages) == 3
    assert stage.replies(sender) == []


def test_a_reply_is_deleted_once_the_carrier_has_done_with_it(stage: Stage) -> None:
    stage.twilio.outbound_status = "sent"
    stage.twilio.text(a_number(), "GH1")
    stage.sweeps(minutes=4)
    assert [message.direction for message in stage.twilio.messages] == ["outbound-reply"]

    stage.twilio.outbound[0].status = "delivered"
    stage.sweeps(minutes=2)

    assert stage.twilio.messages == []


@pytest.mark.requirement("R11")
def test_a_copy_the_carrier_will_not_let_go_of_is_tried_again_for_days(stage: Stage) -> None:
    stage.twilio.text(a_number(), "GH1")
    stage.lock()
    stage.sweeps(minutes=60)
    tries = [call.act for call in stage.twilio.calls].count("delete")

    stage.lock(is_locked=False)
    stage.sweeps(minutes=60)

    assert (tries, stage.twilio.messages) == (8, [])


def test_a_copy_that_is_already_gone_is_no_fault(stage: Stage) -> None:
    stage.twilio.text(a_number(), "GH1")
    stage.twilio.faults += [Fault("delete", status=404, code=20404, times=2)]

    stage.sweeps(minutes=2)

    assert stage.mark().oldest_hours == 0
    assert [call.act for call in stage.twilio.calls].count("delete") == 2


def test_too_many_requests_ends_the_run_and_the_next_one_goes_on(stage: Stage) -> None:
    for _ in range(3):
        stage.twilio.text(a_number(), "GH1")
    stage.twilio.faults += [Fault("delete", status=429, code=20429)]

    stage.sweeps(minutes=2)
    assert [call.act for call in stage.twilio.calls].count("delete") == 1

    stage.sweeps(minutes=2)
    assert stage.twilio.messages == []


def test_a_run_that_has_spoken_long_enough_leaves_the_rest_to_the_next(stage: Stage) -> None:
    sender = a_number()
    stage.missed(sender, "GH1")
    stage.later(minutes=2)

    sweep.run(Twilio(), clock.now(), longest_talk=0)
    assert (len(stage.twilio.messages), stage.replies(sender)) == (1, [])

    stage.sweeps(minutes=4)
    assert (stage.twilio.messages, len(stage.replies(sender))) == ([], 1)


def test_copies_older_than_a_day_are_an_alarm_without_a_word_about_them(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    sender = a_number()
    stage.twilio.text(sender, "GH1")
    stage.lock()

    stage.later(hours=25)
    stage.sweep()

    assert stage.mark().oldest_hours == 25
    assert "more than a day" in caplog.text
    assert sender[3:] not in caplog.text


@pytest.mark.parametrize("minutes", [1, 5, 15, 60, 120, 180, 14 * 24 * 60])
def test_a_rung_is_due_in_the_one_run_that_follows_it(minutes: int) -> None:
    age, gap = timedelta(minutes=minutes), timedelta(minutes=2)

    due = [erasure.is_due(age + timedelta(seconds=late), gap) for late in (-1, 0, 119, 120)]

    assert due == [False, True, True, False]


@given(st.lists(st.integers(min_value=1, max_value=20_000), min_size=1, max_size=40))
def test_no_rung_is_lost_or_climbed_twice_however_late_the_runs_are(gaps: list[int]) -> None:
    age, tries = 0, 0
    for gap in gaps:
        age += gap
        tries += erasure.is_due(timedelta(seconds=age), timedelta(seconds=gap))

    rungs = [rung for rung in (60, 300, 900, *range(3600, age + 1, 3600)) if rung <= age]
    ends = [sum(gaps[: n + 1]) for n in range(len(gaps))]
    assert tries == len({next(n for n, end in enumerate(ends) if end >= rung) for rung in rungs})
