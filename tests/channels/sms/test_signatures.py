"""Who knocks: every signature of the oracle, and what else a signed request must be."""

import json
from dataclasses import replace
from typing import Any

import jwt
import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.channels.sms.providers import console, gatewayapi, twilio, twilio_sdk
from app.channels.sms.providers.base import NotAuthentic
from app.core import config
from app.core.config import ROOT
from tests.channels.sms.factories import deliver, fields

SIGNATURES = json.loads((ROOT / "tests/oracles/signatures.json").read_text("utf-8"))
GATEWAY_SECRET = "gateway-webhook-secret-of-32-bytes!!"


@pytest.mark.requirement("R10")
@pytest.mark.parametrize("row", SIGNATURES["rows"], ids=lambda row: row["id"])
def test_a_signature_is_judged_as_the_oracle_says(row: dict[str, Any]) -> None:
    said = MultiDict([tuple(pair) for pair in row["params"]]) if row["body"] is None else row["body"]

    assert twilio_sdk.is_signed(row["url"], said, row["signature"] or "", tuple(row["tokens"])) is row["valid"]


@pytest.mark.parametrize("row", SIGNATURES["gatewayapi"], ids=lambda row: row["id"])
def test_a_claim_is_believed_as_the_oracle_says(row: dict[str, Any]) -> None:
    if row["valid"]:
        assert gatewayapi.claims_of(row["header"] or "", row["secret"]) == row["take"]
    else:
        with pytest.raises(NotAuthentic) as refused:
            gatewayapi.claims_of(row["header"] or "", row["secret"])
        assert refused.value.__context__ is None


@pytest.mark.parametrize("token", ["", "a", "a.b", "a.b.c", "é.é.é", "\0", "." * 1000, "eyJhbGciOiJIUzI1NiJ9.WzFd.x"])
def test_a_header_that_is_no_token_is_refused_and_nothing_else(token: str) -> None:
    with pytest.raises(NotAuthentic):
        gatewayapi.claims_of(token, GATEWAY_SECRET)


def test_a_token_that_has_run_out_is_refused() -> None:
    with pytest.raises(NotAuthentic):
        gatewayapi.claims_of(jwt.encode({"id": 1, "exp": 1}, GATEWAY_SECRET, "HS256"), GATEWAY_SECRET)


@pytest.mark.requirement("R10")
@pytest.mark.parametrize(
    ("header", "is_ours"),
    [
        ("", True),
        ("HMAC_SHA1", True),
        ("algorithm=HMAC_SHA1", True),
        ("key=webhooks_sharedkey_1,algorithm=HMAC_SHA1", True),
        ("HMAC_SHA256", False),
        ("key=webhooks_sharedkey_1,algorithm=HMAC_SHA256", False),
        ("key=webhooks_sharedkey_1, algorithm=HMAC_SHA256", False),
        ("algorithm=HMAC_SHA1,algorithm=HMAC_SHA256", False),
        ("none", False),
    ],
)
def test_another_algorithm_than_ours_is_refused_although_the_signature_is_true(
    app: Flask, content: None, header: str, is_ours: bool
) -> None:
    form = fields("GH1")
    signature = twilio_sdk.RequestValidator("demo-token").compute_signature("http://127.0.0.1:8000/sms/twilio", form)
    headers = {twilio.SIGNATURE: signature, twilio.SIGNATURE_SETTINGS: header}

    answer = app.test_client().post("/sms/twilio", data=form, headers=headers)

    assert answer.status_code == (200 if is_ours else 403)


@pytest.mark.requirement("R10")
@pytest.mark.parametrize("tokens", ["", " ", ",", " , "])
def test_without_a_token_nobody_is_believed(app: Flask, content: None, environ: dict[str, str], tokens: str) -> None:
    environ["STEMME_TWILIO_AUTH_TOKEN"] = tokens
    app.extensions["settings"] = config.load(environ)

    assert deliver(app, fields("GH1"), token="").status_code == 403
    assert deliver(app, fields("GH1"), token=" ").status_code == 403


def test_without_a_secret_gatewayapi_is_not_believed(app: Flask, content: None) -> None:
    token = jwt.encode({"id": 1, "msisdn": 4500123456, "receiver": 4590000000, "message": "GH1"}, "x" * 32, "HS256")

    answer = app.test_client().post("/sms/gatewayapi", data=b"{}", headers={gatewayapi.SIGNATURE: token})

    assert answer.status_code == 403


def test_a_form_of_another_account_is_not_ours(app: Flask, content: None, environ: dict[str, str]) -> None:
    environ["STEMME_TWILIO_ACCOUNT_SID"] = "AC" + "1" * 32
    app.extensions["settings"] = config.load(environ)

    assert deliver(app, fields("GH1")).status_code == 403
    assert deliver(app, fields("GH1", AccountSid="AC" + "1" * 32)).status_code == 200


def test_a_form_that_names_no_number_of_ours_is_refused(app: Flask, content: None) -> None:
    without = {name: value for name, value in fields("GH1").items() if name != "To"}

    assert deliver(app, without).status_code == 403
    assert deliver(app, fields("GH1", MessageSid="")).status_code == 403


def test_unknown_parameters_may_stand_twice_and_are_never_read(app: Flask, content: None) -> None:
    form = MultiDict([*fields("GH1").items(), ("MediaUrl0", "a"), ("MediaUrl0", "b"), ("Bod", "y4")])

    assert deliver(app, form).status_code == 200


def test_the_simulator_is_believed_by_its_own_signature_and_is_gone_in_production(app: Flask, content: None) -> None:
    form = {"id": "console-1", "from": "+4500123456", "text": "GH1"}
    signed = console.signed("/sms/console", form.items())
    client = app.test_client()

    assert client.post("/sms/console", data=form).status_code == 403
    assert client.post("/sms/console", data=form | {"text": "STOP"}, headers=signed).status_code == 403
    assert client.post("/sms/console", data=form, headers=signed).status_code == 200

    app.extensions["settings"] = replace(config.settings(), env="production")
    assert client.post("/sms/console", data=form, headers=signed).status_code == 404
