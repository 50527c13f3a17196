"""A tablet comes in with a one-time code, and goes out again."""

import re
from typing import Any

from flask import Response, current_app, jsonify, make_response, render_template, request

from app.channels.kiosk import devices, json_body, tries
from app.channels.kiosk.tries import TooManyTries
from app.core import clock, db
from app.core.access import KIOSK, PUBLIC, access
from app.core.errors import Refusal
from app.surveys import kiosks, speaking

LEAVE_DESK = "leave_desk"
"""Where the application keeps what ends a session of staff; a side without the desk has none to end."""
_DEVICE = re.compile(r"[0-9a-f]{32}", re.ASCII)


@access(PUBLIC)
def enrol() -> Response:
    """Swap the code for the device's cookie. The code is the proof: nobody else's page could know one.

    303 to /kiosk; 422 for a code that opens nothing, 429 after ten tries in a minute. A tablet that connects again
    says beside the code which one it is, since what waits on it is sealed as that one's.
    """
    try:
        tries.take()
    except TooManyTries as refusal:
        return _refused(refusal, 429, {"Retry-After": str(refusal.seconds)})
    sent = _sent()
    found = kiosks.enrol(_text(sent.get("code")), clock.now(), only=_device(sent.get("device")))
    if found is None:
        return _refused(Refusal(str(speaking.say("That code does not work. Ask for a new one at the desk."))), 422)
    response = devices.give(_home(), found[1])
    leave = current_app.extensions.get(LEAVE_DESK)
    if leave:
        leave(response)
    db.db.session.commit()
    return response


@access(KIOSK)
def unenrol() -> Response:
    """The tablet is taken out of use: its token opens nothing any more. What lies sealed on it stays."""
    kiosks.leave(devices.required())
    db.db.session.commit()
    return devices.take_back(_home())


def page(*, error: str = "", status: int = 200) -> Response:
    """Where the code is typed."""
    typed = request.args.get("code", "")
    return make_response(render_template("kiosk/enrol.html", error=error, typed=typed[:12]), status)


def _sent() -> dict[str, Any]:
    return (json_body.sent() or {}) if request.is_json else request.form.to_dict()


def _device(said: Any) -> bytes | None:
    """The id of the tablet, where it says one; what is no id is nobody's."""
    return None if said is None else bytes.fromhex(said) if _DEVICE.fullmatch(_text(said)) else b""


def _text(sent: Any) -> str:
    return sent if isinstance(sent, str) else ""


def _refused(refusal: Refusal, status: int, headers: dict[str, str] | None = None) -> Response:
    response = jsonify(refused=str(refusal)) if request.is_json else page(error=str(refusal))
    response.status_code = status
    response.headers.update(headers or {})
    return response


def _home() -> Response:
    return make_response(b"", 303, {"Location": devices.PATH})
