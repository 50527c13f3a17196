"""What the tablet's script calls: one sealed answer a request, a ping no captive portal can fake, a heartbeat."""

import base64
import re
import uuid
from typing import Any

from flask import Response, abort, jsonify, request

from app.channels.kiosk import devices, json_body, packs
from app.core import clock, db, limits
from app.core.access import KIOSK, PUBLIC, access
from app.privacy import kiosk_boxes
from app.privacy.kiosk_boxes import Sealed
from app.surveys import kiosk_answers, kiosks
from app.surveys.kiosk_answers import Taken, WillNeverFit
from app.surveys.kiosks import Heartbeat
from app.surveys.models import QUEUE_CLASSES

LARGEST = 48 * 1024
"""Bytes of a request: two long texts in the widest script, sealed, fit in half of it."""
_NONCE = re.compile(r"[0-9A-Za-z_-]{1,64}", re.ASCII)
_VERSION = re.compile(r"[0-9A-Za-z._-]{0,16}", re.ASCII)
_STATUS = {Taken.STORED: 201, Taken.STORED_BEFORE: 200, Taken.OTHER_BEFORE: 409}


@access(KIOSK)
def responses() -> Response:
    """201 stored and committed · 200 stored before · 409 another box has its name · 429 later · 4xx never."""
    device = devices.required()
    sent = _json()
    sealed = Sealed(
        kid=_matching(kiosk_boxes.KID, sent.get("kid")),
        device=kiosks.device_name(device),
        key=_key(),
        box=_box(sent.get("box")),
    )
    if sent.get("v") != kiosk_answers.FORMAT:
        abort(422)
    day_now = _whole(sent.get("day_now"))
    limits.take(limits.RESPONSES)
    try:
        taken = kiosk_answers.take(device, sealed, day_now=day_now, today=clock.today(), is_held=limits.is_flooded())
    except WillNeverFit:
        abort(422)
    db.db.session.commit()
    return Response(status=_STATUS[taken])


@access(PUBLIC)
def ping() -> Response:
    """The nonce back, which a captive portal's page is not."""
    return Response(_matching(_NONCE, request.args.get("n")), mimetype="text/plain")


@access(KIOSK)
def heartbeat() -> Response:
    """What the tablet says of itself is overwritten; it hears which key, pack, PIN and times hold now."""
    device = devices.required()
    sent = _json()
    said = Heartbeat(
        app_version=_matching(_VERSION, sent.get("app", "")),
        queue=sent["queue"] if sent.get("queue") in QUEUE_CLASSES else abort(400),
        oldest_days=None if sent.get("oldest_days") is None else _whole(sent["oldest_days"]),
        quarantined=_whole(sent.get("quarantined")),
        is_persisted=sent.get("persisted") is True,
        storage_pct=_whole(sent.get("storage_pct")),
    )
    kiosks.hear(device, said, clock.today())
    pack = packs.of(device)
    answer = jsonify(
        **pack.content["key"], pin=pack.content["pin"], settings=pack.content["settings"], pack=pack.version
    )
    db.db.session.commit()
    return devices.renew(answer)


def _json() -> dict[str, Any]:
    """The body. 413, 415 or 400 for one that is too large, no JSON, or none."""
    if (request.content_length or 0) > LARGEST:
        abort(413)
    if request.mimetype != "application/json":
        abort(415)
    return json_body.sent() or abort(400)


def _key() -> str:
    """The random name of the answer, as the tablet sealed it: a uuid4 in lower case."""
    sent = request.headers.get("Idempotency-Key", "")
    try:
        known = uuid.UUID(sent)
    except ValueError:
        abort(400)
    return sent if str(known) == sent and known.version == 4 else abort(400)


def _box(sent: Any) -> bytes:
    try:
        return base64.b64decode(sent, validate=True)
    except (ValueError, TypeError):
        abort(400)


def _matching(pattern: re.Pattern[str], sent: Any) -> str:
    return sent if isinstance(sent, str) and pattern.fullmatch(sent) else abort(400)


def _whole(sent: Any) -> int:
    return sent if isinstance(sent, int) and not isinstance(sent, bool) and abs(sent) < 10**6 else abort(400)
