"""The draft of the next version: what is proposed, taking something out, and agreeing to the rest."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import db, i18n
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.moderation.codebook import drafting, history, publishing

pages = Blueprint("draft", __name__, url_prefix="/draft")
WRITERS = ("moderator", "analyst")
FORM = "codebook.draft"


@pages.get("")
@access(*WRITERS)
def show() -> Response:
    """Every change that waits, who proposed it and why."""
    db.begin_reading()
    return _page()


@pages.post("/agree")
@access(*WRITERS)
def agree() -> AnyResponse:
    """Agree to what others proposed; the last missing one publishes the version."""
    try:
        session.check_form(FORM)
        number = publishing.agree(session.user(), request.form.get("seen", ""))
    except Refusal as refusal:
        db.db.session.rollback()
        return _page(409 if isinstance(refusal, publishing.Changed) else 422, refusal=refusal)
    db.db.session.commit()
    if number is None:
        return redirect(url_for(".show", said="agreed"), 303)
    return redirect(url_for("codebook.version", number=number, said="published"), 303)


@pages.post("/<int:event>/out")
@access(*WRITERS)
def take_out(event: int) -> AnyResponse:
    """Take one change out of the draft."""
    try:
        session.check_form(FORM)
        drafting.take_back([event])
    except Refusal as refusal:
        db.db.session.rollback()
        return _page(422, refusal=refusal)
    db.db.session.commit()
    return redirect(url_for(".show", said="out"), 303)


def _page(status: int = 200, **more: Any) -> Response:
    me, events = session.user(), drafting.events()
    page = render_template(
        "desk/moderation/codebook/draft.html",
        number=drafting.number(),
        told=history.of_draft(in_danish=i18n.current() == "da"),
        seen=publishing.fingerprint(events),
        may_agree=any(event.by != me.id and event.agreed_by is None for event in events),
        is_last=all(event.agreed_by or event.by != me.id for event in events),
        **more,
    )
    return make_response(page, status)
