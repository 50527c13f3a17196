"""When a carrier fails: nothing but our own errors, and in none of them, nor in a log, a number or a text."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from app.channels.sms.providers import gatewayapi, twilio_sdk
from app.channels.sms.providers.base import CarrierDown, Deletion, NotAuthentic
from tests.channels.sms.benches import (
    SECRET_WORDS,
    SENDER,
    Bench,
    a_copy,
    an_inbound,
    every_carrier,
    every_server,
    listed,
)
from tests.channels.sms.factories import OURS
from tests.channels.sms.fake_server import Fault

FAULTS = {
    "429": Fault(status=429, code=20429, times=9),
    "500": Fault(status=500, times=9),
    "503": Fault(status=503, times=9),
    "400": Fault(status=400, code=21610, times=9),
    "cut": Fault(is_cut=True, times=9),
    "nonsense": Fault(is_nonsense=True, times=9),
    "hangs": Fault(hangs=True, times=9),
}


@pytest.fixture(params=FAULTS)
def fault(request: pytest.FixtureRequest, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Fault:
    """Whatever the carrier is asked now goes wrong in this way."""
    monkeypatch.setattr(twilio_sdk, "ANSWER", 0.3)
    monkeypatch.setattr(gatewayapi, "ANSWER", 0.3)
    monkeypatch.setattr(gatewayapi, "REPLY", 0.3)
    fault = replace(FAULTS[request.param])
    assert bench.fake
    bench.fake.faults.append(fault)
    return fault


@every_server
def test_sending_that_fails_raises_nothing_but_our_own(bench: Bench, fault: Fault) -> None:
    with pytest.raises(CarrierDown):
        bench.provider.send(SENDER, SECRET_WORDS, "0" * 32)


@every_server
def test_a_list_that_fails_raises_nothing_but_our_own(bench: Bench, fault: Fault) -> None:
    bench.receives(SENDER, SECRET_WORDS, age=timedelta(minutes=1))

    with pytest.raises(CarrierDown):
        listed(bench)


@pytest.mark.parametrize("bench", ["twilio"], indirect=True)
def test_deleting_that_fails_is_for_later(bench: Bench, fault: Fault) -> None:
    expected = Deletion.THROTTLED if fault.status == 429 else Deletion.LATER

    assert bench.provider.delete(a_copy()) is expected
    assert bench.provider.delete(a_copy(pictures=1)) is expected


@every_server
def test_a_carrier_that_is_not_there_is_down(bench: Bench) -> None:
    assert bench.fake
    bench.fake.__exit__()

    with pytest.raises(CarrierDown):
        bench.provider.send(SENDER, "Tak.", "0" * 32)
    with pytest.raises(CarrierDown):
        listed(bench)
    assert bench.provider.delete(a_copy()) is Deletion.LATER
    bench.fake.__enter__()


@every_server
def test_too_many_requests_is_its_own_fault(bench: Bench) -> None:
    assert bench.fake
    bench.fake.faults.append(Fault(status=429))

    with pytest.raises(CarrierDown) as down:
        bench.provider.send(SENDER, "Tak.", "0" * 32)

    assert down.value.fault == "throttled"


@pytest.mark.requirement("R12")
@every_server
def test_no_number_and_no_text_in_a_log_or_an_error(
    bench: Bench, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    bench.receives(SENDER, SECRET_WORDS, age=timedelta(minutes=1))
    said = []

    for act in (
        lambda: bench.provider.send(SENDER, SECRET_WORDS, "0" * 32),
        lambda: bench.provider.answer(an_inbound(), SECRET_WORDS),
        lambda: listed(bench),
        lambda: bench.provider.delete(a_copy(pictures=1)),
    ):
        try:
            act()
        except CarrierDown as down:
            said += [f"{error!r} {error} {error.args} {vars(error)}" for error in chain(down)]

    written = "\n".join([*said, caplog.text, *(str(vars(record)) for record in caplog.records)])
    assert said
    for secret in (SENDER, SENDER[1:], SECRET_WORDS, "senge", OURS, "/Messages", "token"):
        assert secret not in written


@every_carrier
def test_no_number_and_no_text_in_what_a_message_shows_of_itself(app: Flask, bench: Bench) -> None:
    bench.receives(SENDER, SECRET_WORDS, age=timedelta(minutes=1))
    shown = [bench.receive(app, bench.knock(SECRET_WORDS, sender=SENDER, message_id="SM1")), *listed(bench)]

    assert SENDER[1:] not in repr(shown)
    assert SECRET_WORDS not in repr(shown)


@pytest.mark.requirement("R12")
@every_carrier
def test_a_refused_request_leaves_no_trace_in_the_log(
    app: Flask, bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    for knock in bench.forged(SECRET_WORDS, sender=SENDER, message_id="SM1"):
        with pytest.raises(NotAuthentic) as refused:
            bench.receive(app, knock)
        assert len(list(chain(refused.value))) == 1
        assert refused.value.args == ()

    assert caplog.text == ""


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An exception, its cause, its context, and theirs."""
    if error is not None:
        yield error
        yield from chain(error.__cause__)
        yield from chain(error.__context__)
