"""Texts as the carrier delivers them."""

import itertools
import re
import secrets
from html import unescape
from typing import Any

from flask import Flask
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

ADDRESS = "http://127.0.0.1:8000/sms/twilio"
OURS = "+4590000000"


_NUMBERS = itertools.count(secrets.randbelow(10**6))


def a_number() -> str:
    """A number that no Danish subscriber has, and nobody in this run had before."""
    return f"+4500{next(_NUMBERS) * 7919 % 10**6:06}"


def fields(text: str, *, sender: str | None = None, **more: str) -> dict[str, str]:
    """The form of one text."""
    return {
        "MessageSid": f"SM{secrets.token_hex(16)}", "AccountSid": "AC" + "0" * 32, "From": sender or a_number(),
        "To": OURS, "Body": text, "NumMedia": "0", "NumSegments": "1",
    } | more  # fmt: skip


def deliver(
    app: Flask, form: dict[str, Any], *, token: str = "demo-token", signature: str | None = None
) -> TestResponse:
    """Post the form as Twilio does, signed with `token` unless a signature is given."""
    signed = RequestValidator(token).compute_signature(ADDRESS, form) if signature is None else signature
    return app.test_client().post("/sms/twilio", data=form, headers={"X-Twilio-Signature": signed})


def message(answer: TestResponse) -> str:
    """The text in the TwiML; empty for silence."""
    return message_of(answer.get_data(as_text=True))


def message_of(twiml: str) -> str:
    """The text in a TwiML document; empty for silence."""
    found = re.search(r"<Message>(.*)</Message>", twiml, re.DOTALL)
    return unescape(found[1]) if found else ""


def text(app: Flask, body: str, *, sender: str | None = None, **more: str) -> str:
    """Send one text and give the reply."""
    answer = deliver(app, fields(body, sender=sender, **more))
    assert answer.status_code == 200
    return message(answer)
