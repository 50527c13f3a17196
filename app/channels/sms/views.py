"""The webhooks: who knocks, what do they say, COMMIT, and only then an answer."""

import time
from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, Request, Response, abort, current_app, request
from flask.sansio.blueprints import BlueprintSetupState

from app.channels.sms import intake, replies, statuses
from app.channels.sms.exchange import Letter
from app.channels.sms.providers import PROVIDERS, CarrierDown, Inbound, NotAuthentic, Provider, named
from app.channels.sms.providers.console import Console
from app.channels.sms.replies import Reply, TakenMeanwhile, Way
from app.core import clock, config, metrics
from app.core.access import PROVIDER, access
from app.core.db import UNAVAILABLE, Busy, db, lost_a_race
from app.core.group_commit import GroupCommit
from app.privacy import keys

webhooks = Blueprint("sms", __name__)

_TRIES = 5
"""How often a text is taken anew, when others of its telephone come at the same moment."""
_IN_LINE = 3.0
"""Seconds a text may wait for others: with the five that its own group may wait, the carrier hears within eight."""
_TOGETHER = 2.0
"""Seconds after which texts that must go by themselves are for the carrier's next try: they would wait once more."""
_NAMES = ",".join(provider.name for provider in PROVIDERS)


@webhooks.post(f"/sms/<any({_NAMES}):carrier>")
@access(PROVIDER)
def inbound(carrier: str) -> Response:
    """A text from a carrier, where it did not come by the short way."""
    return answer(carrier, request)


def answer(carrier: str, asked: Request) -> Response:
    """Take a text. 403 leaves no trace; 503 means not stored or not answered, and the carrier tries again."""
    provider = _open(carrier)
    abilities = provider.abilities
    if abilities.signs_body and asked.mimetype != "application/x-www-form-urlencoded":
        abort(415)
    try:
        message = provider.receive(asked)
    except NotAuthentic:
        abort(403)
    if abilities.replies_inline:
        reply = taken(message)
        has_left_by_api = reply.way in (Way.PENDING, Way.SENT)  # the sweep found the text first
        return provider.answer(message, "" if has_left_by_api else reply.text)
    return _answered_by_api(provider, message)


@webhooks.post("/sms/<any(twilio):carrier>/status")
@access(PROVIDER)
def status(carrier: str) -> Response:
    """What became of a text sent by API. 200 whatever it says, else the carrier would tell it again."""
    try:
        told = named(carrier).status(request)
    except NotAuthentic:
        abort(403)
    if told is None or not statuses.note(told):
        metrics.count("unknown_statuses")
    db.session.commit()
    return Response(status=200)


def taken(message: Inbound, way: Way = Way.INLINE) -> Reply:
    """The reply to a text, given only after the text is durably stored; texts that wait together share a commit."""
    group: GroupCommit[Letter, Reply] = current_app.extensions["texts"]
    return group.do(Letter(message, way))


@webhooks.record
def _share_commits(state: BlueprintSetupState) -> None:
    state.app.extensions["texts"] = GroupCommit(
        _stored, alike=lambda letter: letter.inbound.sender, patience=_IN_LINE, late=Busy
    )


def _stored(letters: Sequence[Letter]) -> Sequence[Reply | Exception]:
    """Store texts in one transaction; by itself what cannot share it, or everything if one of them spoils it."""
    began = time.monotonic()
    try:
        replies = intake.take_together(letters, keys.usable(), clock.now())
        db.session.commit()
    except BaseException as error:  # half a text must not be committed by whoever comes next
        db.session.rollback()
        if not isinstance(error, Exception) or (isinstance(error, UNAVAILABLE) and not lost_a_race(error)):
            raise
        replies = [None] * len(letters)
    found: list[Reply | Exception] = []
    for reply, letter in zip(replies, letters, strict=True):
        is_late = time.monotonic() - began > _TOGETHER
        found.append(reply or (Busy() if is_late else _by_itself(letter)))
    return found


def _by_itself(letter: Letter) -> Reply | Exception:
    fault: Exception = TakenMeanwhile()
    for _ in range(_TRIES):
        try:
            reply = intake.take(letter, keys.usable(), clock.now())
            db.session.commit()
        except BaseException as error:
            db.session.rollback()
            if not isinstance(error, Exception):
                raise
            fault = error
            if not isinstance(error, TakenMeanwhile) and not lost_a_race(error):
                break
        else:
            return reply
    try:
        return fault
    finally:
        del fault  # it holds this frame, which holds the text


def _answered_by_api(provider: Provider, message: Inbound) -> Response:
    """The reply leaves once the text is stored; a repeated delivery finds it pending, and it is tried again."""
    reply = taken(message, Way.PENDING)
    is_waiting = bool(reply.text) and reply.way is Way.PENDING
    try:
        answer = provider.answer(message, reply.text if is_waiting else "")
    except CarrierDown as down:
        metrics.provider_error(down.fault)
        abort(503)
    if is_waiting:
        replies.mark(message.id, keys.usable(), replace(reply, way=Way.SENT))
        db.session.commit()
    return answer


def _open(carrier: str) -> Provider:
    """The carrier of this address. The simulator has none where citizens are real."""
    if carrier == Console.name and config.settings().env == "production":
        abort(404)
    return named(carrier)
