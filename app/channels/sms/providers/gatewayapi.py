"""GatewayAPI (EU platform): a signed claim in a header comes in, a reply leaves by its REST API.

Field names, the header and the retries are those of its documentation, gatewayapi.com/docs/apis/rest
(sections "Sending SMS", "Webhooks", "MO SMS", "Get MOSMS by API") and docs/authentication. What it does not
say, and an account must show before go-live: that a listed message's `mosms_id` is the `id` of its webhook
(both are called the id of the incoming message), and in which time zone a day of the list begins. No call
that deletes a message is documented.
"""

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar

import jwt
import requests
from flask import Request, Response
from requests.auth import AuthBase

from app.channels.sms.providers import senders
from app.channels.sms.providers.base import (
    LONGEST_TEXT,
    Abilities,
    CarrierDown,
    Deletion,
    Fault,
    Inbound,
    Listed,
    NotAuthentic,
    Status,
)
from app.core import clock, config
from app.surveys.segments import is_plain

SIGNATURE = "X-Gwapi-Signature"
CONNECT, ANSWER = 3.0, 5.0  # seconds the API may take
REPLY = 3.0  # seconds it may take for a reply: its webhook waits for us meanwhile
PAGE = 200  # messages, the most it gives at once
STATUSES = {
    "SCHEDULED": "scheduled", "BUFFERED": "queued", "ENROUTE": "sent", "ACCEPTED": "sent",
    "DELIVERED": "delivered", "EXPIRED": "undelivered", "UNDELIVERABLE": "undelivered",
    "REJECTED": "undelivered", "SKIPPED": "undelivered", "DELETED": "canceled",
}  # fmt: skip
"""Its states in the words of our ladder; one that is missing here says nothing."""

T = TypeVar("T")


class GatewayApi:
    """Texts on a leased number or keyword. The webhook's answer is empty: the reply is a call of its own."""

    name = "gatewayapi"
    abilities = Abilities(replies_inline=False, lists=True, deletes=False, signs_body=False, media=False)

    def receive(self, request: Request) -> Inbound:
        """The message in the claims; the body is not signed and is never read."""
        claims = claims_of(request.headers.get(SIGNATURE, ""), config.settings().gatewayapi_webhook_secret)
        if not claims.get("id") or not _is_ours(claims.get("receiver")):
            raise NotAuthentic
        sender, is_machine = _sender(claims)
        text = without_keyword(str(claims.get("message") or ""), config.settings().gatewayapi_keyword)
        return Inbound(id=str(claims["id"]), sender=sender, text=text[:LONGEST_TEXT], is_machine=is_machine)

    def answer(self, inbound: Inbound, reply: str) -> Response:
        """Send by API, then an empty 200. CarrierDown is a 503: it tries again, and so do we."""
        if reply:
            self.send(inbound.sender, reply, secrets.token_hex(16))
        return Response("", mimetype="text/plain")

    def list(self, since: datetime) -> Iterator[Listed]:
        """Every text that came in since then, oldest first; what we sent is in no list."""
        found: dict[str, Listed] = {}
        # The days may be those of another zone than ours, so one more at both ends.
        begin, end = since - timedelta(days=1), clock.now() + timedelta(days=1)
        asked = {"from": f"{begin:%Y-%m-%d}", "to": f"{end:%Y-%m-%d}", "per_page": PAGE}
        page, pages = 0, 1
        while page < pages:
            page += 1
            some, pages = _asked("GET", "/rest/mosms", ANSWER, read=_page, params={**asked, "page": page})
            found |= {message.id: message for message in some}
        return iter(sorted((m for m in found.values() if m.sent_at >= since), key=lambda m: m.sent_at))

    def delete(self, message: Listed) -> Deletion:
        """Never: `abilities.deletes` is false, and retention is set in the account."""
        return Deletion.LATER

    def send(self, to: str, text: str, reference: str) -> str:
        """Send by API; `userref` comes back with what becomes of it."""
        body = {
            "message": text,
            "sender": config.settings().sms_number.removeprefix("+"),
            "recipients": [{"msisdn": to.removeprefix("+")}],
            "userref": reference,
            "encoding": "UTF8" if is_plain(text) else "UCS2",
        }
        return _asked("POST", "/rest/mtsms", REPLY, read=lambda content: str(content["ids"][0]), json=body)

    def status(self, request: Request) -> Status | None:
        """A delivery status notification, signed like a message."""
        claims = claims_of(request.headers.get(SIGNATURE, ""), config.settings().gatewayapi_webhook_secret)
        reference = claims.get("userref")
        if not reference or "status" not in claims:
            return None
        return Status(reference=str(reference), value=STATUSES.get(str(claims["status"]), ""))


def claims_of(token: str, secret: str) -> Mapping[str, Any]:
    """What the token says, if our secret signed it with HS256 and nothing else; never with an empty secret."""
    claims: Mapping[str, Any] | None = None
    if secret:
        try:
            claims = jwt.decode(token, secret, algorithms=["HS256"])
        except jwt.InvalidTokenError:
            claims = None  # its own error may repeat a claim
    if claims is None:
        raise NotAuthentic
    return claims


def without_keyword(text: str, keyword: str) -> str:
    """The text as it was meant: on a shared short code it begins with the leased keyword, a word of its own."""
    if not keyword:
        return text
    return re.sub(rf"\A\s*{re.escape(keyword)}(?!\w)[:,.]?\s*", "", text, count=1, flags=re.IGNORECASE)


def _is_ours(receiver: object) -> bool:
    """Short codes come with the country's prefix in front (451204 for 1204)."""
    ours = config.settings().sms_number.removeprefix("+")
    return bool(ours) and str(receiver) in (ours, f"45{ours}")


def _sender(message: Mapping[str, Any]) -> tuple[str, bool]:
    named = message.get("sender")
    return senders.normalised(str(named) if named else f"+{message.get('msisdn', '')}", ours=_ours())


def _ours() -> str:
    return config.settings().sms_number


def _asked(method: str, path: str, patience: float, *, read: Callable[[Any], T], **more: Any) -> T:
    """What the API gives, as `read` takes it; else CarrierDown, with nothing of what was asked or said in it."""
    settings = config.settings()
    fault: Fault = "unknown"
    try:
        answer = _session().request(
            method,
            settings.gatewayapi_api_url + path,
            timeout=(CONNECT, patience),
            allow_redirects=False,
            auth=_Token(settings.gatewayapi_token),
            **more,
        )
        if answer.status_code == 200:
            return read(answer.json())
        fault = "throttled" if answer.status_code == 429 else "unknown"
    except Exception:  # time-outs, cut connections, answers of another form: each would repeat what was asked
        fault = "unknown"
    raise CarrierDown(fault)


class _Token(AuthBase):
    """The scheme of its own that GatewayAPI asks for."""

    def __init__(self, token: str) -> None:
        self.token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Token {self.token}"
        return request


@lru_cache(maxsize=1)
def _session() -> requests.Session:
    return requests.Session()


def _page(content: Mapping[str, Any]) -> tuple[list[Listed], int]:
    return [_listed(message) for message in content["messages"] if _is_ours(message["receiver"])], int(content["pages"])


def _listed(message: Mapping[str, Any]) -> Listed:
    return Listed(
        id=str(message["mosms_id"]),
        direction="inbound",
        sender=_sender(message)[0],
        recipient=_ours(),
        text=without_keyword(str(message["message"] or ""), config.settings().gatewayapi_keyword)[:LONGEST_TEXT],
        sent_at=datetime.fromtimestamp(float(message["senttime"]), UTC),
        is_final=True,
    )
