"""The page of one tablet: finding it behind the wall, and showing it."""

from typing import Any

from flask import Response, abort, make_response, render_template, request

from app.core import clock, i18n
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.admin import places, tablet_acts, tablets
from app.surveys import kiosk_settings, kiosks
from app.surveys.models import Kiosk


def found(device: str) -> Kiosk:
    """The tablet; 404 where there is none, and as much so where staff of another place ask for it."""
    tablet, me = kiosks.by_id(device), session.user()
    if tablet is None or (me.role == "staff" and tablet.site_code != me.site_code):
        abort(404)
    return tablet


def page(device: Kiosk, refusal: Refusal | None = None) -> Response:
    """How it is doing, and the forms of who may use them; a form that was refused keeps what was written."""
    settings = _written(kiosk_settings.of(device)) if refusal else kiosk_settings.of(device)
    shown = tablets.shown([device], now=clock.now(), today=clock.today(), lang=i18n.current())[0]
    times = [(name, label, *kiosk_settings.BOUNDS[name], settings[name]) for name, label in tablet_acts.TIMES.items()]
    page = render_template(
        "desk/admin/kiosk.html",
        tablet=shown,
        site=device.site,
        may_keep=session.user().role in places.KEEPERS,
        checklist=tablets.CHECKLIST,
        checked=kiosk_settings.checked(device),
        has_pin=device.pin is not None,
        settings=settings,
        times=times,
        refusal=refusal and str(refusal),
        refused_field=getattr(refusal, "field", ""),
        read=request.args.get("read"),
    )
    return make_response(page, 422 if refusal else 200)


def _written(kept: dict[str, Any]) -> dict[str, Any]:
    """The settings with what the form at hand says instead, right or wrong; another form says nothing of them."""
    form = request.form
    if not tablet_acts.TIMES.keys() & form.keys():
        return kept
    times = {name: form[name] for name in tablet_acts.TIMES if name in form}
    return kept | times | {name: form.get(name) == "yes" for name in tablet_acts.SCREENS}
