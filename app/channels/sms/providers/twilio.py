"""Twilio: signed form posts in; TwiML out, or the API where TwiML cannot reply. Its library is in `twilio_sdk`."""

from collections.abc import Iterator
from datetime import datetime
from html import escape
from urllib.parse import urlencode

from flask import Request, Response

from app.channels.sms.providers import form_fields, senders, twilio_sdk
from app.channels.sms.providers.base import (
    LONGEST_TEXT,
    Abilities,
    CarrierDown,
    Deletion,
    Inbound,
    Listed,
    NotAuthentic,
    Status,
)
from app.channels.sms.providers.twilio_sdk import No
from app.core import config

SIGNATURE = "X-Twilio-Signature"
SIGNATURE_SETTINGS = "X-Twilio-Webhooks-Signature-Settings"
_READ = ("MessageSid", "AccountSid", "From", "To", "Body", "NumMedia", "OptOutType")
_ALWAYS_THERE = ("MessageSid", "From", "To", "Body")
"""Where one of these is missing, somebody moved the border between a name and a value, which no signature shows."""
_READ_OF_STATUS = ("AccountSid", "MessageStatus", "SmsStatus")
_XML = '<?xml version="1.0" encoding="UTF-8"?>'


_IN_US1 = Abilities(replies_inline=True, lists=True, deletes=True, signs_body=True, media=True)
_ELSEWHERE = Abilities(replies_inline=False, lists=True, deletes=True, signs_body=True, media=False)


class Twilio:
    """In us1 the webhook answers in the same breath; in ie1 the reply leaves by the API (Twilio's error 13803)."""

    name = "twilio"

    @property
    def abilities(self) -> Abilities:
        """By region: TwiML's <Message> and pictures exist in us1 only."""
        return _IN_US1 if config.settings().twilio_region == "us1" else _ELSEWHERE

    def receive(self, request: Request) -> Inbound:
        """The message of a request with a true signature over our own address; else NotAuthentic."""
        fields = _signed_fields(request, _READ, always=_ALWAYS_THERE)
        ours = config.settings().sms_number
        if fields["To"] != ours or not fields["MessageSid"]:
            raise NotAuthentic
        sender, is_machine = senders.normalised(fields["From"], ours=ours)
        return Inbound(
            id=fields["MessageSid"],
            sender=sender,
            text=fields["Body"][:LONGEST_TEXT],
            pictures=int(fields["NumMedia"]) if fields["NumMedia"] in _FEW else 0,
            has_answered=fields["OptOutType"].upper() or None,
            is_machine=is_machine,
        )

    def answer(self, inbound: Inbound, reply: str) -> Response:
        """TwiML with one message, or none; where TwiML cannot reply, the API sends first."""
        if reply and not self.abilities.replies_inline:
            _sent(twilio_sdk.create(config.settings(), inbound.sender, reply))
            reply = ""
        return Response(twiml(reply), content_type="text/xml; charset=utf-8")

    def list(self, since: datetime) -> Iterator[Listed]:
        """Every copy either way since then, oldest first; CarrierDown if a page fails.

        Twilio's own filter by date of sending is not used: what never left has no such date, and
        would be hidden from the sweep for ever.
        """
        found = twilio_sdk.copies(config.settings())
        if isinstance(found, No):
            raise CarrierDown(found.fault)
        return iter(sorted((copy for copy in found if copy.sent_at >= since), key=lambda copy: copy.sent_at))

    def delete(self, message: Listed) -> Deletion:
        """Delete the copy, pictures first. What Twilio does not let go of yet (409, code 20009) is for later."""
        settings = config.settings()
        pictures = twilio_sdk.pictures(settings, message.id) if message.pictures else []
        if isinstance(pictures, No):
            return _deletion(pictures)
        for picture in pictures:
            done = _deletion(twilio_sdk.delete_picture(settings, message.id, picture))
            if done is not Deletion.DONE:
                return done
        return _deletion(twilio_sdk.delete(settings, message.id))

    def send(self, to: str, text: str, reference: str) -> str:
        """Send by API; what becomes of it comes back to `/sms/twilio/status` with the reference."""
        settings = config.settings()
        callback = f"{settings.public_base_url}/sms/twilio/status?{urlencode({'reference': reference})}"
        return _sent(twilio_sdk.create(settings, to, text, status_callback=callback))

    def status(self, request: Request) -> Status | None:
        """What became of a text of ours. Retries bring the same again, in any order."""
        fields = _signed_fields(request, _READ_OF_STATUS)
        references = request.args.getlist("reference")
        if len(references) != 1 or not references[0]:
            return None
        return Status(reference=references[0], value=fields["MessageStatus"] or fields["SmsStatus"])


_FEW = frozenset(str(n) for n in range(100))


def twiml(reply: str) -> str:
    """The library's own bytes (a test compares), without building a tree for every text."""
    if not reply:
        return f"{_XML}<Response />"
    return f"{_XML}<Response><Message>{escape(reply, quote=False)}</Message></Response>"


def address_of(request: Request) -> str:
    """The address Twilio was given: ours, never `request.url`, which a TLS proxy changes."""
    query = request.query_string.decode("latin-1")
    return config.settings().public_base_url + request.path + (f"?{query}" if query else "")


def names_our_algorithm(header: str) -> bool:
    """Whether the header about the signature names HMAC_SHA1 or nothing.

    Anything else means that somebody switched on shared keys without us. Format as in Twilio's
    library: `key=…,algorithm=…`.
    """
    parts = {part.strip() for part in header.split(",")}
    return {part for part in parts if not part.startswith("key=")} <= {"", "HMAC_SHA1", "algorithm=HMAC_SHA1"}


def _signed_fields(request: Request, names: tuple[str, ...], *, always: tuple[str, ...] = ()) -> dict[str, str]:
    """The known parameters of an authentic request of our account, each of them once; else NotAuthentic."""
    settings = config.settings()
    if not names_our_algorithm(request.headers.get(SIGNATURE_SETTINGS, "")):
        raise NotAuthentic
    signature, form = request.headers.get(SIGNATURE, ""), form_fields.parsed(request)
    if not twilio_sdk.is_signed(address_of(request), form, signature, settings.twilio_auth_tokens):
        raise NotAuthentic
    if not all(name in form for name in always):
        raise NotAuthentic
    fields = form_fields.read(form, names)
    if settings.twilio_account_sid and fields["AccountSid"] != settings.twilio_account_sid:
        raise NotAuthentic
    return fields


def _sent(sent: str | No) -> str:
    if isinstance(sent, No):
        raise CarrierDown(sent.fault)
    return sent


def _deletion(done: bool | No) -> Deletion:
    if isinstance(done, No) and done.status == 429:
        return Deletion.THROTTLED
    return Deletion.DONE if done is True or (isinstance(done, No) and done.status == 404) else Deletion.LATER
