"""Pages of other offers: their kinds, which an administrator words, and where they exist."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import audit, session
from app.desk.track import reading
from app.publication import tree
from app.publication.presence import municipalities, offers
from app.publication.presence.offers import Kind

pages = Blueprint("offers", __name__, url_prefix="/offers")
READERS = ("staff", "moderator", "council", "analyst", "admin")
EDITORS = ("admin",)
SCOUTS = ("council", "analyst", "admin")
"""Who may say that an offer exists somewhere."""
FORM, NEARBY = "offer", "offer.nearby"
NEW = "new"


@pages.get("")
@access(*READERS)
def index() -> Response:
    """Every kind, and where each is known to exist."""
    db.begin_reading()
    return _list()


@pages.get("/<key>")
@access(*EDITORS)
def edit(key: str) -> Response:
    """One kind in a form; `new` is an empty one."""
    db.begin_reading()
    return _form(_kind(key))


@pages.post("/<key>")
@access(*EDITORS)
def save(key: str) -> AnyResponse:
    """The kind as the form words it."""
    session.check_form(FORM)
    written = _written(key)
    try:
        key = offers.new_key(written.name) if key == NEW else _kind(key).key
        offers.save(Kind(**{**vars(written), "key": key}), clock.today())
    except Refusal as refusal:
        db.db.session.rollback()
        return _form(written, refusal)
    return _done("offer.save", key)


@pages.post("/<key>/overview")
@access(*EDITORS)
def take_back(key: str) -> AnyResponse:
    """As the Council's overview words it."""
    session.check_form(FORM)
    offers.take_back(_kind(key).key)
    return _done("offer.overview", key)


@pages.post("/nearby")
@access(*SCOUTS)
def note() -> AnyResponse:
    """An offer exists in an area, or not any more."""
    session.check_form(NEARBY)
    area, key = reading.field("area"), reading.field("offer")
    try:
        if request.form.get("act") == "forget":
            offers.forget_nearby(area, key)
        else:
            offers.note_nearby(
                area, key, source=reading.field("source"), seen_on=reading.day("seen_on"), today=clock.today()
            )
    except Refusal as refusal:
        db.db.session.rollback()
        db.begin_reading()
        return _list(refusal)
    return _done("offer.nearby", f"{area} {key}")


def _done(act: str, about: str) -> AnyResponse:
    audit.record(act, about)
    db.db.session.commit()
    return redirect(url_for("track.offers.index"), 303)


def _kind(key: str) -> Kind:
    if key == NEW:
        return Kind(NEW, "", "not_stated", "", "")
    return offers.kind(key) or abort(404)


def _written(key: str) -> Kind:
    return Kind(
        key,
        reading.field("name"),
        reading.field("referral"),
        reading.field("target_group"),
        reading.field("basis"),
        is_shown=request.form.get("is_shown") == "yes",
    )


def _form(kind: Kind, refusal: Refusal | None = None) -> Response:
    page = render_template(
        "desk/track/presence/offer_form.html",
        kind=kind,
        referral=offers.REFERRAL,
        is_of_the_overview=offers.is_of_the_overview(kind.key),
        refusal=refusal and str(refusal),
        form_id=FORM,
    )
    return make_response(page, 422 if refusal else 200)


def _list(refusal: Refusal | None = None) -> Response:
    page = render_template(
        "desk/track/presence/offers.html",
        kinds=offers.kinds(),
        nearby=offers.nearby(),
        areas=municipalities.areas(),
        referral=offers.REFERRAL,
        site_kinds=tree.kind_names(),
        shown_as=offers.shown_as(),
        source=offers.source(),
        editors=EDITORS,
        scouts=SCOUTS,
        written=request.form,
        refusal=refusal and str(refusal),
        form_id=NEARBY,
    )
    return make_response(page, 422 if refusal else 200)
