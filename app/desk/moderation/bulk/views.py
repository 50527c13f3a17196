"""The page of bulk tagging: choose a set, look at it, press once."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core import db, hypermedia, i18n
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.moderation import labels, tagging
from app.desk.moderation.bulk import bulk
from app.desk.moderation.codebook import codes
from app.desk.moderation.dealing import counting
from app.desk.moderation.undoing import showing

pages = Blueprint("bulk", __name__, url_prefix="/desk")
FORM = "bulk"


@pages.get("/bulk")
@access("moderator")
def choose() -> Response:
    """The filter, and what pressing would do. The address holds facets and a code, never a word."""
    db.begin_reading()
    return _page(request.args)


@pages.post("/bulk")
@access("moderator")
def press() -> AnyResponse:
    """Set the code on exactly the set that was shown, or take it off; a set that changed is shown again."""
    me, given = session.user(), request.form
    try:
        session.check_form(FORM)
        plan = bulk.plan(given, me)
        if plan is not None and plan.changing:
            bulk.carry_out(plan, given.get("token", ""), me)
    except Refusal as refusal:
        db.db.session.rollback()
        db.begin_reading()
        is_stale = isinstance(refusal, bulk.SetChanged) and not hypermedia.is_fragment()
        return _page(given, status=409 if is_stale else 422, problem=_(str(refusal)))
    db.db.session.commit()
    counting.forget()
    address: dict[str, Any] = bulk.approved(given).address | {"put": given.get("put"), "set": given.get("set")}
    return redirect(url_for("bulk.choose", said="bulk", **address), 303)


def _page(given: Mapping[str, str], *, status: int = 200, problem: str | None = None) -> Response:
    me = session.user()
    plan, problem = _plan(given, problem)
    is_done = given.get("said") == "bulk" and problem is None
    names: dict[str, Any] = {
        "facets": bulk.approved(given), "given": given, "plan": plan, "problem": problem,
        "examples": bulk.examples(plan, me) if plan else (),
        "book": codes.book(), "labels": labels, "flag_keys": labels.FLAGS, "form_id": FORM,
        "in_danish": i18n.current() == "da", "undoable": showing.newest(me),
        "said": _("Done.") if is_done else None,
    }  # fmt: skip
    return hypermedia.render("desk/moderation/bulk/bulk.html", "desk/moderation/bulk/_bulk.html", status, **names)


def _plan(given: Mapping[str, str], problem: str | None) -> tuple[bulk.Plan | None, str | None]:
    try:
        return bulk.plan(given, session.user()), problem
    except (bulk.TooMany, tagging.UnknownCode) as refusal:
        return None, _(str(refusal))
