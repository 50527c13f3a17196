"""A carrier that takes no reply inline: stored first, sent afterwards; what did not leave is tried again."""

import json
from collections.abc import Iterator

import jwt
import pytest
from flask import Flask

from app.channels.sms import wording
from app.channels.sms.providers import gatewayapi
from app.core import config
from app.core.config import ROOT
from app.core.i18n import translate
from app.surveys import queries as surveys
from tests.channels.sms.factories import a_number
from tests.channels.sms.fake_gatewayapi import FakeGatewayApi, in_app
from tests.channels.sms.fake_server import Fault

STATES = json.loads((ROOT / "tests/oracles/receipts_status.json").read_text("utf-8"))["gatewayapi_status"]


@pytest.fixture
def gateway(app: Flask, content: None, environ: dict[str, str]) -> Iterator[FakeGatewayApi]:
    with FakeGatewayApi(clock=app.extensions["clock"].now, post=in_app(app)) as server:
        app.extensions["settings"] = config.load(environ | server.environ())
        yield server


def test_a_text_is_answered_beside_the_webhook(gateway: FakeGatewayApi) -> None:
    sender = a_number()

    assert gateway.deliver(gateway.receives(sender, "GH1")) == 200

    [sent] = gateway.outbound
    assert (sent.recipient, sent.encoding) == (sender, "UTF8")
    assert "112" in sent.text
    assert len(sent.reference) == 32


def test_a_text_delivered_again_is_not_answered_again(gateway: FakeGatewayApi) -> None:
    message = gateway.receives(a_number(), "GH1")

    assert [gateway.deliver(message) for _ in range(3)] == [200, 200, 200]

    assert len(gateway.outbound) == 1


def test_a_reply_that_did_not_leave_is_sent_by_the_next_try(gateway: FakeGatewayApi) -> None:
    message = gateway.receives(a_number(), "Der mangler senge om natten")
    gateway.faults.append(Fault("create", status=500))

    assert [gateway.deliver(message) for _ in range(3)] == [503, 200, 200]

    assert [sent.text for sent in gateway.outbound] == [translate("da", wording.FREE)]
    assert surveys.count_responses() == 1


def test_silence_is_no_call(gateway: FakeGatewayApi) -> None:
    assert gateway.deliver(gateway.receives(a_number(), "tak")) == 200

    assert gateway.outbound == []


def test_the_body_is_never_read(app: Flask, gateway: FakeGatewayApi) -> None:
    headers = gateway.signature(gateway.claims(gateway.receives(a_number(), "GH1")))
    client = app.test_client()

    for body in (b"", b"not json", b'{"message": "STOP"}'):
        assert client.post("/sms/gatewayapi", data=body, headers=headers).status_code == 200

    assert len(gateway.outbound) == 1


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("stemme GH1", "GH1"),
        ("STEMME gh1 en", "gh1 en"),
        ("Stemme: 4", "4"),
        (" stemme\n4", "4"),
        ("stemme", ""),
        ("stemmen var god", "stemmen var god"),
        ("GH1 stemme", "GH1 stemme"),
        ("stemme stemme", "stemme"),
    ],
)
def test_the_keyword_is_taken_off_where_it_is_a_word_of_its_own(text: str, meant: str) -> None:
    assert gatewayapi.without_keyword(text, "stemme") == meant


def test_without_a_keyword_every_word_is_the_persons() -> None:
    assert gatewayapi.without_keyword("stemme GH1", "") == "stemme GH1"


@pytest.mark.parametrize(("number", "receiver"), [("1204", 451204), ("+451204", 451204), ("+4590000000", 4590000000)])
def test_a_short_code_is_ours_with_its_countrys_prefix(
    app: Flask, gateway: FakeGatewayApi, environ: dict[str, str], number: str, receiver: int
) -> None:
    app.extensions["settings"] = config.load(environ | gateway.environ() | {"STEMME_SMS_NUMBER": number})
    gateway.number = str(receiver)

    assert gateway.deliver(gateway.receives(a_number(), "GH1")) == 200


def test_letters_outside_the_cheap_alphabet_are_sent_as_they_are(app: Flask, gateway: FakeGatewayApi) -> None:
    gatewayapi.GatewayApi().send(a_number(), "شكرا", "0" * 32)

    assert [(sent.text, sent.encoding) for sent in gateway.outbound] == [("شكرا", "UCS2")]


@pytest.mark.parametrize(("state", "value"), STATES.items())
def test_a_delivery_status_is_said_in_our_words(app: Flask, gateway: FakeGatewayApi, state: str, value: str) -> None:
    claims = {"id": 1, "msisdn": 4500123456, "status": state, "userref": "a" * 32}
    token = jwt.encode(claims, gateway.secret, "HS256")

    with app.test_request_context("/", method="POST", headers={gatewayapi.SIGNATURE: token}) as context:
        status = gatewayapi.GatewayApi().status(context.request)

    assert status
    assert (status.reference, status.value) == ("a" * 32, value or "")
