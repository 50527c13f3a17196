"""Twilio on this machine: its REST shape, its webhooks and its status callbacks, signed; everything in memory.

with FakeTwilio(clock=clock.now) as twilio:
    environ["STEMME_TWILIO_API_URL"] = twilio.url       # with STEMME_TWILIO_ACCOUNT_SID = twilio.account
    m = twilio.receives("+4500123456", "GH1", age=timedelta(minutes=5))   # in the list; no webhook went out
    twilio.post = in_app(app)                           # or over_http(server.url)
    reply = twilio.deliver(m)                           # the webhook; the reply in the TwiML lands in the list
    twilio.text("+4500123456", "4")                     # both in one
    twilio.messages                                     # every copy that is not deleted, oldest first
    twilio.outbound                                     # what we sent, inline or by API
    twilio.ever                                         # deleted copies too
    m.is_locked = True                                  # deleting answers 409 with code 20009
    twilio.faults.append(Fault("list", status=429, code=20429))           # see fake_server.Fault
    twilio.report(sent, "delivered")                    # the signed callback; gives our status code
"""

import base64
import http.client
import secrets
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from flask import Flask
from twilio.request_validator import RequestValidator

from tests.channels.sms import factories
from tests.channels.sms.fake_server import Answer, Call, FakeServer

ROOT = "/2010-04-01/Accounts/"
FINAL = ("received", "delivered", "undelivered", "failed", "canceled", "read")
Post = Callable[[str, dict[str, str], str], tuple[int, str]]
"""Delivers (path with query, form, signature); gives status and body, status 0 where nobody answered."""


@dataclass
class Message:
    """One copy at Twilio."""

    sid: str
    direction: str
    sender: str = field(repr=False)
    recipient: str = field(repr=False)
    text: str = field(repr=False)
    created_at: datetime
    sent_at: datetime | None
    status: str
    callback: str = ""
    media: list[str] = field(default_factory=list)
    is_locked: bool = False
    """Cannot be deleted: 409 with code 20009."""
    order: int = 0


@dataclass
class FakeTwilio(FakeServer):
    """One account with one number."""

    token: str = "demo-token"
    account: str = "AC" + "0" * 32
    number: str = factories.OURS
    public_url: str = "http://127.0.0.1:8000"
    """The address our webhooks are signed for."""
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    api_key: tuple[str, str] | None = None
    longest_page: int = 1000
    outbound_status: str = "delivered"
    """What becomes of what we send: anything outside FINAL cannot be deleted yet."""
    loses_replies: int = 0
    """How many of the next replies in TwiML are lost on the way: we have answered, nothing leaves."""
    post: Post | None = None
    _kept: dict[str, Message] = field(default_factory=dict)
    _ever: dict[str, Message] = field(default_factory=dict)

    # ── what a test sees and does ─────────────────────────────────────────────────

    @property
    def messages(self) -> list[Message]:
        """Every copy that still lies here, oldest first."""
        with self.lock:
            return sorted(self._kept.values(), key=_place, reverse=True)

    @property
    def outbound(self) -> list[Message]:
        """The copies of what we sent."""
        return [message for message in self.messages if message.direction != "inbound"]

    @property
    def ever(self) -> list[Message]:
        """Everything that ever lay here, in the order in which it came, deleted or not."""
        with self.lock:
            return list(self._ever.values())

    def receives(
        self, sender: str, text: str, *, age: timedelta = timedelta(), pictures: int = 0, sid: str | None = None
    ) -> Message:
        """A text comes in from a telephone; the webhook is a second step (`deliver`)."""
        sent_at = self.clock() - age
        media = [f"ME{secrets.token_hex(16)}" for _ in range(pictures)]
        return self._keep(
            Message(
                sid or f"SM{secrets.token_hex(16)}", "inbound", sender, self.number, text, sent_at, sent_at,
                "received", media=media,
            )
        )  # fmt: skip

    def deliver(self, message: Message, **more: str) -> str | None:
        """Call the webhook; the reply ("" for silence), None where we did not take the text."""
        form = factories.fields(
            message.text, sender=message.sender, MessageSid=message.sid, AccountSid=self.account, To=self.number,
            NumMedia=str(len(message.media)),
        ) | more  # fmt: skip
        status, body = self._signed("/sms/twilio", form)
        if status != 200:
            return None
        reply = factories.message_of(body)
        if reply and self.loses_replies:
            self.loses_replies -= 1
        elif reply:
            self.sends(message.sender, reply, direction="outbound-reply")
        return reply

    def text(self, sender: str, text: str, **more: str) -> str | None:
        """A text comes in and is delivered at once."""
        return self.deliver(self.receives(sender, text), **more)

    def sends(
        self, to: str, text: str, *, direction: str = "outbound-api", age: timedelta = timedelta(), callback: str = ""
    ) -> Message:
        """Something of ours leaves."""
        at = self.clock() - age
        has_left = self.outbound_status not in ("accepted", "scheduled", "queued")
        return self._keep(
            Message(
                f"SM{secrets.token_hex(16)}", direction, self.number, to, text, at, at if has_left else None,
                self.outbound_status, callback=callback,
            )
        )  # fmt: skip

    def report(self, message: Message, status: str, **more: str) -> int:
        """The status callback of something we sent by API; what we answered."""
        message.status = status
        parts = urllib.parse.urlsplit(message.callback)
        form = {
            "MessageSid": message.sid, "SmsSid": message.sid, "AccountSid": self.account, "MessageStatus": status,
            "SmsStatus": status, "From": self.number, "To": message.recipient, "ApiVersion": "2010-04-01",
        } | more  # fmt: skip
        return self._signed(f"{parts.path}?{parts.query}" if parts.query else parts.path, form)[0]

    def _keep(self, message: Message) -> Message:
        with self.lock:
            message.order = len(self._ever)
            self._kept[message.sid] = self._ever[message.sid] = message
        return message

    def _signed(self, path: str, form: dict[str, str]) -> tuple[int, str]:
        assert self.post, "say where to post to: twilio.post = in_app(app), or over_http(url)"
        return self.post(path, form, RequestValidator(self.token).compute_signature(self.public_url + path, form))

    # ── the REST side ─────────────────────────────────────────────────────────────

    def act_of(self, call: Call) -> str:
        if "/Media" in call.path:
            return "media"
        if call.path.endswith("/Messages.json"):
            call.page = int(call.query.get("Page", "0"))
            return "create" if call.method == "POST" else "list"
        return {"GET": "get", "DELETE": "delete"}.get(call.method, "other")

    def carry_out(self, call: Call) -> Answer:
        if not self._is_ours(call):
            return self.error(401, 20003)
        rest = call.path.removeprefix(f"{ROOT}{self.account}/Messages").removesuffix(".json").strip("/").split("/")
        if not call.path.startswith(f"{ROOT}{self.account}/Messages"):
            return self.error(404, 20404)
        if rest == [""]:
            return self._create(call) if call.method == "POST" else self._list(call)
        message = self._kept.get(rest[0])
        if message is None:
            return self.error(404, 20404)
        if rest[1:2] == ["Media"]:
            return self._media(call, message, rest[2:])
        if call.method == "DELETE":
            return self._delete(message)
        return 200, self._as_json(message)

    def error(self, status: int, code: int) -> Answer:
        """As Twilio words it; like Twilio's, the message repeats a number."""
        words = f"'To' number {self._last_to} and From {self.number} went wrong"
        return status, {"code": code or status, "message": words, "more_info": "", "status": status}

    @property
    def _last_to(self) -> str:
        return next((call.fields["To"] for call in reversed(self.calls) if "To" in call.fields), "+4500000000")

    def _is_ours(self, call: Call) -> bool:
        given = base64.b64decode(call.headers.get("Authorization", "").removeprefix("Basic ") or b"").decode()
        return given == ":".join(self.api_key or (self.account, self.token))

    def _create(self, call: Call) -> Answer:
        if call.fields.get("From") != self.number:
            return self.error(400, 21606)
        message = self.sends(call.fields["To"], call.fields["Body"], callback=call.fields.get("StatusCallback", ""))
        return 201, self._as_json(message) | {"status": "queued", "date_sent": None}

    def _list(self, call: Call) -> Answer:
        newest_first = sorted(self._kept.values(), key=_place)
        after = datetime.fromisoformat(call.query["DateSent>"]) if "DateSent>" in call.query else None
        if after:  # what has not left has no date of sending, so this filter hides it
            after = after if after.tzinfo else after.replace(tzinfo=UTC)
            newest_first = [m for m in newest_first if m.sent_at and m.sent_at >= after]
        last = self._ever.get(call.query.get("PageToken", "").removeprefix("PA"))
        rest = [m for m in newest_first if last is None or _place(m) > _place(last)]
        size = min(int(call.query.get("PageSize", "50")), self.longest_page)
        page, more = rest[:size], rest[size:]
        next_query = {**call.query, "Page": str(call.page + 1), "PageToken": f"PA{page[-1].sid}" if page else ""}
        return 200, {
            "messages": [self._as_json(m) for m in page], "page": call.page, "page_size": size,
            "next_page_uri": f"{call.path}?{urllib.parse.urlencode(next_query)}" if more else None,
            "uri": call.path, "first_page_uri": call.path, "previous_page_uri": None, "start": 0, "end": len(page),
        }  # fmt: skip

    def _media(self, call: Call, message: Message, which: list[str]) -> Answer:
        if not which:
            media = [{"sid": sid, "parent_sid": message.sid, "account_sid": self.account} for sid in message.media]
            return 200, {"media_list": media, "next_page_uri": None}
        if which[0] not in message.media:
            return self.error(404, 20404)
        message.media.remove(which[0])
        return 204, None

    def _delete(self, message: Message) -> Answer:
        if message.is_locked or message.status not in FINAL:
            return self.error(409, 20009)
        del self._kept[message.sid]
        return 204, None

    def _as_json(self, message: Message) -> dict[str, object]:
        return {
            "sid": message.sid, "account_sid": self.account, "direction": message.direction, "from": message.sender,
            "to": message.recipient, "body": message.text, "status": message.status,
            "num_media": str(len(message.media)), "num_segments": "1",
            "error_code": None, "error_message": None, "api_version": "2010-04-01",
            "date_created": format_datetime(message.created_at),
            "date_sent": format_datetime(message.sent_at) if message.sent_at else None,
            "date_updated": format_datetime(message.created_at),
            "uri": f"{ROOT}{self.account}/Messages/{message.sid}.json",
        }  # fmt: skip


def _place(message: Message) -> tuple[float, int]:
    """Sorts newest first, as Twilio lists."""
    return -message.created_at.timestamp(), -message.order


def in_app(app: Flask) -> Post:
    """Post into the app itself."""

    def post(path: str, form: dict[str, str], signature: str) -> tuple[int, str]:
        answer = app.test_client().post(path, data=form, headers={"X-Twilio-Signature": signature})
        return answer.status_code, answer.get_data(as_text=True)

    return post


def over_http(url: str, *, timeout: float = 10) -> Post:
    """Post to a server; 0 where it does not answer."""

    def post(path: str, form: dict[str, str], signature: str) -> tuple[int, str]:
        data = urllib.parse.urlencode(form).encode()
        request = urllib.request.Request(url + path, data, {"X-Twilio-Signature": signature})  # noqa: S310 - loopback
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310 - loopback
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError):
            return 0, ""

    return post
