"""The webhooks: who knocks, what do they say, COMMIT, and only then an answer."""

from flask import Blueprint, Response, abort, request

from app.channels.sms import intake, statuses
from app.channels.sms.providers import PROVIDERS, Inbound, NotAuthentic, Provider
from app.channels.sms.replies import Reply, TakenMeanwhile, Way
from app.core import clock, metrics
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


@webhooks.post("/sms/<any(twilio):carrier>/status")
@access(PROVIDER)
def status(carrier: str) -> Response:
    """What became of a text sent by API. 200 whatever it says, else the carrier would tell it again."""
    try:
        told = _named(carrier).status(request)
    except NotAuthentic:
        abort(403)
    if told is None or not statuses.note(told):
        metrics.count("unknown_statuses")
    db.session.commit()
    return Response(status=200)


def taken(message: Inbound, way: Way = Way.INLINE) -> Reply:
    """The reply to a text, given only after the text is durably stored."""
    try:
        reply = intake.take(message, keys.usable(), clock.now(), way=way)
        db.session.commit()
    except TakenMeanwhile:
        db.session.rollback()
        reply = intake.take(message, keys.usable(), clock.now(), way=way)
        db.session.commit()
    return reply


def _named(carrier: str) -> Provider:
    return next(provider for provider in PROVIDERS if provider.name == carrier)
