"""Coding together: one text after the other, twenty at a time, without place and week."""

import re

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import db, i18n, numbers
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.moderation import forms
from app.desk.moderation.codebook import codes
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.second_coding import coding
from app.desk.moderation.tagging import Chosen
from app.desk.track.peers import homes, texts
from app.desk.track.peers.views import leave_by_itself

pages = Blueprint("peer_coding", __name__, url_prefix="/track/peers/code")
pages.after_request(leave_by_itself)
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


@pages.get("")
@access("peer")
def show() -> AnyResponse:
    """The next text; a rest after twenty. Whoever has not said where they belong is asked that first."""
    db.begin_reading()
    me = session.user()
    if homes.of(me) is None:
        return redirect(url_for("track.peers.home"), 303)
    after = request.args.get("after", "")
    skipped = bytes.fromhex(after) if _ID.fullmatch(after) else me.id
    is_rest = _done() >= texts.AT_A_TIME
    return _page(None if is_rest else texts.following(me, after=skipped), is_rest=is_rest)


@pages.post("")
@access("peer")
def save() -> AnyResponse:
    """What the peer says the text is about."""
    me, sent = session.user(), request.form.get("statement", "")
    statement = texts.text(bytes.fromhex(sent), me) if _ID.fullmatch(sent) and homes.of(me) is not None else None
    if statement is None:
        abort(404)
    chosen = forms.chosen(request.form)
    try:
        session.check_form("peer.code")
        texts.code(statement, chosen, me)
    except Refusal as refusal:
        return _again(statement, refusal, chosen)
    db.db.session.commit()
    return redirect(url_for("track.peer_coding.show", done=_done() + 1), 303)


def _again(statement: AnyRow, refusal: Refusal, chosen: Chosen) -> Response:
    """The same text for another try; not where somebody else has coded it."""
    db.db.session.rollback()
    db.begin_reading()
    is_gone = isinstance(refusal, coding.NotYours)
    return _page(None if is_gone else statement, 422, refusal=refusal, chosen=chosen)


def _page(statement: AnyRow | None, status: int = 200, **context: object) -> Response:
    page = render_template(
        "desk/track/peers/code.html",
        statement=statement,
        done=_done(),
        at_a_time=texts.AT_A_TIME,
        book=codes.book(),
        in_danish=i18n.current() == "da",
        **context,
    )
    return make_response(page, status)


def _done() -> int:
    """How many this sitting has had; the browser says so, and nobody else counts it."""
    return min(request.values.get("done", 0, type=numbers.whole), texts.AT_A_TIME)
