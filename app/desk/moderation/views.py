"""Pages of moderation: the queue and one text."""

from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core import db, hypermedia
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.accounts.models import User
from app.desk.moderation import (
    acts,
    changing,
    forms,
    labels,
    listing,
    marks,
    masks,
    opening,
    panels,
    queries,
    reading,
    states,
    surroundings,
)  # fmt: skip
from app.desk.moderation.codebook import codes
from app.desk.moderation.dealing import claims, counting, dealing, trays
from app.desk.moderation.dealing.queries import Place
from app.desk.moderation.filters import facets
from app.desk.moderation.keyboard import keys
from app.desk.moderation.queries import AnyRow

pages = Blueprint("moderation", __name__, url_prefix="/desk")
FORM = surroundings.FORM


@pages.get("/queue")
@access("moderator")
def texts() -> Response:
    """What waits, or what was decided; no words before a text is opened."""
    db.begin_reading()
    response = listing.page(session.user(), request.args)
    if hypermedia.is_fragment():
        response.headers["HX-Push-Url"] = url_for("moderation.texts", **_within())
    return response


@pages.get("/statements/<text_id>")
@access("moderator", "analyst")
def text(text_id: str) -> Response:
    """One text: to be read, or as it was decided. An analyst gets approved ones, with the quarter for the week."""
    db.begin_reading()
    item, me = _item(text_id), session.user()
    is_opened = request.method == "GET" and me.role == "moderator"  # a HEAD asks whether it is there, and opens nothing
    if is_opened and item.state in states.UNDECIDED and not claims.is_mine(item, me):
        item = _claimed(item, me)
    return _page(item)


@pages.get("/statements/<text_id>/<any(next, previous):way>")
@access("moderator")
def step(text_id: str, way: str) -> AnyResponse:
    """The text beside this one in the list, whoever reads it; nothing is decided."""
    db.begin_reading()
    me, shown, item = session.user(), facets.parse(request.args), _item(text_id)
    tray = trays.tray(shown.tray)
    place = _place(item, me, tray)
    found = (dealing.following if way == "next" else dealing.preceding)(tray, shown, me, place) if place else None
    if found is None:
        return redirect(url_for("moderation.texts", **shown.address), 303)
    return redirect(url_for("moderation.text", text_id=found.hex(), **shown.address), 303)


@pages.get("/queue/<any(first):_place>")
@access("moderator")
def begin(_place: str) -> AnyResponse:
    """The first text to read of a queue."""
    db.begin_reading()
    return _to_next(session.user(), None, None)


@pages.post("/statements/<text_id>/skip")
@access("moderator")
def skip(text_id: str) -> AnyResponse:
    """The next one; this comes back last."""
    me, item = session.user(), _item(text_id)
    try:
        session.check_form(FORM)
    except Refusal as refusal:
        return _refused(text_id, refusal)
    if item.state in states.UNDECIDED:
        dealing.skip(item, me)
    db.db.session.commit()
    db.begin_reading()
    return _to_next(me, item, "skipped")


@pages.post("/statements/<text_id>/<any(approve, reject, hold, escalate):act>")
@access("moderator")
def decide(text_id: str, act: str) -> AnyResponse:
    """A decision about a text, then the next one."""
    me, item = session.user(), _item(text_id)
    try:
        session.check_form(FORM)
        is_repeated = reading.is_done_already(item, forms.version(request.form), acts.DECIDED[act], me)
        said = acts.REPEATED[item.state] if is_repeated else _decided(item, act, me)
    except Refusal as refusal:
        return _refused(text_id, refusal)
    db.db.session.commit()
    db.begin_reading()
    return _to_next(me, item, said)


@pages.post("/statements/<text_id>/<any(mask, remask, unmask, cover, translate, reopen, tag):act>")
@access("moderator")
def change(text_id: str, act: str) -> AnyResponse:
    """A change to a text that stays open."""
    me, item = session.user(), _item(text_id)
    try:
        session.check_form(FORM)
        claims.need(item, me)
        said = acts.CHANGES[act](item, request.form, me)
    except Refusal as refusal:
        return _refused(text_id, refusal)
    db.db.session.commit()
    counting.decided()
    if act == "translate":  # what is ticked beside the translation is not lost
        db.begin_reading()
        kept = {**forms.kept(request.form), "translation": None}
        return _page(_item(text_id), kept=kept, said=_(labels.SAID[said]), just=said)
    return redirect(url_for("moderation.text", text_id=text_id, said=said, **_within()), 303)


@pages.post("/statements/<text_id>/look")
@access("moderator")
def look(text_id: str) -> Response:
    """The words behind one mask, in this answer only."""
    me, item, place = session.user(), _item(text_id), forms.place(request.form)
    try:
        session.check_form(FORM)
        claims.need(item, me)
        words = masks.look(item, place, request.form.get("reason", ""))
    except Refusal as refusal:
        return _refused(text_id, refusal)
    db.db.session.commit()
    db.begin_reading()
    return _page(item, looked={place: words})


def _claimed(item: AnyRow, me: User) -> AnyRow:
    """Opening a text takes the claim. Where no turn to write comes in time, it may be read all the same."""
    db.db.session.rollback()
    try:
        claims.take(item, me)
        db.db.session.commit()
    except db.UNAVAILABLE:
        db.db.session.rollback()
    db.begin_reading()
    return _item(item.answer_id.hex())


def _decided(item: AnyRow, act: str, me: User) -> str:
    claims.need(item, me)
    said = acts.DECISIONS[act](item, request.form, me)
    if said == "approved":
        chosen = forms.chosen(request.form)
        keys.used(me, (chosen.codes | chosen.accepted) - set(labels.FLAGS))
    claims.end(item)
    counting.decided()
    return said


def _place(item: AnyRow, me: User, tray: trays.Tray) -> Place | None:
    """Where a text stands in the list of its tray."""
    if tray.state:
        return item.turn, item.week, item.answer_id
    found = queries.statement(item.answer_id, me)
    return (0, found.week, found.id) if found else None


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
        **surroundings.around(me, request.args) | _read(item, me) | more,
    )
    if hypermedia.is_fragment() and request.args.get("said") in labels.LED_ON:
        response.headers["HX-Push-Url"] = url_for("moderation.text", text_id=item.answer_id.hex(), **_within())
    return response


def _read(item: AnyRow, me: User) -> dict[str, Any]:
    """The readable text, or the opened one with its marks, with the panels around it; nothing of a rejected text."""
    words = _words_of(item, me)
    return panels.around(item, words.get("opened"), words.get("statement"), me) | words


def _words_of(item: AnyRow, me: User) -> dict[str, Any]:
    """The readable text, or the opened one with its marks; nothing of a rejected text."""
    if item.state in states.READABLE:
        statement = queries.statement(item.answer_id, me)
        return {"statement": statement, "tags": surroundings.codes_of([statement] if statement else [])}
    if item.state not in states.UNDECIDED:
        return {}
    try:
        opened = opening.open_(item)
    except opening.CannotRead as refusal:
        return {"unreadable": str(refusal)}
    holder = claims.holder(item, me)
    return {"opened": opened, "chosen_types": marks.CHOSEN, "holder": holder}


def _refused(text_id: str, refusal: Refusal) -> Response:
    """The page again with what was filled in: 409 where somebody was faster, else 422."""
    db.db.session.rollback()
    db.begin_reading()
    is_stale = isinstance(refusal, changing.Changed) and not hypermedia.is_fragment()  # htmx would drop a 409 unseen
    found = refusal.found if isinstance(refusal, reading.StillThere) else ()
    item = _item(text_id)
    return _page(
        item,
        status=409 if is_stale else 422,
        problem=_(str(refusal)),
        changed_to=labels.STATES.get(item.state) if isinstance(refusal, changing.Changed) else None,
        still_there=found,
        kept=forms.kept(request.form),
        mask_failed=request.path.endswith(("/mask", "/remask")),
    )


def _to_next(me: User, item: AnyRow | None, said: str | None) -> AnyResponse:
    shown = facets.parse(request.args)
    if trays.tray(shown.tray).state not in states.UNDECIDED:
        shown = facets.Facets()  # from a list of decided texts the way leads on to what is to be read
    after = (item.turn, item.week, item.answer_id) if item else None
    following = dealing.next_text(trays.tray(shown.tray), shown, me, after)
    if following is None:
        return redirect(url_for("moderation.texts", said=said, **shown.address), 303)
    return redirect(url_for("moderation.text", text_id=following.hex(), said=said, **shown.address), 303)


def _within() -> dict[str, Any]:
    """The facets of this address, which go on to the next one."""
    return facets.parse(request.args).address
