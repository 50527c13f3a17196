"""What we use of Twilio's library: signatures and the API. The only file that imports it; none of its errors leaves."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from app.channels.sms.providers.base import Fault, Listed
from app.core.config import Settings

if TYPE_CHECKING:
    from twilio.rest.api.v2010.account.message import MessageInstance  # 9 MB that only the sweep needs

API = "https://api.twilio.com"
CONNECT, ANSWER = 3.0, 5.0  # seconds the API may take
PAGE = 1000  # messages, the most that Twilio gives at once
FINAL = frozenset({"received", "delivered", "undelivered", "failed", "canceled", "read", "partially_delivered"})
FAULTS: dict[int, Fault] = {
    21610: "stopped", 21211: "not_mobile", 21614: "not_mobile", 30006: "not_mobile", 21612: "unreachable",
    30003: "unreachable", 30005: "unreachable", 21408: "blocked", 30004: "blocked", 30007: "filtered",
    21611: "queue_full", 30001: "queue_full", 20429: "throttled", 30022: "throttled", 21617: "too_long",
}  # fmt: skip
"""Twilio's error numbers (twilio.com/docs/api/errors) in the classes operators see."""

T = TypeVar("T")


def is_signed(url: str, form: Mapping[str, Any] | str, signature: str, tokens: tuple[str, ...]) -> bool:
    """Whether one of the tokens signed this form (or this body, by its hash in the address) for this address.

    The library tries the address with and without its default port. An empty token or signature
    never verifies: the library would accept what anybody signs with an empty key.
    """
    if not signature.strip():
        return False
    validators = [RequestValidator(token.strip()) for token in tokens if token.strip()]
    if not isinstance(form, str) and any(_is_for(one, url, form, signature) for one in validators):
        return True
    return any(one.validate(url, form, signature) for one in validators)


def _is_for(validator: RequestValidator, url: str, form: Mapping[str, Any], signature: str) -> bool:
    """Signed for the address as it is, as nearly all are: the library's own check tries two spellings of it, always."""
    return hmac.compare_digest(validator.compute_signature(url, form).encode(), signature.encode())


@dataclass(frozen=True)
class No:
    """The API did not do it: HTTP status (0 where there was no answer) and Twilio's own number for it."""

    status: int = 0
    code: int = 0

    @property
    def fault(self) -> Fault:
        """The class of the error."""
        return "throttled" if self.status == 429 else FAULTS.get(self.code, "unknown")


def create(settings: Settings, to: str, text: str, **more: str) -> str | No:
    """Send; the message's id."""
    return _asked(
        lambda: str(client(settings).messages.create(to=to, from_=settings.sms_number, body=text, **more).sid or "")
    )


def copies(settings: Settings) -> list[Listed] | No:
    """Every copy in the account, over all pages, in no order."""
    return _asked(lambda: list({m.sid: _listed(m) for m in client(settings).messages.stream(page_size=PAGE)}.values()))


def pictures(settings: Settings, message_id: str) -> list[str] | No:
    """The ids of the pictures of a copy."""
    return _asked(lambda: [str(picture.sid) for picture in client(settings).messages(message_id).media.list()])


def delete_picture(settings: Settings, message_id: str, picture_id: str) -> bool | No:
    """Delete one picture; False where Twilio only promised."""
    return _asked(lambda: client(settings).messages(message_id).media(picture_id).delete())


def delete(settings: Settings, message_id: str) -> bool | No:
    """Delete a copy; False where Twilio only promised."""
    return _asked(lambda: client(settings).messages(message_id).delete())


def client(settings: Settings) -> Client:
    """The library's client: with the API key if there is one, else with the account's first token."""
    user = settings.twilio_api_key or settings.twilio_account_sid
    password = settings.twilio_api_secret or next(iter(settings.twilio_auth_tokens), "")
    return _client(settings.twilio_api_url, user, password, settings.twilio_account_sid)


@lru_cache(maxsize=2)
def _client(url: str, user: str, password: str, account: str) -> Client:
    return Client(user, password, account, http_client=_Http(url))


class _Http(TwilioHttpClient):
    """Speaks with the address of the settings, never waits long or tries twice, and keeps and logs nothing."""

    def __init__(self, url: str) -> None:
        super().__init__(max_retries=0)
        self.url = url
        self.timeout: Any = (CONNECT, ANSWER)

    def request(self, method: str, url: str, *args: Any, **more: Any) -> Response:  # type: ignore[override]
        """The SDK's request, elsewhere; it would keep the last one, with the number, on the client."""
        try:
            return super().request(method, self.url + url.removeprefix(API), *args, **more)
        finally:
            self._test_only_last_request = self._test_only_last_response = None

    def log_request(self, kwargs: dict[str, Any]) -> None:
        """Not a word of it."""

    def log_response(self, status_code: int, response: Any) -> None:
        """Not a word of it."""


def _asked(call: Callable[[], T]) -> T | No:
    """What the API gives, or No. The library's exceptions repeat numbers and texts: none goes on from here, not even
    as the cause or context of ours."""
    try:
        return call()
    except TwilioException as error:
        return No(_number_in(error, "status", "status_code"), _number_in(error, "code"))
    except Exception:  # time-outs, cut connections, broken pages: it raises whatever its parts raise
        return No()


def _number_in(error: TwilioException, *names: str) -> int:
    """A number the exception carries, itself or (for a page of a list) in the response it holds."""
    for holder in (error, *error.args):
        for name in names:
            if isinstance(number := getattr(holder, name, None), int):
                return number
    return 0


def _listed(message: "MessageInstance") -> Listed:
    sent_at = message.date_sent or message.date_created
    if sent_at is None or message.sid is None:
        raise ValueError  # not a list of messages
    return Listed(
        id=message.sid,
        direction="inbound" if str(message.direction) == "inbound" else "outbound",
        sender=message.from_ or "",
        recipient=message.to or "",
        text=message.body or "",
        sent_at=sent_at,
        is_final=str(message.status) in FINAL,
        pictures=int(message.num_media or 0),
    )
