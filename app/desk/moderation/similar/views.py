"""Giving the codes of an approved text to its look-alikes: one press, one act, one undo."""

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import db
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.moderation import forms, queries
from app.desk.moderation.codebook import queries as code_queries
from app.desk.moderation.dealing import counting
from app.desk.moderation.similar import groups

pages = Blueprint("similar", __name__, url_prefix="/desk/statements")
FORM = "text"


@pages.post("/<text_id>/group")
@access("moderator")
def give(text_id: str) -> AnyResponse:
    """Set this text's themes on every look-alike that was shown; a group that changed is shown again."""
    answer_id, me = forms.answer_id(text_id), session.user()
    item = queries.item(answer_id, me) if answer_id else None
    statement = queries.statement(item.answer_id, me) if item else None
    if item is None or statement is None:
        abort(404)
    try:
        session.check_form(FORM)
        keys = [key for _id, key in code_queries.codes_of([statement.id])]
        groups.give(item, statement.text, keys, request.form.get("group", ""), me)
        said = "grouped"
    except Refusal:
        db.db.session.rollback()
        said = "group-changed"
    db.db.session.commit()
    counting.forget()
    return redirect(url_for("moderation.text", text_id=text_id, said=said), 303)
