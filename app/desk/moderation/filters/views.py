"""Saving a filter of the queue under a name, and forgetting it."""

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core import db
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.moderation import forms, listing, masks
from app.desk.moderation.dealing import counting
from app.desk.moderation.filters import facets, queries

pages = Blueprint("filters", __name__, url_prefix="/desk/filters")
FORM = "filters"
LONGEST_NAME = 60


class Unnamed(Refusal):
    """A filter without a name cannot be found again."""


@pages.post("")
@access("moderator")
def save() -> AnyResponse:
    """Keep the facets of the address under a name; the name passes the masker, like all that a moderator writes."""
    me, shown = session.user(), facets.parse(request.args)
    try:
        session.check_form(FORM)
        name = masks.without_names(request.form.get("name", ""))[:LONGEST_NAME].strip()
        if not name:
            raise Unnamed(_("Give the filter a name."))
    except Refusal as refusal:
        return listing.page(me, request.args, status=422, problem=_(str(refusal)))
    queries.save(me.id, name, shown.address, is_shared=request.form.get("shared") == "yes")
    db.db.session.commit()
    counting.forget()
    return redirect(url_for("moderation.texts", **shown.address), 303)


@pages.post("/<filter_id>/forget")
@access("moderator")
def forget(filter_id: str) -> AnyResponse:
    """Take an own filter away; somebody else's stays, and an unknown one is gone already."""
    me, own_id = session.user(), forms.answer_id(filter_id)
    try:
        session.check_form(FORM)
    except Refusal as refusal:
        return listing.page(me, {}, status=422, problem=_(str(refusal)))
    if own_id:
        queries.forget_own(me.id, own_id)
    db.db.session.commit()
    counting.forget()
    return redirect(url_for("moderation.texts"), 303)
