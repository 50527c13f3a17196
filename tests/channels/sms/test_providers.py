"""The contract of a carrier, tried on all of them. A new carrier is a bench in `benches.py` and a line in BENCHES."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from flask import Flask

from app.channels.sms.providers import PROVIDERS, gatewayapi, twilio_sdk
from app.channels.sms.providers.base import CarrierDown, Deletion, Inbound, Listed, NotAuthentic
from app.core import clock, config
from tests.channels.sms.benches import Bench, ConsoleBench, GatewayApiBench, TwilioBench
from tests.channels.sms.factories import OURS
from tests.channels.sms.fake_gatewayapi import FakeGatewayApi
from tests.channels.sms.fake_server import Fault
from tests.channels.sms.fake_twilio import FakeTwilio

SENDER = "+4500123456"
SECRET_WORDS = "Vi mangler senge hos os"
BENCHES = ("twilio", "gatewayapi", "console")
WITH_SERVER = ("twilio", "gatewayapi")
DAY = timedelta(days=1)


@pytest.fixture
def bench(request: pytest.FixtureRequest, app: Flask, environ: dict[str, str]) -> Iterator[Bench]:
    now = app.extensions["clock"].now
    with ExitStack() as stack:
        found: Bench
        if request.param == "twilio":
            found = TwilioBench(stack.enter_context(FakeTwilio(clock=now)))
        elif request.param == "gatewayapi":
            found = GatewayApiBench(stack.enter_context(FakeGatewayApi(clock=now)))
        else:
            found = ConsoleBench(app, now)
        app.extensions["settings"] = config.load(environ | found.environ())
        yield found


every_carrier = pytest.mark.parametrize("bench", BENCHES, indirect=True)
every_server = pytest.mark.parametrize("bench", WITH_SERVER, indirect=True)
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
    template = FAULTS[request.param]
    fault = Fault(**vars(template))
    assert bench.fake
    bench.fake.faults.append(fault)
    return fault


def a_copy(**more: object) -> Listed:
    values = {
        "id": "SM0", "direction": "inbound", "sender": SENDER, "recipient": OURS, "text": SECRET_WORDS,
        "sent_at": clock.now(), "is_final": True,
    }  # fmt: skip
    return Listed(**(values | more))  # type: ignore[arg-type]


def an_inbound(**more: object) -> Inbound:
    return Inbound(**({"id": "SM0", "sender": SENDER, "text": SECRET_WORDS} | more))  # type: ignore[arg-type]


def listed(bench: Bench) -> list[Listed]:
    return list(bench.provider.list(clock.now() - DAY))


# ── who knocks ────────────────────────────────────────────────────────────────────


@every_carrier
def test_an_authentic_request_is_believed(app: Flask, bench: Bench) -> None:
    message = bench.receive(app, bench.knock(SECRET_WORDS, sender=SENDER, message_id="SM1"))

    assert (message.id, message.sender, message.text) == ("SM1", SENDER, SECRET_WORDS)
    assert (message.pictures, message.has_answered, message.is_machine, message.sent_at) == (0, None, False, None)


@every_carrier
def test_each_change_after_signing_is_refused(app: Flask, bench: Bench) -> None:
    for number, knock in enumerate(bench.forged(SECRET_WORDS, sender=SENDER, message_id="SM1")):
        with pytest.raises(NotAuthentic):
            pytest.fail(f"forgery {number} was taken: {bench.receive(app, knock)}")


@every_carrier
@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        " 4 \n",
        "linje 1\r\nlinje 2",
        "a\nb",
        "😀👍🏽",
        "e\u0301",
        "سلام",
        "a+b=c & d%20e",
        "<b>&amp;",
        "\t",
        "1\ufe0f\u20e3",
    ],
)
def test_a_text_arrives_as_it_was_sent(app: Flask, bench: Bench, text: str) -> None:
    assert bench.receive(app, bench.knock(text, sender=SENDER, message_id="SM1")).text == text


@every_carrier
def test_a_text_longer_than_carriers_join_is_cut(app: Flask, bench: Bench) -> None:
    assert len(bench.receive(app, bench.knock("😀" * 2000, sender=SENDER, message_id="SM1")).text) == 1600


@every_carrier
def test_the_same_request_twice_is_the_same_message(app: Flask, bench: Bench) -> None:
    knock = bench.knock("4", sender=SENDER, message_id="SM1")

    assert bench.receive(app, knock) == bench.receive(app, knock)


@every_carrier
@pytest.mark.parametrize("sender", ["1204", "+451204", "INFO", "Bank24", OURS])
def test_a_machine_is_known_by_its_sender(app: Flask, bench: Bench, sender: str) -> None:
    assert bench.receive(app, bench.knock("Din pakke er her", sender=sender, message_id="SM1")).is_machine


# ── what we answer ────────────────────────────────────────────────────────────────


@every_carrier
@pytest.mark.parametrize("reply", ["Tak.", "Ring 112. " * 25, "Æ < Ø & Å > \"é\" 'x'", "شكرا", "a\nb"])
def test_a_reply_leaves_letter_by_letter(bench: Bench, reply: str) -> None:
    assert bench.said(bench.provider.answer(an_inbound(), reply)) == reply


@every_carrier
def test_silence_is_an_empty_answer_and_no_call(bench: Bench) -> None:
    response = bench.provider.answer(an_inbound(), "")

    assert (response.status_code, bench.said(response)) == (200, "")
    assert bench.fake is None or bench.fake.calls == []


@every_server
def test_a_text_sent_by_api_has_the_carriers_id(bench: Bench) -> None:
    first, second = (bench.provider.send(SENDER, "Tak.", "0" * 32) for _ in range(2))

    assert first
    assert second
    assert first != second


# ── what lies there ───────────────────────────────────────────────────────────────


@every_carrier
def test_the_list_is_whole_over_all_pages_and_oldest_first(bench: Bench) -> None:
    if bench.fake:
        bench.fake.longest_page = 2  # type: ignore[attr-defined]
    for minutes in (1, 5, 3, 2, 4):
        bench.receives(SENDER, f"{minutes} minutter", age=timedelta(minutes=minutes))

    texts = [copy.text for copy in listed(bench)]

    assert texts == [f"{minutes} minutter" for minutes in (5, 4, 3, 2, 1)]


@every_carrier
def test_the_list_begins_where_it_is_asked_to(bench: Bench) -> None:
    for hours in (1, 3):
        bench.receives(SENDER, f"{hours} timer", age=timedelta(hours=hours))

    copies = bench.provider.list(clock.now() - timedelta(hours=2))

    assert [copy.text for copy in copies] == ["1 timer"]


@every_carrier
def test_an_empty_list_is_empty(bench: Bench) -> None:
    assert listed(bench) == []


@every_carrier
def test_a_listed_text_says_who_when_and_which_way(bench: Bench) -> None:
    bench.receives(SENDER, SECRET_WORDS, age=timedelta(minutes=5))

    [copy] = listed(bench)

    assert (copy.direction, copy.sender, copy.recipient, copy.text) == ("inbound", SENDER, OURS, SECRET_WORDS)
    assert abs(clock.now() - timedelta(minutes=5) - copy.sent_at) < timedelta(seconds=2)
    assert copy.is_final


@pytest.mark.parametrize("bench", ["twilio", "console"], indirect=True)
def test_what_we_sent_is_in_the_list_too(bench: Bench) -> None:
    bench.provider.send(SENDER, "Tak.", "0" * 32)

    [copy] = listed(bench)

    assert (copy.direction, copy.sender, copy.recipient, copy.text) == ("outbound", OURS, SENDER, "Tak.")


@every_server
def test_a_list_that_breaks_off_is_no_list(bench: Bench) -> None:
    assert bench.fake
    bench.fake.longest_page = 2  # type: ignore[attr-defined]
    for minutes in range(5):
        bench.receives(SENDER, "4", age=timedelta(minutes=minutes))
    bench.fake.faults.append(Fault("list", page=2))

    with pytest.raises(CarrierDown):
        listed(bench)


@pytest.mark.parametrize("bench", ["twilio", "console"], indirect=True)
def test_deleting_is_done_once_and_again(bench: Bench) -> None:
    bench.receives(SENDER, SECRET_WORDS, age=timedelta(minutes=1))
    [copy] = listed(bench)

    assert bench.provider.delete(copy) is Deletion.DONE
    assert listed(bench) == []
    assert bench.provider.delete(copy) is Deletion.DONE


# ── when it goes wrong ────────────────────────────────────────────────────────────


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


# ── what it says of itself ────────────────────────────────────────────────────────


@every_carrier
def test_its_abilities_are_true(app: Flask, bench: Bench) -> None:
    abilities = bench.provider.abilities
    bench.receives(SENDER, SECRET_WORDS, age=timedelta(minutes=1))
    [copy] = listed(bench)
    response = bench.provider.answer(an_inbound(), "Tak.")

    assert abilities.lists
    assert abilities.replies_inline is ("Tak." in response.get_data(as_text=True))
    assert abilities.deletes is (bench.provider.delete(copy) is Deletion.DONE)
    assert abilities.signs_body is bool(bench.knock("4", sender=SENDER, message_id="SM1").form)


def test_every_carrier_has_a_bench_and_a_setting() -> None:
    assert {provider.name for provider in PROVIDERS} == set(BENCHES) == set(config.PROVIDERS)
