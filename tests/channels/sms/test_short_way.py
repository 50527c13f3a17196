"""The short way of texts ends as the long one: same answers, same headers, same noes."""

import secrets
from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator
from werkzeug.test import Client, TestResponse
from werkzeug.wrappers import Response

from app.channels.sms import intake
from app.channels.sms.short_way import ShortWay
from app.core.db import Busy
from tests.channels.sms import factories

pytestmark = pytest.mark.usefixtures("content")
FORM = factories.fields("GH1", sender="+4500123123", MessageSid=f"SM{secrets.token_hex(16)}")


def signed(form: Mapping[str, str], token: str = "demo-token") -> dict[str, Any]:
    signature = RequestValidator(token).compute_signature(factories.ADDRESS, dict(form))
    return {"data": dict(form), "headers": {"X-Twilio-Signature": signature}}


REQUESTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "a text": ("POST", "/sms/twilio", signed(FORM)),
    "a text that comes again": ("POST", "/sms/twilio", signed(FORM)),
    "signed with another token": ("POST", "/sms/twilio", signed(FORM, "another")),
    "unsigned": ("POST", "/sms/twilio", {"data": FORM}),
    "no form": ("POST", "/sms/twilio", {"data": b"{}", "content_type": "application/json"}),
    "broken UTF-8": (
        "POST",
        "/sms/twilio",
        {"data": b"Body=\xff", "content_type": "application/x-www-form-urlencoded"},
    ),
    "empty": ("POST", "/sms/twilio", {"data": b"", "content_type": "application/x-www-form-urlencoded"}),
    "much too long": ("POST", "/sms/twilio", signed({**FORM, "Body": "x" * 70_000})),
    "of another carrier": ("POST", "/sms/gatewayapi", {"data": b"{}", "content_type": "application/json"}),
    "of nobody's": ("POST", "/sms/nobody", signed(FORM)),
    "only looked at": ("GET", "/sms/twilio", {}),
}


def by(client: Client, asked: tuple[str, str, dict[str, Any]]) -> tuple[int, list[tuple[str, str]], bytes]:
    method, path, more = asked
    answer: TestResponse = client.open(path, base_url="http://127.0.0.1:8000", method=method, **more)
    return answer.status_code, sorted(answer.headers.to_wsgi_list()), answer.data


@pytest.mark.parametrize("name", REQUESTS)
def test_both_ways_answer_alike(app: Flask, client: FlaskClient, name: str) -> None:
    way = app.wsgi_app
    assert isinstance(way, ShortWay)
    factories.deliver(app, FORM)

    short, long = by(client, REQUESTS[name]), by(Client(way._long_way, Response), REQUESTS[name])

    assert short == long


@pytest.mark.parametrize("fault", [Busy(), ZeroDivisionError("+4500123123")])
def test_a_fault_ends_alike(app: Flask, monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    def failing(*_: Any) -> None:
        raise fault

    way = app.wsgi_app
    assert isinstance(way, ShortWay)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(intake, "take_together", failing)
    monkeypatch.setattr(intake, "take", failing)

    short = by(Client(way, Response), REQUESTS["a text"])

    assert short == by(Client(way._long_way, Response), REQUESTS["a text"])
    assert short[0] == 503
    assert b"4500123123" not in short[2]
