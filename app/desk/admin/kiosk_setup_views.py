"""The forms on the page of a tablet: PIN, times and screens, the checklist, a file of sealed answers."""

from collections.abc import Callable

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db
from app.core.access import access
from app.core.errors import Refusal
from app.core.uploads import takes_files
from app.desk.accounts import session
from app.desk.admin import kiosk_pages, places, tablet_acts, tablet_files
from app.surveys.models import Kiosk

pages = Blueprint("kiosk_setup", __name__, url_prefix="/kiosks/<device>")
FORM_AROUND = 4096
"""Bytes of the form beside the file."""


@pages.post("/pin")
@access("admin")
def set_pin(device: str) -> AnyResponse:
    """Another PIN for the staff menu."""
    return _done(device, "kiosk.pin", lambda tablet: tablet_acts.set_pin(tablet, request.form.get("pin", "").strip()))


@pages.post("/times")
@access("admin")
def set_times(device: str) -> AnyResponse:
    """Times and screens, as the form says."""
    return _done(device, "kiosk.times", lambda tablet: tablet_acts.set_times(tablet, request.form))


@pages.post("/checklist")
@access(*places.KEEPERS)
def tick(device: str) -> AnyResponse:
    """What of the checklist holds."""
    return _done(device, "kiosk.tick", lambda tablet: tablet_acts.tick(tablet, request.form.getlist("checked")))


@pages.post("/file")
@access(*places.KEEPERS)
@takes_files
def read_in(device: str) -> AnyResponse:
    """The sealed answers of a tablet without net, from a file."""
    request.max_content_length = tablet_files.LARGEST + FORM_AROUND
    tablet = kiosk_pages.found(device)
    sent = request.files.get("file")
    try:
        session.check_form("kiosk.read_in")
        file = tablet_acts.open_file(tablet, sent.read() if sent else b"")
    except Refusal as refusal:
        db.db.session.rollback()
        return kiosk_pages.page(kiosk_pages.found(device), refusal)
    db.db.session.commit()
    fits = True
    for part in file.parts():
        fits &= tablet_files.store(tablet, part, file.day_now, clock.today())
        db.db.session.commit()
    return redirect(url_for("admin.kiosks.show", device=device, read="all" if fits else "some"), 303)


def _done(device: str, form_id: str, act: Callable[[Kiosk], None]) -> AnyResponse:
    tablet = kiosk_pages.found(device)
    try:
        session.check_form(form_id)
        act(tablet)
    except Refusal as refusal:
        db.db.session.rollback()
        return kiosk_pages.page(kiosk_pages.found(device), refusal)
    db.db.session.commit()
    return redirect(url_for("admin.kiosks.show", device=device), 303)
