"""The webhooks: who knocks, what do they say, COMMIT, and only then an answer."""

from flask import Blueprint, Response, abort, request
from sqlalchemy.exc import IntegrityError

from app.channels.sms import intake
from app.channels.sms.providers import PROVIDERS, Inbound, NotAuthentic, Provider
from app.channels.sms.replies import Reply, Way
from app.core import clock
from app.core.access import PROVIDER, access
from app.core.db import db
from app.privacy import keys

webhooks = Blueprint("sms", __name__)


@webhooks.post("/sms/<any(twilio):carrier>")
@access(PROVIDER)
def inbound(carrier: str) -> Response:
    """A text from a carrier. 403 leaves no trace; 503 means not stored, and the carrier tries again."""
    if request.mimetype != "application/x-www-form-urlencoded":
        abort(415)
    provider = _named(carrier)
    try:
        message = provider.receive(request)
    except NotAuthentic:
        abort(403)
    return provider.answer(message, taken(message).text)


def taken(message: Inbound, way: Way = Way.INLINE) -> Reply:
    """The reply to a text, given only after the text is durably stored."""
    try:
        reply = intake.take(message, keys.usable(), clock.now(), way=way)
        db.session.commit()
    except IntegrityError:  # another delivery of the same text was first; its reply is ours
        db.session.rollback()
        reply = intake.take(message, keys.usable(), clock.now(), way=way)
        db.session.commit()
    return reply


def _named(carrier: str) -> Provider:
    return next(provider for provider in PROVIDERS if provider.name == carrier)
