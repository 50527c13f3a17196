"""What is Twilio's own: its region, its API's errors, its copies that are not finished, its status callbacks."""

import json
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from twilio.twiml.messaging_response import MessagingResponse

from app.channels.sms.providers import twilio_sdk
from app.channels.sms.providers.base import CarrierDown, Deletion, Inbound, Listed, NotAuthentic, Status
from app.channels.sms.providers.twilio import Twilio, twiml
from app.core import clock, config
from app.core.config import ROOT
from tests.channels.sms.factories import message_of
from tests.channels.sms.fake_server import Fault
from tests.channels.sms.fake_twilio import FakeTwilio

SENDER = "+4500123456"
ERRORS = json.loads((ROOT / "tests/oracles/receipts_status.json").read_text("utf-8"))["twilio_error_class"]
DAY = timedelta(days=1)


@pytest.fixture
def fake(app: Flask, environ: dict[str, str]) -> Iterator[FakeTwilio]:
    with FakeTwilio(clock=app.extensions["clock"].now) as server:
        environ |= {"STEMME_TWILIO_API_URL": server.url, "STEMME_TWILIO_ACCOUNT_SID": server.account}
        app.extensions["settings"] = config.load(environ)
        yield server


@pytest.fixture
def in_ireland(app: Flask, fake: FakeTwilio, environ: dict[str, str]) -> FakeTwilio:
    app.extensions["settings"] = config.load(environ | {"STEMME_TWILIO_REGION": "ie1"})
    return fake


def copies() -> list[Listed]:
    return list(Twilio().list(clock.now() - DAY))


def an_inbound() -> Inbound:
    return Inbound(id="SM0", sender=SENDER, text="4")


@given(reply=st.text(st.characters(codec="utf-8")))
def test_our_twiml_is_the_librarys_byte_by_byte(reply: str) -> None:
    made = MessagingResponse()
    if reply:
        made.message(reply)

    assert twiml(reply).encode() == str(made).encode()


@pytest.mark.parametrize(("code", "fault"), [(int(code), fault) for code, fault in ERRORS.items()])
def test_an_error_has_the_class_the_oracle_gives_it(fake: FakeTwilio, code: int, fault: str) -> None:
    fake.faults.append(Fault("create", status=400, code=code))

    with pytest.raises(CarrierDown) as down:
        Twilio().send(SENDER, "Tak.", "0" * 32)

    assert down.value.fault == fault


def test_a_text_by_api_asks_for_a_callback_at_our_public_address(fake: FakeTwilio) -> None:
    Twilio().send(SENDER, "Tak.", "a/b&c")

    [copy] = fake.outbound
    address = urlsplit(copy.callback)
    assert copy.callback.startswith("http://127.0.0.1:8000/sms/twilio/status?")
    assert parse_qs(address.query) == {"reference": ["a/b&c"]}
    assert (copy.sender, copy.recipient, copy.text) == (fake.number, SENDER, "Tak.")


def test_in_ireland_the_reply_leaves_by_api_and_the_twiml_is_empty(in_ireland: FakeTwilio) -> None:
    response = Twilio().answer(an_inbound(), "Tak.")

    assert not Twilio().abilities.replies_inline
    assert message_of(response.get_data(as_text=True)) == ""
    assert [(copy.recipient, copy.text, copy.callback) for copy in in_ireland.outbound] == [(SENDER, "Tak.", "")]


def test_in_ireland_a_reply_that_does_not_leave_is_an_error_of_ours(in_ireland: FakeTwilio) -> None:
    in_ireland.faults.append(Fault("create", status=500))

    with pytest.raises(CarrierDown):
        Twilio().answer(an_inbound(), "Tak.")


def test_an_api_key_is_used_where_there_is_one(app: Flask, fake: FakeTwilio, environ: dict[str, str]) -> None:
    fake.api_key = ("SK1", "secret-of-the-key")
    with pytest.raises(CarrierDown):
        copies()

    more = {"STEMME_TWILIO_API_KEY": "SK1", "STEMME_TWILIO_API_SECRET": "secret-of-the-key"}
    app.extensions["settings"] = config.load(environ | more)

    assert copies() == []


def test_a_copy_that_never_left_is_in_the_list_and_not_final(fake: FakeTwilio) -> None:
    fake.outbound_status = "queued"
    fake.sends(SENDER, "Tak.")

    [copy] = copies()

    assert not copy.is_final
    assert Twilio().delete(copy) is Deletion.LATER


@pytest.mark.parametrize("status", ["delivered", "undelivered", "failed", "canceled", "read"])
def test_a_copy_that_has_come_to_its_end_is_final(fake: FakeTwilio, status: str) -> None:
    fake.outbound_status = status
    fake.sends(SENDER, "Tak.")

    assert [copy.is_final for copy in copies()] == [True]


def test_a_copy_that_twilio_does_not_let_go_of_is_for_later(fake: FakeTwilio) -> None:
    fake.receives(SENDER, "4").is_locked = True
    [copy] = copies()

    assert Twilio().delete(copy) is Deletion.LATER
    assert copies() == [copy]


def test_pictures_go_before_the_text_they_came_with(fake: FakeTwilio) -> None:
    fake.receives(SENDER, "Se her", pictures=2)
    [copy] = copies()
    fake.calls.clear()

    assert (copy.pictures, Twilio().delete(copy)) == (2, Deletion.DONE)
    assert [(call.method, call.act) for call in fake.calls] == [
        ("GET", "media"), ("DELETE", "media"), ("DELETE", "media"), ("DELETE", "delete"),
    ]  # fmt: skip


def test_a_picture_that_cannot_be_deleted_keeps_its_text(fake: FakeTwilio) -> None:
    message = fake.receives(SENDER, "Se her", pictures=1)
    [copy] = copies()
    fake.faults += [Fault("media", status=500, is_late=False, times=2)]

    assert Twilio().delete(copy) is Deletion.LATER
    assert fake.messages == [message]


def test_a_picture_that_is_gone_already_does_not_keep_the_next_one(fake: FakeTwilio) -> None:
    message = fake.receives(SENDER, "Se her", pictures=2)
    [copy] = copies()
    listed = twilio_sdk.pictures(config.settings(), copy.id)
    del message.media[0]
    assert isinstance(listed, list)

    assert twilio_sdk.delete_picture(config.settings(), copy.id, listed[0]) == twilio_sdk.No(404, 20404)
    assert Twilio().delete(copy) is Deletion.DONE
    assert message.media == []


def test_nothing_is_tried_twice(fake: FakeTwilio) -> None:
    fake.faults.append(Fault(is_cut=True, times=9))

    with pytest.raises(CarrierDown):
        Twilio().send(SENDER, "Tak.", "0" * 32)

    assert len(fake.calls) == 1


def test_the_library_keeps_nothing_of_a_call(fake: FakeTwilio) -> None:
    Twilio().send(SENDER, "Vi mangler senge", "0" * 32)

    http_client = twilio_sdk.client(config.settings()).http_client
    assert SENDER[1:] not in str(
        [vars(kept) if hasattr(kept, "__dict__") else kept for kept in vars(http_client).values()]
    )
    assert (http_client._test_only_last_request, http_client._test_only_last_response) == (None, None)


def test_a_status_has_our_reference_and_twilios_word(app: Flask, fake: FakeTwilio) -> None:
    heard = hear(app, fake, "reference=" + "a" * 32, "delivered")

    assert heard == Status(reference="a" * 32, value="delivered")


@pytest.mark.parametrize("query", ["", "reference=", "reference=a&reference=b", "other=a"])
def test_a_status_without_a_reference_is_nobodys(app: Flask, fake: FakeTwilio, query: str) -> None:
    assert hear(app, fake, query, "delivered") is None


def test_a_status_that_is_not_signed_is_refused(app: Flask, fake: FakeTwilio) -> None:
    fake.token = "another"

    with pytest.raises(NotAuthentic):
        hear(app, fake, "reference=" + "a" * 32, "delivered")


def test_a_status_with_another_reference_than_signed_is_refused(app: Flask, fake: FakeTwilio) -> None:
    with pytest.raises(NotAuthentic):
        hear(app, fake, "reference=" + "a" * 32, "delivered", asked="reference=" + "b" * 32)


def hear(app: Flask, fake: FakeTwilio, query: str, status: str, *, asked: str | None = None) -> Status | None:
    """What the provider makes of a callback at this address."""
    heard: list[Status | None] = []

    def post(path: str, form: dict[str, str], signature: str) -> tuple[int, str]:
        path = path if asked is None else f"/sms/twilio/status?{asked}"
        with app.test_request_context(path, method="POST", data=form, headers={"X-Twilio-Signature": signature}) as at:
            heard.append(Twilio().status(at.request))
        return 200, ""

    fake.post = post
    copy = fake.sends(SENDER, "Tak.", callback=f"http://127.0.0.1:8000/sms/twilio/status?{query}")
    fake.report(copy, status)
    return heard[0]
