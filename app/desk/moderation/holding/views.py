"""The page of answers that came in a flood: how many wait, and one button that lets them in."""

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import db
from app.core.access import access
from app.desk.accounts import audit, session
from app.surveys import queries

pages = Blueprint("holding", __name__, url_prefix="/desk/held")
FORM = "held"


@pages.get("")
@access("moderator")
def show() -> Response:
    """How many wait. They show here a morning after they came, never while they come."""
    db.begin_reading()
    held = queries.count_held()
    return make_response(render_template("desk/moderation/holding/held.html", held=held, form_id=FORM))


@pages.post("")
@access("moderator")
def let_in() -> AnyResponse:
    """They leave with the next batch, shuffled among the others."""
    session.check_form(FORM)
    n = queries.let_in_held()
    if n:
        audit.record("held.let_in", count=n)
    db.db.session.commit()
    return redirect(url_for("holding.show"), 303)
