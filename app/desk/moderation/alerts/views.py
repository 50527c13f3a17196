"""The page of the alert list, and the number of texts that hold one of its words."""

from typing import Any

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.accounts.models import User
from app.desk.moderation.alerts import listing, queries

pages = Blueprint("alerts", __name__, url_prefix="/desk/alerts")
FORM = "alerts"
FRESH = 10  # seconds a number may be old


@pages.get("")
@access("moderator", "admin")
def show() -> Response:
    """The words; administrators may change them."""
    db.begin_reading()
    return _page()


@pages.post("")
@access("admin")
def change() -> AnyResponse:
    """Put a word on the list or take one off."""
    try:
        session.check_form(FORM)
        if request.form.get("set") == "off":
            listing.take_off(request.form.get("word", ""))
        else:
            listing.add(request.form.get("word", ""))
    except Refusal as refusal:
        db.db.session.rollback()
        db.begin_reading()
        return _page(status=422, problem=str(refusal), typed=request.form.get("word", "")[:100])
    db.db.session.commit()
    return redirect(url_for("alerts.show"), 303)


@pages.app_context_processor
def waiting() -> dict[str, Any]:
    """What the head of every page asks for; nothing is counted on pages that do not."""
    return {"alerts_waiting": _waiting}


def _waiting() -> int:
    """How many texts with an alert word wait for who is signed in; 0 for all but moderators."""
    found = session.current()
    return _remembered(found.user) if found and found.user.role == "moderator" else 0


def _remembered(me: User) -> int:
    """A number in the head of every page may be ten seconds old."""
    known: dict[str | None, tuple[float, int]] = current_app.extensions.setdefault("alerts_waiting", {})
    now = clock.clock().since_boot()
    if me.site_code not in known or not 0 <= now - known[me.site_code][0] < FRESH:
        known[me.site_code] = now, queries.count_waiting(me)
    return known[me.site_code][1]


def _page(*, status: int = 200, **more: Any) -> Response:
    page = render_template(
        "desk/moderation/alerts/list.html",
        words=listing.words(),
        shipped=listing.shipped(),
        form_id=FORM,
        may_change=session.user().role == "admin",
        **more,
    )
    return make_response(page, status)
