"""The page of all memos, writing one, and deleting one's own."""

import re
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core import db, hypermedia, i18n
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.moderation import labels
from app.desk.moderation.memos import memos, queries
from app.desk.moderation.memos.memos import Target

pages = Blueprint("memos", __name__, url_prefix="/desk/memos")
FORM = "memo"
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


@pages.get("")
@access("moderator")
def index() -> Response:
    """All memos: on codes, and on what people said."""
    db.begin_reading()
    return _page()


@pages.post("")
@access("moderator")
def write() -> AnyResponse:
    """A memo on a text, a statement, a quote or a code."""
    target = Target(request.form.get("about", ""), request.form.get("of", ""))
    words = request.form.get("memo", "")
    try:
        session.check_form(FORM)
        memos.write(target, words, session.user())
    except Refusal as refusal:
        db.db.session.rollback()
        db.begin_reading()
        return _page(422, problem=_(str(refusal)), kept=words, target=target)
    db.db.session.commit()
    return _back(target, "memo")


@pages.post("/<memo_id>/delete")
@access("moderator")
def delete(memo_id: str) -> AnyResponse:
    """Delete one's own memo. Pressed twice, the second finds nothing."""
    if not _ID.fullmatch(memo_id):
        abort(404)
    try:
        session.check_form(FORM)
        memos.delete(bytes.fromhex(memo_id), session.user())
    except Refusal as refusal:
        db.db.session.rollback()
        db.begin_reading()
        return _page(422, problem=_(str(refusal)))
    db.db.session.commit()
    return _back(Target(request.form.get("about", ""), request.form.get("of", "")), "memo-gone")


def _page(status: int = 200, **more: Any) -> Response:
    me, after = session.user(), request.args.get("after", "")
    found = queries.on_texts(me, after=bytes.fromhex(after) if _ID.fullmatch(after) else None, size=memos.PAGE + 1)
    said = labels.SAID.get(request.args.get("said", ""))
    names: dict[str, Any] = {
        "on_texts": found[: memos.PAGE], "next_page": found[memos.PAGE - 1].id.hex() if found[memos.PAGE :] else None,
        "on_codes": queries.on_codes() if not after else (), "labels": labels, "me_id": me.id,
        "in_danish": i18n.current() == "da", "said": _(said) if said else None,
    }  # fmt: skip
    return hypermedia.render(
        "desk/moderation/memos/memos.html", "desk/moderation/memos/_memos.html", status, **names, **more
    )


def _back(target: Target, said: str) -> AnyResponse:
    if target.kind == "text" and _ID.fullmatch(target.value):
        return redirect(url_for("moderation.text", text_id=target.value, said=said), 303)
    if target.kind == "quote" and _ID.fullmatch(target.value):
        return redirect(url_for("quotes.show", quote_id=target.value), 303)
    if target.kind == "code":
        return redirect(url_for("codebook.code", key=target.value), 303)
    return redirect(url_for("memos.index", said=said), 303)
