"""A carrier without a network, for demo and testing: the simulator and `stemme sms` speak through it.

What it keeps lies in the memory of one process, as a carrier's copies would lie with the carrier.
"""

import hashlib
import hmac
import json
import secrets
import threading
from collections.abc import Iterable, Iterator
from datetime import datetime

from flask import Request, Response, current_app

from app.channels.sms.providers import form_fields, senders
from app.channels.sms.providers.base import (
    LONGEST_TEXT,
    Abilities,
    Deletion,
    Direction,
    Inbound,
    Listed,
    NotAuthentic,
    Status,
)
from app.core import clock, config

SIGNATURE = "X-Console-Signature"
MOST_COPIES = 1000  # the oldest go first, so that a demo nobody sweeps does not grow
FIELDS = ("id", "from", "text", "pictures", "optout")
_lock = threading.Lock()


class Console:
    """Delivers at once, keeps a copy until it is deleted, and believes whoever knows this instance's secret."""

    name = "console"
    abilities = Abilities(replies_inline=True, lists=True, deletes=True, signs_body=True, media=True)

    def receive(self, request: Request) -> Inbound:
        """The message of a form that `signed` has signed."""
        _check(request)
        fields = form_fields.read(request.form.to_dict(flat=False), FIELDS)
        if not fields["id"]:
            raise NotAuthentic
        message = inbound(
            fields["from"],
            fields["text"],
            message_id=fields["id"],
            pictures=int(fields["pictures"]) if fields["pictures"].isdecimal() else 0,
            has_answered=fields["optout"].upper() or None,
        )
        ours = config.settings().sms_number
        _keep(message.id, "inbound", message.sender, ours, message.text, pictures=message.pictures)
        return message

    def answer(self, inbound: Inbound, reply: str) -> Response:
        """The reply as plain text."""
        if reply:
            self.send(inbound.sender, reply, "")
        return Response(reply, content_type="text/plain; charset=utf-8")

    def list(self, since: datetime) -> Iterator[Listed]:
        """The copies since then, oldest first."""
        with _lock:
            copies = [copy for copy in _copies().values() if copy.sent_at >= since]
        return iter(sorted(copies, key=lambda copy: copy.sent_at))

    def delete(self, message: Listed) -> Deletion:
        """Forget a copy."""
        with _lock:
            _copies().pop(message.id, None)
        return Deletion.DONE

    def send(self, to: str, text: str, reference: str) -> str:
        """Deliver, that is, keep a copy."""
        message_id = new_id()
        _keep(message_id, "outbound", config.settings().sms_number, to, text)
        return message_id

    def status(self, request: Request) -> Status | None:
        """What a signed form says became of a text."""
        _check(request)
        fields = form_fields.read(request.form.to_dict(flat=False), ("reference", "status"))
        return Status(reference=fields["reference"], value=fields["status"]) if fields["reference"] else None


def inbound(
    sender: str, text: str, *, message_id: str | None = None, pictures: int = 0, has_answered: str | None = None
) -> Inbound:
    """A message as if it had come over the air."""
    number, is_machine = senders.normalised(sender, ours=config.settings().sms_number)
    return Inbound(
        id=message_id or new_id(),
        sender=number,
        text=text[:LONGEST_TEXT],
        pictures=pictures,
        has_answered=has_answered,
        is_machine=is_machine,
    )


def new_id() -> str:
    """An id for a message that has none."""
    return f"console-{secrets.token_hex(16)}"


def signed(path: str, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The header that makes a form one of this instance's own."""
    return {SIGNATURE: _signature(path, pairs)}


def _check(request: Request) -> None:
    given = request.headers.get(SIGNATURE, "").encode("latin-1", "replace")
    wanted = _signature(request.path, request.form.items(multi=True)).encode()
    if config.settings().env == "production" or not hmac.compare_digest(given, wanted):
        raise NotAuthentic


def _signature(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    secret = hmac.new(config.settings().secret_keys[0], b"console", hashlib.sha256).digest()
    return hmac.new(secret, json.dumps([path, sorted(pairs)]).encode(), hashlib.sha256).hexdigest()


def _copies() -> dict[str, Listed]:
    kept: dict[str, Listed] = current_app.extensions.setdefault("console", {})
    return kept


def _keep(message_id: str, direction: Direction, sender: str, recipient: str, text: str, *, pictures: int = 0) -> None:
    copy = Listed(
        id=message_id, direction=direction, sender=sender, recipient=recipient, text=text, sent_at=clock.now(),
        is_final=True, pictures=pictures,
    )  # fmt: skip
    with _lock:
        copies = _copies()
        copies.setdefault(message_id, copy)
        while len(copies) > MOST_COPIES:
            del copies[next(iter(copies))]
