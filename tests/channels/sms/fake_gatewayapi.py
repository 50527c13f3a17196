"""GatewayAPI on this machine: `/rest/mtsms`, `/rest/mosms` and its signed webhooks; everything in memory.

with FakeGatewayApi(clock=clock.now) as gateway:
    environ |= gateway.environ()                  # token, secret, address and the choice of this carrier
    m = gateway.receives("+4500123456", "GH1", age=timedelta(minutes=5))    # in the list; no webhook went out
    gateway.post = in_app(app)
    assert gateway.deliver(m) == 200              # the webhook; our status
    gateway.outbound                              # what we sent by API, oldest first
    gateway.faults.append(Fault("create", status=500))      # acts: create, list; see fake_server.Fault
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from flask import Flask

from tests.channels.sms import factories
from tests.channels.sms.fake_server import Answer, Call, FakeServer

Post = Callable[[str, bytes, dict[str, str]], int]
"""Delivers (path, body, headers); gives the status."""


@dataclass
class Incoming:
    """A text as GatewayAPI keeps it."""

    id: int
    sender: str = field(repr=False)
    text: str = field(repr=False)
    sent_at: datetime


@dataclass
class Outgoing:
    """A text of ours as it took it."""

    id: int
    recipient: str = field(repr=False)
    text: str = field(repr=False)
    reference: str
    encoding: str


@dataclass
class FakeGatewayApi(FakeServer):
    """One account with one number."""

    token: str = "gateway-token"
    secret: str = "gateway-webhook-secret-of-32-bytes!!"
    number: str = factories.OURS
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    longest_page: int = 200
    post: Post | None = None
    incoming: list[Incoming] = field(default_factory=list)
    outbound: list[Outgoing] = field(default_factory=list)

    def environ(self) -> dict[str, str]:
        """The settings that belong to it."""
        return {
            "STEMME_SMS_PROVIDER": "gatewayapi",
            "STEMME_GATEWAYAPI_TOKEN": self.token,
            "STEMME_GATEWAYAPI_WEBHOOK_SECRET": self.secret,
            "STEMME_GATEWAYAPI_API_URL": self.url,
        }

    def receives(self, sender: str, text: str, *, age: timedelta = timedelta()) -> Incoming:
        """A text comes in; the webhook is a second step (`deliver`)."""
        with self.lock:
            message = Incoming(1_000_001 + len(self.incoming), sender, text, self.clock() - age)
            self.incoming.append(message)
        return message

    def claims(self, message: Incoming) -> dict[str, Any]:
        """What the webhook says of a text."""
        return {
            "id": message.id, "msisdn": int(message.sender), "receiver": int(self.number), "message": message.text,
            "senttime": int(message.sent_at.timestamp()), "webhook_label": "stemme", "country_code": "DK",
            "country_prefix": 45,
        }  # fmt: skip

    def signature(self, claims: dict[str, Any]) -> dict[str, str]:
        """The header over these claims."""
        return {"X-Gwapi-Signature": jwt.encode(claims, self.secret, "HS256")}

    def deliver(self, message: Incoming) -> int:
        """Call the webhook; our status."""
        claims = self.claims(message)
        assert self.post, "say where to post to: gateway.post = in_app(app)"
        return self.post("/sms/gatewayapi", json.dumps(claims).encode(), self.signature(claims))

    # ── the REST side ─────────────────────────────────────────────────────────────

    def act_of(self, call: Call) -> str:
        call.page = int(call.query.get("page", "1")) - 1
        return {("POST", "/rest/mtsms"): "create", ("GET", "/rest/mosms"): "list"}.get((call.method, call.path), "")

    def carry_out(self, call: Call) -> Answer:
        if call.headers.get("Authorization") != f"Token {self.token}":
            return self.error(401, 0)
        if call.act == "create":
            return self._create(call.body)
        return self._list(call) if call.act == "list" else self.error(404, 0)

    def error(self, status: int, code: int) -> Answer:
        """As GatewayAPI words it; the variables repeat what was asked."""
        return status, {
            "code": hex(code),
            "message": "Went wrong: %1",
            "variables": ["+4500123456", "Vi mangler senge"],
        }

    def _create(self, body: dict[str, Any]) -> Answer:
        message = Outgoing(
            421_332_671 + len(self.outbound), f"+{body['recipients'][0]['msisdn']}", body["message"],
            body.get("userref", ""), body.get("encoding", "UTF8"),
        )  # fmt: skip
        self.outbound.append(message)
        return 200, {"ids": [message.id], "usage": {"countries": {"DK": 1}, "currency": "DKK", "total_cost": 0.36}}

    def _list(self, call: Call) -> Answer:
        days = [m for m in self.incoming if call.query["from"] <= f"{m.sent_at:%Y-%m-%d}" <= call.query["to"]]
        size = min(int(call.query["per_page"]), self.longest_page)
        begin = call.page * size
        return 200, {
            "messages": [self._as_json(message) for message in days[begin : begin + size]],
            "page": call.page + 1, "pages": max(1, -(-len(days) // size)), "per_page": size, "results": len(days),
        }  # fmt: skip

    def _as_json(self, message: Incoming) -> dict[str, object]:
        return {
            "anonymized": None, "encoding": None, "message": message.text, "mosms_id": message.id,
            "msisdn": int(message.sender), "receiver": int(self.number), "sender": None,
            "senttime": message.sent_at.timestamp(), "webhook": "stemme",
        }  # fmt: skip


def in_app(app: Flask) -> Post:
    """Post into the app itself."""

    def post(path: str, body: bytes, headers: dict[str, str]) -> int:
        return app.test_client().post(path, data=body, content_type="application/json", headers=headers).status_code

    return post
