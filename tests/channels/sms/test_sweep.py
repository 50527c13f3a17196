"""What the sweep does with the carrier's copies: take what was missed, answer what was not, delete everything."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app import create_app
from app.channels.sms import erasure, queries, sweep, wording
from app.channels.sms.providers.twilio import Twilio
from app.core import clock, config, db
from app.core.i18n import translate
from app.privacy.models import Seen
from app.surveys import versions
from app.surveys.models import SurveyVersion
from tests.channels.sms.factories import a_number
from tests.channels.sms.fake_server import Fault
from tests.channels.sms.fake_twilio import FakeTwilio
from tests.channels.sms.stage import Stage

FREE = "Flere senge om natten"


# ── deleting ──────────────────────────────────────────────────────────────────────


def test_a_text_and_its_reply_are_gone_after_a_few_minutes(stage: Stage) -> None:
    stage.twilio.text(a_number(), "GH1")

    stage.sweeps(minutes=4)

    assert stage.twilio.messages == []


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


def test_a_copy_the_carrier_will_not_let_go_of_is_tried_again_for_days(stage: Stage) -> None:
    stage.twilio.text(a_number(), "GH1")
    for message in stage.twilio.messages:
        message.is_locked = True
    stage.sweeps(minutes=60)
    tries = [call.act for call in stage.twilio.calls].count("delete")

    for message in stage.twilio.messages:
        message.is_locked = False
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
    for message in stage.twilio.messages:
        message.is_locked = True

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


# ── taking what was missed ────────────────────────────────────────────────────────


def test_a_text_whose_webhook_was_lost_is_taken_answered_and_deleted(stage: Stage) -> None:
    sender = a_number()
    stage.missed(sender, FREE)

    stage.sweeps(minutes=6)

    assert stage.words() == {FREE: 1}
    assert stage.replies(sender) == [translate("da", wording.FREE)]
    assert stage.twilio.messages == []
    assert stage.counted("recovered") == 1


def test_texts_are_taken_in_the_order_in_which_they_were_sent(stage: Stage) -> None:
    ages = {a_number(): age for age in (130, 40, 300, 200)}
    for sender, age in ages.items():
        stage.missed(sender, "GH1", age=timedelta(seconds=age))

    stage.sweeps(minutes=2)

    assert [sent.recipient for sent in stage.twilio.ever[4:]] == sorted(ages, key=lambda sender: -ages[sender])


def test_an_old_text_is_stored_without_a_reply(stage: Stage) -> None:
    sender = a_number()
    stage.missed(sender, FREE)

    stage.later(minutes=31)
    stage.sweeps(minutes=4)

    assert (stage.words(), stage.replies(sender), stage.twilio.messages) == ({FREE: 1}, [], [])


def test_help_is_sent_within_a_day(stage: Stage) -> None:
    in_time, too_late = a_number(), a_number()
    stage.missed(too_late, "STOP")
    stage.later(hours=2)
    stage.missed(in_time, "STOP")

    stage.later(hours=23)
    stage.sweeps(minutes=2)

    assert (len(stage.replies(in_time)), stage.replies(too_late)) == (1, [])


def test_a_machine_is_deleted_and_not_answered(stage: Stage) -> None:
    stage.missed("Posten", "Din pakke er her")

    stage.sweeps(minutes=4)

    assert (stage.words(), stage.twilio.messages) == ({}, [])


def test_a_text_from_before_the_service_is_only_deleted(stage: Stage) -> None:
    stage.missed(a_number(), FREE, age=timedelta(minutes=11))

    stage.sweeps(minutes=60)

    assert (stage.words(), stage.twilio.messages) == ({}, [])


def test_a_text_we_cannot_take_stays_and_holds_up_nobody(stage: Stage) -> None:
    stuck = a_number()
    stage.twilio.text(stuck, "GH1")
    db.db.session.execute(sa.delete(SurveyVersion))
    db.db.session.commit()
    versions.forget()
    before = stage.mark()

    stage.missed(stuck, "4")
    stage.missed(a_number(), FREE)
    stage.sweeps(minutes=30)

    assert stage.words() == {FREE: 1}
    assert [message.text for message in stage.twilio.messages] == ["4"]
    assert stage.mark().complete_until == before.complete_until


# ── replies that never left ───────────────────────────────────────────────────────


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


# ── once and only once ────────────────────────────────────────────────────────────


def test_half_a_list_decides_nothing(stage: Stage) -> None:
    stage.twilio.longest_page = 2
    senders = [a_number() for _ in range(5)]
    for sender in senders:
        stage.missed(sender, FREE)
    before = stage.mark()
    stage.twilio.faults += [Fault("list", status=500, page=1)]

    stage.sweeps(minutes=2)
    assert (stage.words(), len(stage.twilio.messages), stage.mark()) == ({}, 5, before)

    stage.sweeps(minutes=6)
    assert (stage.words(), stage.twilio.messages) == ({FREE: 5}, [])
    assert [len(stage.replies(sender)) for sender in senders] == [1] * 5


def test_a_list_that_could_not_be_read_for_days_shows_no_text_twice(stage: Stage) -> None:
    answered, missed = a_number(), a_number()
    stage.later(minutes=30)
    stage.twilio.text(answered, FREE)
    stage.missed(missed, "Lampen er i stykker")

    stage.later(days=3)
    stage.run("retention")
    stage.sweeps(minutes=4)

    assert stage.words() == {FREE: 1, "Lampen er i stykker": 1}
    assert stage.twilio.messages == []


def test_a_copy_that_outlives_our_memory_of_it_is_not_taken_again(stage: Stage) -> None:
    stage.twilio.text(a_number(), FREE)
    stage.missed(a_number(), FREE)
    for message in stage.twilio.messages:
        message.is_locked = True

    stage.sweeps(minutes=10)
    for _ in range(4):
        stage.later(days=1)
        stage.run("retention")
        stage.sweep()

    assert stage.words() == {FREE: 2}
    assert len(stage.twilio.messages) >= 2


def test_a_database_that_was_restored_does_not_take_a_text_twice(stage: Stage) -> None:
    """A backup holds the mark and no memory of texts; what lies at the carrier was answered before it was made."""
    stage.sweeps(minutes=30)
    stage.twilio.text(a_number(), FREE)
    for message in stage.twilio.messages:
        message.is_locked = True
    stage.later(minutes=2)
    stage.sweep()

    db.db.session.execute(sa.delete(Seen))
    db.db.session.commit()
    stage.sweeps(minutes=60)

    assert stage.words() == {FREE: 1}


def test_what_came_after_the_backup_is_taken_again_because_the_database_has_lost_it(stage: Stage) -> None:
    stage.sweeps(minutes=30)
    stage.missed(a_number(), FREE)
    db.db.session.execute(sa.delete(Seen))
    db.db.session.commit()

    stage.sweeps(minutes=4)

    assert stage.words() == {FREE: 1}


def test_a_webhook_that_comes_after_the_sweep_changes_nothing(stage: Stage) -> None:
    late = stage.missed(a_number(), FREE)
    stage.later(minutes=2)
    stage.sweep()

    stage.twilio.deliver(late)

    assert stage.words() == {FREE: 1}


def test_the_sweep_and_the_webhook_take_one_text_once(stage: Stage) -> None:
    texts = [stage.missed(a_number(), f"{FREE} {n}") for n in range(12)]
    stage.later(minutes=2)
    db.db.session.remove()
    start = threading.Barrier(2)

    def deliver_all() -> None:
        start.wait()
        for text in texts:
            stage.twilio.deliver(text)

    webhook = threading.Thread(target=deliver_all)
    webhook.start()
    start.wait()
    stage.sweep()
    webhook.join(timeout=60)

    assert stage.words() == {f"{FREE} {n}": 1 for n in range(12)}


# ── which carrier, and how it stands ──────────────────────────────────────────────


def test_what_another_number_of_the_account_gets_is_left_alone(stage: Stage) -> None:
    stage.twilio.number = "+4590000001"
    stage.twilio.sends(a_number(), "Svar fra en anden", age=timedelta(minutes=3))
    stage.missed(a_number(), FREE)

    stage.sweeps(minutes=10)

    assert (stage.words(), len(stage.twilio.messages)) == ({}, 2)


def test_only_the_side_that_has_the_day_keys_sweeps(environ: dict[str, str]) -> None:
    environ["STEMME_SMS_PROVIDER"] = "twilio"
    found = {}
    for side in ("all", "citizen", "desk"):
        with create_app(config.load(environ | {"STEMME_SIDE": side})).app_context():
            found[side] = sweep.provider() is not None

    assert found == {"all": True, "citizen": True, "desk": False}


def test_the_sweep_says_how_it_stands(stage: Stage) -> None:
    stage.sweeps(minutes=2)

    assert stage.mark() == sweep.Sweep(complete_until=pytest.approx(clock.now().timestamp(), abs=5), oldest_hours=0)


def test_a_carrier_that_was_never_swept_has_no_standing(twilio: FakeTwilio, app: Flask) -> None:
    assert sweep.state() is None
