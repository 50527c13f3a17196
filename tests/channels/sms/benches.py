"""One bench per carrier, so that the same contract can be tried on each: how it knocks, and what it keeps."""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar

import jwt
import pytest
from flask import Flask, Response
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import Headers, MultiDict

from app.channels.sms.providers import console
from app.channels.sms.providers.base import Inbound, Listed, Provider
from app.channels.sms.providers.console import Console
from app.channels.sms.providers.gatewayapi import GatewayApi
from app.channels.sms.providers.twilio import Twilio
from app.core import clock
from tests.channels.sms import factories
from tests.channels.sms.fake_gatewayapi import FakeGatewayApi
from tests.channels.sms.fake_server import FakeServer
from tests.channels.sms.fake_twilio import FakeTwilio

Server = TypeVar("Server", bound=FakeServer)
BENCHES = ("twilio", "gatewayapi", "console")
WITH_SERVER = ("twilio", "gatewayapi")
SENDER = "+4500123456"
SECRET_WORDS = "Vi mangler senge hos os"
every_carrier = pytest.mark.parametrize("bench", BENCHES, indirect=True)
every_server = pytest.mark.parametrize("bench", WITH_SERVER, indirect=True)


@dataclass(frozen=True)
class Knock:
    """One request to our webhook."""

    path: str
    headers: dict[str, str]
    form: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def changed(self, **values: str) -> "Knock":
        """The same with other values in the form, and the signature it had."""
        return replace(self, form=tuple((name, values.get(name, value)) for name, value in self.form))


class Bench(ABC):
    """What a test may do with a carrier."""

    provider: Provider
    signature: str
    """The header that carries its signature."""

    def __init__(self) -> None:
        self.ids = 0

    @property
    def fake(self) -> FakeServer | None:
        """Its server, if it has one."""
        return None

    def environ(self) -> dict[str, str]:
        """Its settings."""
        return {}

    @abstractmethod
    def knock(self, text: str, *, sender: str, message_id: str, **more: str) -> Knock:
        """A signed request that brings this text."""

    @abstractmethod
    def forged(self, text: str, *, sender: str, message_id: str) -> Iterator[Knock]:
        """Requests that were changed after they were signed, or signed by somebody else."""

    @abstractmethod
    def receives(self, sender: str, text: str, *, age: timedelta) -> None:
        """A text lies at the carrier."""

    @abstractmethod
    def said(self, response: Response) -> str:
        """The reply as it left: in this response, or beside it."""

    def receive(self, app: Flask, knock: Knock) -> Inbound:
        """What the provider makes of a request."""
        data = MultiDict(knock.form) if knock.form else knock.body
        headers = Headers(list(knock.headers.items()))
        with app.test_request_context(knock.path, method="POST", data=data, headers=headers) as context:
            return self.provider.receive(context.request)


class ServedBench(Bench, Generic[Server]):
    """Over a fake that serves on this machine."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self.server = server

    @property
    def fake(self) -> FakeServer:
        return self.server


class TwilioBench(ServedBench[FakeTwilio]):
    """Over the fake Twilio."""

    provider = Twilio()
    signature = "X-Twilio-Signature"

    def environ(self) -> dict[str, str]:
        return {
            "STEMME_SMS_PROVIDER": "twilio", "STEMME_TWILIO_API_URL": self.server.url,
            "STEMME_TWILIO_ACCOUNT_SID": self.server.account,
        }  # fmt: skip

    def knock(self, text: str, *, sender: str, message_id: str, **more: str) -> Knock:
        form = factories.fields(text, sender=sender, MessageSid=message_id) | more
        return self._signed("/sms/twilio", tuple(form.items()))

    def forged(self, text: str, *, sender: str, message_id: str) -> Iterator[Knock]:
        knock = self.knock(text, sender=sender, message_id=message_id)
        yield knock.changed(Body=text + ".")
        yield knock.changed(From="+4500999999")
        yield replace(knock, form=(*knock.form, ("Extra", "1")))
        yield replace(knock, form=knock.form[:-1])
        yield replace(knock, path="/sms/twilio?a=b")
        yield self._signed("/sms/twilio", knock.form, token="another")
        yield self._signed("/sms/twilio", (*knock.form, ("Body", "a second text")))
        yield from _bad_headers(knock, self.signature)

    def receives(self, sender: str, text: str, *, age: timedelta) -> None:
        self.server.receives(sender, text, age=age)

    def said(self, response: Response) -> str:
        return factories.message_of(response.get_data(as_text=True))

    def _signed(self, path: str, form: tuple[tuple[str, str], ...], token: str = "demo-token") -> Knock:
        address = f"{self.server.public_url}{path}"
        made = RequestValidator(token).compute_signature(address, MultiDict(form))
        return Knock(path, {self.signature: made}, form)


class GatewayApiBench(ServedBench[FakeGatewayApi]):
    """Over the fake GatewayAPI."""

    provider = GatewayApi()
    signature = "X-Gwapi-Signature"

    def environ(self) -> dict[str, str]:
        return self.server.environ()

    def knock(self, text: str, *, sender: str, message_id: str, **more: str) -> Knock:
        number = {"msisdn": int(sender)} if sender.removeprefix("+").isdecimal() else {"sender": sender}
        claims = {"id": message_id, "receiver": int(self.server.number), "message": text, "senttime": 1} | number
        return Knock("/sms/gatewayapi", self.server.signature(claims), body=json.dumps(claims).encode())

    def forged(self, text: str, *, sender: str, message_id: str) -> Iterator[Knock]:
        knock = self.knock(text, sender=sender, message_id=message_id)
        claims = jwt.decode(knock.headers[self.signature], self.server.secret, ["HS256"])
        yield replace(knock, headers={self.signature: jwt.encode(claims, "another-secret-" * 3, "HS256")})
        yield replace(knock, headers={self.signature: jwt.encode(claims, self.server.secret * 2, "HS512")})
        yield replace(knock, headers={self.signature: jwt.encode(claims, None, "none")})
        yield replace(knock, headers=self.server.signature(claims | {"receiver": 4590000001}))
        yield replace(knock, headers=self.server.signature({n: v for n, v in claims.items() if n != "id"}))
        yield from _bad_headers(knock, self.signature)

    def receives(self, sender: str, text: str, *, age: timedelta) -> None:
        self.server.receives(sender, text, age=age)

    def said(self, response: Response) -> str:
        assert response.get_data() == b""
        return self.server.outbound[-1].text if self.server.outbound else ""


@dataclass
class ConsoleBench(Bench):
    """In the app's own memory."""

    app: Flask
    clock: Callable[[], datetime]
    provider: Provider = field(default_factory=Console)
    signature = console.SIGNATURE

    def knock(self, text: str, *, sender: str, message_id: str, **more: str) -> Knock:
        form = (("id", message_id), ("from", sender), ("text", text))
        return Knock("/sms/console", console.signed("/sms/console", form), form)

    def forged(self, text: str, *, sender: str, message_id: str) -> Iterator[Knock]:
        knock = self.knock(text, sender=sender, message_id=message_id)
        yield knock.changed(text=text + ".")
        yield knock.changed(**{"from": "+4500999999"})
        yield replace(knock, path="/sms/twilio")
        doubled = (*knock.form, ("text", "a second text"))
        yield Knock("/sms/console", console.signed("/sms/console", doubled), doubled)
        yield from _bad_headers(knock, self.signature)

    def receives(self, sender: str, text: str, *, age: timedelta) -> None:
        at = self.clock() - age
        copy = Listed(
            id=console.new_id(), direction="inbound", sender=sender, recipient=factories.OURS, text=text, sent_at=at,
            is_final=True,
        )  # fmt: skip
        self.app.extensions.setdefault("console", {})[copy.id] = copy

    def said(self, response: Response) -> str:
        return response.get_data(as_text=True)


def _bad_headers(knock: Knock, name: str) -> Iterator[Knock]:
    """No signature, an empty one, one cut short, one with a letter changed."""
    given = knock.headers[name]
    yield replace(knock, headers={})
    for bad in ("", " ", given[:-2], given[:-3] + ("A" if given[-3] != "A" else "B") + given[-2:]):
        yield replace(knock, headers={name: bad})


def bench_of(name: str, app: Flask, stack: ExitStack) -> Bench:
    """The bench of a carrier, its server running as long as the stack is open."""
    now = app.extensions["clock"].now
    if name == "twilio":
        return TwilioBench(stack.enter_context(FakeTwilio(clock=now)))
    if name == "gatewayapi":
        return GatewayApiBench(stack.enter_context(FakeGatewayApi(clock=now)))
    return ConsoleBench(app, now)


def a_copy(**more: object) -> Listed:
    """A copy at the carrier."""
    values = {
        "id": "SM0", "direction": "inbound", "sender": SENDER, "recipient": factories.OURS, "text": SECRET_WORDS,
        "sent_at": clock.now(), "is_final": True,
    }  # fmt: skip
    return Listed(**(values | more))  # type: ignore[arg-type]


def an_inbound() -> Inbound:
    """A text that wants an answer."""
    return Inbound(id="SM0", sender=SENDER, text=SECRET_WORDS)


def listed(bench: Bench) -> list[Listed]:
    """What lay there in the last day."""
    return list(bench.provider.list(clock.now() - timedelta(days=1)))
