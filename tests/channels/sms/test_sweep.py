"""What the sweep makes of the carrier's list: it takes what was missed, answers what was not, and nothing twice."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app import create_app
from app.channels.sms import sweep, wording
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


# ── once and only once ────────────────────────────────────────────────────────────


@pytest.mark.requirement("R4")
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
    stage.lock()

    stage.sweeps(minutes=10)
    stage.days(4)

    assert stage.words() == {FREE: 2}
    assert len(stage.twilio.messages) >= 2


def test_a_database_that_was_restored_does_not_take_a_text_twice(stage: Stage) -> None:
    """A backup holds the mark and no memory of texts; what lies at the carrier was answered before it was made."""
    stage.sweeps(minutes=30)
    stage.twilio.text(a_number(), FREE)
    stage.lock()
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


@pytest.mark.requirement("R4")
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

    found = stage.mark()
    assert (found.complete_until, found.oldest_hours) == (pytest.approx(clock.now().timestamp(), abs=5), 0)


def test_a_carrier_that_was_never_swept_has_no_standing(twilio: FakeTwilio, app: Flask) -> None:
    assert sweep.state() is None
