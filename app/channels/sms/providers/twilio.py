"""Twilio: signed form posts in, TwiML out. The only file that knows the SDK."""

from flask import Request, Response
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse
from werkzeug.datastructures import MultiDict

from app.channels.sms.providers import senders
from app.channels.sms.providers.base import LONGEST_TEXT, Inbound, NotAuthentic
from app.core import config

SIGNATURE = "X-Twilio-Signature"
SIGNATURE_SETTINGS = "X-Twilio-Webhooks-Signature-Settings"
_READ = ("MessageSid", "AccountSid", "From", "To", "Body", "NumMedia", "OptOutType")


class Twilio:
    """The carrier whose webhook answers in the same breath, so that no number is ever written down."""

    name = "twilio"

    def receive(self, request: Request) -> Inbound:
        """The message of a request with a true signature over our own address; else NotAuthentic."""
        settings = config.settings()
        if not is_signed(
            address_of(request), request.form, request.headers.get(SIGNATURE, ""), settings.twilio_auth_tokens
        ):
            raise NotAuthentic
        if request.headers.get(SIGNATURE_SETTINGS, "HMAC_SHA1") != "HMAC_SHA1":
            raise NotAuthentic
        fields = {name: _only(request.form, name) for name in _READ}
        account, ours = settings.twilio_account_sid, settings.sms_number
        if (account and fields["AccountSid"] != account) or fields["To"] not in ("", ours) or not fields["MessageSid"]:
            raise NotAuthentic
        sender, is_machine = senders.normalised(fields["From"], ours=ours)
        return Inbound(
            id=fields["MessageSid"],
            sender=sender,
            text=fields["Body"][:LONGEST_TEXT],
            pictures=int(fields["NumMedia"]) if fields["NumMedia"].isdecimal() else 0,
            has_answered=fields["OptOutType"].upper() or None,
            is_machine=is_machine,
        )

    def answer(self, inbound: Inbound, reply: str) -> Response:
        """TwiML with one message, or none."""
        twiml = MessagingResponse()
        if reply:
            twiml.message(reply)
        return Response(str(twiml), content_type="text/xml; charset=utf-8")


def address_of(request: Request) -> str:
    """The address Twilio was given: ours, never `request.url`, which a TLS proxy changes."""
    query = request.query_string.decode("latin-1")
    return config.settings().public_base_url + request.path + (f"?{query}" if query else "")


def is_signed(url: str, form: MultiDict[str, str], signature: str, tokens: tuple[str, ...]) -> bool:
    """Whether one of the tokens signed this form for this address.

    An empty token or signature never verifies: the library would accept what anybody signs with
    an empty key.
    """
    if not signature.strip():
        return False
    return any(RequestValidator(token.strip()).validate(url, form, signature) for token in tokens if token.strip())


def _only(form: MultiDict[str, str], name: str) -> str:
    """A parameter that stands once; the signature joins names and values, so doubles are refused."""
    values = form.getlist(name)
    if len(values) > 1:
        raise NotAuthentic
    return values[0] if values else ""
