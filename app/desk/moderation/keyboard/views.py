"""The page on which a person changes the keys of the desk or switches them off."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core import db
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.moderation.keyboard import keys

pages = Blueprint("keyboard", __name__, url_prefix="/desk/keys")
FORM = "keys"


@pages.get("")
@access("moderator")
def show() -> Response:
    """The keys as they are."""
    db.begin_reading()
    mine = keys.of(session.user())
    typed = {act.name: mine.of(act.name) for act in keys.ACTS}
    return make_response(_page(typed, is_off=mine.is_off))


@pages.post("")
@access("moderator")
def save() -> AnyResponse:
    """Keep them; keys that cannot be told apart come back with what was typed."""
    is_off = request.form.get("off") == "yes"
    try:
        session.check_form(FORM)
        keys.save(session.user(), request.form, is_off=is_off)
    except Refusal as refusal:
        db.db.session.rollback()
        return make_response(_page(request.form, is_off=is_off, problem=_(str(refusal))), 422)
    db.db.session.commit()
    return redirect(url_for("keyboard.show", said="saved"), 303)


def _page(typed: object, *, is_off: bool, problem: str | None = None) -> str:
    said = _("Saved.") if request.args.get("said") == "saved" else None
    return render_template(
        "desk/moderation/keyboard/keys.html", acts=keys.ACTS, typed=typed, is_off=is_off, problem=problem, said=said
    )
