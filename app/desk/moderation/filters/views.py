"""Saving a filter of the queue under a name, and forgetting it."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import db
from app.core.access import access
from app.core.csrf import FormExpired
from app.desk.accounts import session
from app.desk.moderation import masks
from app.desk.moderation.dealing import counting
from app.desk.moderation.filters import facets, queries

pages = Blueprint("filters", __name__, url_prefix="/desk/filters")
FORM = "filters"
LONGEST_NAME = 60


@pages.post("")
@access("moderator")
def save() -> AnyResponse:
    """Keep the facets of the address under a name; the name passes the masker, like all that a moderator writes."""
    me, shown = session.user(), facets.parse(request.args)
    to_list = redirect(url_for("moderation.texts", **shown.address), 303)
    try:
        session.check_form(FORM)
    except FormExpired:
        return to_list
    name = masks.without_names(request.form.get("name", ""))[:LONGEST_NAME].strip()
    if name:
        queries.save(me.id, name, shown.address, is_shared=request.form.get("shared") == "yes")
        db.db.session.commit()
        counting.forget()
    return to_list


@pages.post("/<filter_id>/forget")
@access("moderator")
def forget(filter_id: str) -> AnyResponse:
    """Take an own filter away; somebody else's stays, and an unknown one is gone already."""
    me = session.user()
    to_list = redirect(url_for("moderation.texts"), 303)
    try:
        session.check_form(FORM)
        queries.forget_own(me.id, bytes.fromhex(filter_id))
    except (FormExpired, ValueError):
        return to_list
    db.db.session.commit()
    counting.forget()
    return to_list
