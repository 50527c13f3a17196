"""The carrier's API fails, or we do: all is found, answered while that still helps, and deleted; nothing twice."""

import random
import statistics
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from app.core import clock
from tests.channels.sms.factories import a_number
from tests.channels.sms.fake_server import Fault
from tests.channels.sms.stage import Stage

FAULTS = (
    Fault("list", status=500, page=1),
    Fault("list", status=429, code=20429),
    Fault("list", is_cut=True),
    Fault("list", is_nonsense=True),
    Fault("delete", status=429, code=20429),
    Fault("delete", status=409, code=20009),
    Fault("delete", status=503),
    Fault("delete", is_late=True, is_cut=True),
    Fault("create", status=503),
    Fault("create", status=429, code=20429),
    Fault("create", is_late=True),
    Fault("create", is_late=True, is_cut=True),
)
"""What may go wrong with a call."""


@pytest.mark.requirement("R4")
def test_five_days_without_us_lose_no_text(stage: Stage) -> None:
    stage.twilio.longest_page = 50
    chance = random.Random(5)
    ages = {a_number(): timedelta(minutes=chance.uniform(45, 5 * 24 * 60)) for _ in range(180)}
    ages |= {a_number(): timedelta(minutes=chance.uniform(2, 25)) for _ in range(20)}
    stage.later(days=5)
    stage.run("retention")

    said = {sender: f"Svar nummer {n} om maden" for n, sender in enumerate(ages)}
    for sender, text in said.items():
        stage.missed(sender, text, age=ages[sender])
    stage.sweeps(minutes=180)

    assert stage.words() == Counter(said.values())
    assert {sender: len(stage.replies(sender)) for sender in said} == {
        sender: int(age < timedelta(minutes=28)) for sender, age in ages.items()
    }
    assert stage.twilio.messages == []
    assert stage.counted("recovered") == len(said)


def test_an_hour_without_the_api_costs_nobody_a_reply(stage: Stage) -> None:
    stage.twilio.faults += [Fault(act, status=503, times=10**6) for act in ("list", "delete", "create")]
    senders = [a_number() for _ in range(30)]

    replies = []
    for sender in senders:
        stage.sweeps(minutes=2)
        replies.append(stage.twilio.text(sender, f"Svar fra {sender[-6:]}"))
    assert all(replies)
    assert len(stage.twilio.messages) == 60

    stage.twilio.faults.clear()
    stage.sweeps(minutes=4)
    assert stage.twilio.messages == []
    assert [len(stage.replies(sender)) for sender in senders] == [1] * 30
    assert len(stage.words()) == 30


@pytest.mark.requirement("R4")
@pytest.mark.requirement("R11")
@pytest.mark.parametrize("seed", range(3))
def test_whatever_goes_wrong_every_text_is_stored_once_answered_once_and_deleted(
    stage: Stage, seed: int, figure: Callable[[str], None]
) -> None:
    chance = random.Random(seed)
    stage.twilio.longest_page = 3
    said = {a_number(): f"Svar nummer {n} om maden" for n in range(40)}
    lost = set[str]()
    ages: dict[str, timedelta] = {}

    for sender, text in said.items():
        stage.twilio.loses_replies = int(chance.random() < 0.2)
        message = stage.twilio.receives(sender, text)
        if chance.random() < 0.4:
            lost.add(sender)
        else:
            stage.twilio.deliver(message)
        stage.twilio.faults[:] = [_copy(chance.choice(FAULTS)) for _ in range(chance.randrange(3))]
        stage.sweeps(minutes=2)
        ages |= _gone(stage, ages)
    stage.twilio.faults.clear()
    for _ in range(65):
        stage.sweeps(minutes=2)
        ages |= _gone(stage, ages)

    assert stage.words() == Counter(said.values())
    median = statistics.median(ages.values())
    assert median < timedelta(minutes=5)
    assert max(ages.values()) < timedelta(days=1)
    figure(f"{len(ages)} of {len(stage.twilio.ever)} copies deleted, median {median / timedelta(minutes=1):.0f} min")
    assert {len(stage.replies(sender)) for sender in said} == {1}
    assert stage.twilio.messages == []
    assert stage.counted("recovered") == len(lost)


@pytest.mark.requirement("R11")
def test_a_copy_that_is_locked_for_two_weeks_goes_in_the_end(stage: Stage) -> None:
    stage.twilio.text(a_number(), "Svar om maden")
    stage.lock()

    stage.days(13)
    stage.lock(is_locked=False)
    stage.sweeps(minutes=60)

    assert stage.twilio.messages == []
    assert stage.words() == {"Svar om maden": 1}


def _gone(stage: Stage, known: dict[str, timedelta]) -> dict[str, timedelta]:
    """How old each copy was that is deleted by now."""
    lying = {message.sid for message in stage.twilio.messages}
    gone = [one for one in stage.twilio.ever if one.sid not in lying and one.sid not in known]
    return {one.sid: clock.now() - one.created_at for one in gone}


def _copy(fault: Fault) -> Fault:
    return Fault(**vars(fault))
