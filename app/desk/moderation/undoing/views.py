"""The list of one's own last acts, each with a button, and the act of undoing one."""

import re
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core import db, hypermedia
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.accounts.models import User
from app.desk.moderation import changing
from app.desk.moderation import queries as texts
from app.desk.moderation.dealing import claims, counting
from app.desk.moderation.undoing import NotUndone, queries, showing, taking_back
from app.desk.moderation.undoing.models import UndoEntry

pages = Blueprint("undoing", __name__, url_prefix="/desk")
_ENTRY = re.compile(r"[0-9a-f]{32}", re.ASCII)


@pages.get("/undo")
@access("moderator", "analyst")
def acts() -> Response:
    """One's own last acts, the newest first."""
    db.begin_reading()
    return _page(said=_("Undone.") if request.args.get("said") == "undone" else None)


@pages.post("/undo")
@access("moderator", "analyst")
def undo() -> AnyResponse:
    """Undo the act of this button; the same button pressed twice finds it undone already and changes nothing."""
    me, sent = session.user(), request.form.get("entry", "")
    entry = queries.entry(bytes.fromhex(sent), me.id) if _ENTRY.fullmatch(sent) else None
    back_to = entry.item_id if entry and entry.act != "second" else None  # its page shows the first coder's codes
    try:
        session.check_form(showing.FORM)
        if entry is not None:
            _need_the_text(entry, me)
            taking_back.undo(entry, me)
    except Refusal as refusal:
        db.db.session.rollback()
        db.begin_reading()
        return _page(409 if isinstance(refusal, NotUndone | changing.Changed) else 422, problem=_(str(refusal)))
    db.db.session.commit()
    counting.forget()
    if back_to and me.role == "moderator":
        return redirect(url_for("moderation.text", text_id=back_to.hex(), said="undone"), 303)
    return redirect(url_for("undoing.acts", said="undone"), 303)


def _need_the_text(entry: UndoEntry, me: User) -> None:
    """Nobody else may be reading the text just now."""
    item = texts.item(entry.item_id, me) if entry.item_id else None
    if item is not None:
        claims.need(item, me)


def _page(status: int = 200, **more: Any) -> Response:
    if hypermedia.is_fragment() and status == 409:
        status = 422  # htmx would drop a 409 unseen
    return hypermedia.render(
        "desk/moderation/undoing/acts.html", "desk/moderation/undoing/_acts.html", status,
        acts=showing.last(session.user()), form_id=showing.FORM, **more,
    )  # fmt: skip
