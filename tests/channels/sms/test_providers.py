"""The contract of a carrier, tried on all of them. A new carrier is a bench in `benches.py` and a line in BENCHES."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from app.channels.sms.providers import PROVIDERS
from app.channels.sms.providers.base import CarrierDown, Deletion, NotAuthentic
from app.core import clock, config, setting_values
from tests.channels.sms.benches import (
    BENCHES,
    SECRET_WORDS,
    SENDER,
    Bench,
    an_inbound,
    every_carrier,
    every_server,
    listed,
)
from tests.channels.sms.factories import OURS
from tests.channels.sms.fake_server import Fault

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
    assert abilities.deletes is replace(config.settings(), sms_provider=bench.provider.name).deletes_copies
    assert abilities.signs_body is bool(bench.knock("4", sender=SENDER, message_id="SM1").form)


def test_every_carrier_has_a_bench_and_a_setting() -> None:
    assert {provider.name for provider in PROVIDERS} == set(BENCHES) == set(setting_values.PROVIDERS)
