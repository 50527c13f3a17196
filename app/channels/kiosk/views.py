"""The tablet's addresses. Where a house has no key for tablets there are none."""

from typing import Any

from flask import Blueprint, abort, request

from app.channels.kiosk import api_views, devices, enrolment_views, files, plain_views, receipt_views, shell_views
from app.privacy import kiosk_boxes
from app.surveys import pictures, speaking
from app.surveys.questions import Words

pages = Blueprint("kiosk", __name__, url_prefix=devices.PATH)

pages.get("")(shell_views.home)
pages.post("")(plain_views.step)
pages.get("/kvittering")(receipt_views.receipt)
pages.post("/kvittering")(receipt_views.look_up_or_delete)
pages.get("/pack.json")(shell_views.pack)
pages.get("/sw.js")(shell_views.worker)
pages.get("/app.webmanifest")(shell_views.manifest)
pages.get("/static/<name>")(shell_views.static_file)
pages.get("/audio/<name>")(shell_views.sound)
pages.post("/enrol")(enrolment_views.enrol)
pages.post("/unenrol")(enrolment_views.unenrol)
pages.post("/api/v1/responses")(api_views.responses)
pages.get("/api/v1/ping")(api_views.ping)
pages.post("/api/v1/heartbeat")(api_views.heartbeat)


@pages.before_request
def only_with_a_key() -> None:
    """Nothing could be sealed or opened without one."""
    if not kiosk_boxes.keys():
        abort(404)


def _no_link(_: Words) -> str:
    """The web's link to a sound would leave the page, and a locked tablet has no way back: a player stands instead."""
    return ""


@pages.app_context_processor
def names() -> dict[str, Any]:
    """What the tablet's templates can say."""
    if not request.path.startswith(devices.PATH):
        return {}
    return {
        "gettext": speaking.say,
        "ngettext": speaking.say_number,
        "worded": speaking.worded,
        "picture": pictures.get,
        "heard": _no_link,
        "unreviewed": speaking.unreviewed(),
        "app_js": files.script().address,
        "staff_js": files.staff_script().address,
        "app_css": files.style().address,
        "plain_css": files.plain_style().address,
    }
