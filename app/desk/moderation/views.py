"""Pages of moderation: the queue and one text."""

from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core import db, hypermedia, i18n
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.accounts.models import User
from app.desk.moderation import (
    acts,
    changing,
    forms,
    labels,
    marks,
    masks,
    opening,
    panels,
    queries,
    queue,
    reading,
    states,
)  # fmt: skip
from app.desk.moderation.codebook import codes
from app.desk.moderation.codebook import queries as code_queries
from app.desk.moderation.keyboard.keys import Keys
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.suggesting import suggestions

pages = Blueprint("moderation", __name__, url_prefix="/desk")
FORM = "text"


@pages.get("/queue")
@access("moderator")
def texts() -> Response:
    """What waits, or what was decided; no words before a text is opened."""
    db.begin_reading()
    me, tray = session.user(), queue.tray(request.args.get("tray"))
    rows = (queue.texts if tray.state else queue.approved)(tray, me, request.args.get("after"))
    shown = rows[: queue.PAGE]
    return hypermedia.render(
        "desk/moderation/queue.html",
        "desk/moderation/_queue_swap.html",
        tray=tray,
        rows=shown,
        tags=_tags(shown) if not tray.state else {},
        book=codes.book(),
        after=queue.place_of(shown[-1]) if tray.state and len(rows) > queue.PAGE else None,
        after_statement=queue.place_of_statement(shown[-1]) if not tray.state and len(rows) > queue.PAGE else None,
        me_id=me.id,
        **_around(me),
    )


@pages.get("/statements/<text_id>")
@access("moderator", "analyst")
def text(text_id: str) -> Response:
    """One text: to be read, or as it was decided. An analyst gets approved ones, with the quarter for the week."""
    db.begin_reading()
    return _page(_item(text_id))


@pages.get("/statements/<text_id>/skip")
@access("moderator")
def skip(text_id: str) -> AnyResponse:
    """The one after this; what is skipped comes back last."""
    db.begin_reading()
    return _to_next(session.user(), _item(text_id), None)


@pages.post("/statements/<text_id>/<any(approve, reject, hold, escalate):act>")
@access("moderator")
def decide(text_id: str, act: str) -> AnyResponse:
    """A decision about a text, then the next one."""
    me, item = session.user(), _item(text_id)
    try:
        session.check_form(FORM)
        is_repeated = reading.is_done_already(item, forms.version(request.form), acts.DECIDED[act], me)
        said = acts.REPEATED[item.state] if is_repeated else acts.DECISIONS[act](item, request.form, me)
    except Refusal as refusal:
        return _refused(text_id, refusal)
    db.db.session.commit()
    db.begin_reading()
    return _to_next(me, item, said)


@pages.post("/statements/<text_id>/<any(mask, unmask, cover, reopen, tag):act>")
@access("moderator")
def change(text_id: str, act: str) -> AnyResponse:
    """A change to a text that stays open."""
    item = _item(text_id)
    try:
        session.check_form(FORM)
        said = acts.CHANGES[act](item, request.form, session.user())
    except Refusal as refusal:
        return _refused(text_id, refusal)
    db.db.session.commit()
    return redirect(url_for("moderation.text", text_id=text_id, said=said), 303)


@pages.post("/statements/<text_id>/look")
@access("moderator")
def look(text_id: str) -> Response:
    """The words behind one mask, in this answer only."""
    item, place = _item(text_id), forms.place(request.form)
    try:
        session.check_form(FORM)
        words = masks.look(item, place, request.form.get("reason", ""))
    except Refusal as refusal:
        return _refused(text_id, refusal)
    db.db.session.commit()
    db.begin_reading()
    return _page(item, looked={place: words})


def _item(text_id: str) -> AnyRow:
    """The text of this address; 404 alike for one that is unknown and one behind the wall."""
    answer_id, me = forms.answer_id(text_id), session.user()
    item = queries.item(answer_id, me) if answer_id else None
    if item is None or (me.role == "analyst" and item.state not in states.READABLE):
        abort(404)
    return item


def _page(item: AnyRow, *, status: int = 200, **more: Any) -> Response:
    me = session.user()
    response = hypermedia.render(
        "desk/moderation/text.html",
        "desk/moderation/_text_swap.html",
        status,
        item=item,
        text_id=item.answer_id.hex(),
        book=codes.book(),
        me_id=me.id,
        is_moderator=me.role == "moderator",
        **_around(me) | _read(item, me) | more,
    )
    if hypermedia.is_fragment() and request.args.get("said") in ("approved", "rejected", "asked", "held", "escalated"):
        response.headers["HX-Push-Url"] = request.path
    return response


def _read(item: AnyRow, me: User) -> dict[str, Any]:
    """The readable text, or the opened one with its marks, with the panels around it; nothing of a rejected text."""
    words = _words_of(item, me)
    return panels.around(item, words.get("opened"), words.get("statement"), me) | words


def _words_of(item: AnyRow, me: User) -> dict[str, Any]:
    """The readable text, or the opened one with its marks; nothing of a rejected text."""
    if item.state in states.READABLE:
        statement = queries.statement(item.answer_id, me)
        return {"statement": statement, "tags": _tags([statement] if statement else [])}
    if item.state not in states.UNDECIDED:
        return {}
    try:
        opened = opening.open_(item)
    except opening.CannotRead as refusal:
        return {"unreadable": str(refusal)}
    chips = suggestions.chips(opened.masked) if item.lang == "da" else []
    return {"opened": opened, "chips": chips, "chosen_types": marks.CHOSEN}


def _around(me: User) -> dict[str, Any]:
    """What every page of moderation shows beside its own matter."""
    word = request.args.get("said", "")
    said = _(labels.SAID[word], left=queue.left(me)) if word in labels.SAID else None
    is_reader = me.role == "moderator"
    return {
        "said": said,
        "just": word if word in labels.SAID else None,
        "labels": labels,
        "states": states,
        "trays": queue.TRAYS if is_reader else (),
        "counts": queue.counts(me) if is_reader else {},
        "in_danish": _in_danish(),
        "form_id": FORM,
        "flag_keys": labels.FLAGS,
        "key_cap": Keys().cap,
    }


def _tags(statements: Any) -> dict[bytes, list[str]]:
    found: dict[bytes, list[str]] = {row.id: [] for row in statements}
    for statement_id, key in code_queries.codes_of(found):
        found[statement_id].append(key)
    return found


def _refused(text_id: str, refusal: Refusal) -> Response:
    """The page again with what was filled in: 409 where somebody was faster, else 422."""
    db.db.session.rollback()
    db.begin_reading()
    is_stale = isinstance(refusal, changing.Changed) and not hypermedia.is_fragment()  # htmx would drop a 409 unseen
    found = refusal.found if isinstance(refusal, reading.StillThere) else ()
    return _page(
        _item(text_id),
        status=409 if is_stale else 422,
        problem=_(str(refusal)),
        still_there=found,
        kept=forms.kept(request.form),
        mask_failed=request.path.endswith("/mask"),
    )


def _to_next(me: User, item: AnyRow, said: str | None) -> AnyResponse:
    following = queue.next_text(me, after=item)
    if following is None:
        return redirect(url_for("moderation.texts", said=said), 303)
    return redirect(url_for("moderation.text", text_id=following.hex(), said=said), 303)


def _in_danish() -> bool:
    return i18n.current() == "da"
