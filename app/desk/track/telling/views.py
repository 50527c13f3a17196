"""Pages of what is told back: written for each channel, looked at from every side, approved, taken down."""

from collections.abc import Mapping

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db, hypermedia, i18n
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import audit, session
from app.desk.track import clocks, links, reading
from app.desk.track.telling import abouts, measuring, overview, queries, telling
from app.desk.track.telling.abouts import About
from app.desk.track.telling.tasks import TELLERS
from app.publication import told
from app.publication.models import TOLD_ON
from app.publication.told import LANGUAGES, Wording

pages = Blueprint("telling", __name__, url_prefix="/track/telling")


@pages.get("")
@access(*TELLERS)
def index() -> Response:
    """Everything that is told, drafted, or public and not told yet."""
    db.begin_reading()
    page = render_template("desk/track/telling/index.html", listed=overview.rows(), today=clock.today(), **_names())
    return make_response(page)


@pages.get("/<code>")
@access(*TELLERS)
def show(code: str) -> Response:
    """What is told of one decision or action, as each channel shows it."""
    db.begin_reading()
    return _page(_about(code))


@pages.get("/<code>/edit")
@access(*TELLERS)
def edit(code: str) -> Response:
    """The words of every channel and language in one form, with what each has room for."""
    db.begin_reading()
    about = _about(code)
    last = telling.newest(code)
    written = {place: Wording(*place, one.said, one.body) for place, one in last.items()}
    outcome = about.outcome or next((one.outcome for one in last.values()), "")
    return _form(about, outcome, written)


@pages.post("/<code>")
@access(*TELLERS)
def save(code: str) -> AnyResponse:
    """Keep what was written as drafts; asked to `measure`, only look at it."""
    about = _about(code)
    session.check_form("telling")
    if "measure" in request.form or hypermedia.is_fragment():
        db.begin_reading()
        return _form(about, _outcome(about), _written())
    drafts = telling.write(code, _outcome(about), _written().values(), session.user())
    return _done(code, "telling.write", len(drafts))


@pages.post("/<code>/approve")
@access(*TELLERS)
def approve(code: str) -> AnyResponse:
    """Somebody else approves what was read, and it is told as soon as everybody may know."""
    _about(code)
    session.check_form("telling.approve")
    n = telling.approve(code, request.form.getlist("read"), session.user(), clock.today())
    return _done(code, "telling.approve", n)


@pages.post("/<code>/take-down")
@access(*TELLERS)
def take_down(code: str) -> AnyResponse:
    """Off every page, tablet and text message."""
    _about(code)
    session.check_form("telling.take_down")
    n = telling.take_down(code, request.form.getlist("read"), clock.today())
    return _done(code, "telling.take_down", n)


@pages.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """An expected no, on the page it was asked on, with everything that was written."""
    db.db.session.rollback()
    db.begin_reading()
    about = _about((request.view_args or {})["code"])
    if "said.web.da" in request.form:
        return _form(about, _outcome(about), _written(), refusal)
    return _page(about, refusal)


def _page(about: About, refusal: Refusal | None = None) -> Response:
    standing = telling.of(about.code)
    names = queries.first_names()
    wordings = [(one, measuring.measure(one.outcome, telling.wording(one), names)) for one in standing]
    drafts = [one for one in standing if one.state == "drafted"]
    page = render_template(
        "desk/track/telling/telling.html",
        about=about,
        channels=[(name, [pair for pair in wordings if pair[0].channel == name]) for name in TOLD_ON],
        to_approve=[one for one in drafts if one.drafted_by_id != session.user().id],
        is_own=any(one.drafted_by_id == session.user().id for one in drafts),
        told=[one for one in standing if one.state != "drafted"],
        earlier=[(one, measuring.measure(one.outcome, telling.wording(one))) for one in telling.earlier(about.code)],
        clock=overview.clock(about.code),
        today=clock.today(),
        refusal=refusal,
        **_names(),
    )
    return make_response(page, 422 if refusal else 200)


def _form(
    about: About, outcome: str, written: Mapping[tuple[str, str], Wording], refusal: Refusal | None = None
) -> Response:
    names = queries.first_names()
    measures = {
        place: measuring.measure(outcome or "did", written[place], names)
        for place in written
        if written[place].said or written[place].body
    }
    return hypermedia.render(
        "desk/track/telling/form.html",
        "desk/track/telling/_measures.html",
        422 if refusal else 200,
        about=about,
        outcome=outcome,
        written=written,
        measures=measures,
        is_swap=hypermedia.is_fragment(),
        refusal=refusal,
        **_names(),
    )


def _about(code: str) -> About:
    return abouts.of(code) or abort(404)


def _outcome(about: About) -> str:
    return about.outcome or reading.field("outcome")


def _written() -> dict[tuple[str, str], Wording]:
    places = [(channel, lang) for channel in TOLD_ON for lang in LANGUAGES]
    return {
        (channel, lang): Wording(
            channel, lang, reading.field(f"said.{channel}.{lang}"), reading.field(f"body.{channel}.{lang}")
        )
        for channel, lang in places
    }


def _names() -> dict[str, object]:
    return {
        "channel_names": measuring.CHANNEL_NAMES,
        "languages": LANGUAGES,
        "native": i18n.NATIVE_NAMES,
        "outcomes": told.DONE,
        "said_name": told.SAID,
        "in_language": i18n.translate,
        "longest": told.LONGEST,
        "to": links.to,
        "clock_stands": clocks.stands,
    }


def _done(code: str, act: str, n: int) -> AnyResponse:
    if n:
        audit.record(act, code, count=n)
    db.db.session.commit()
    return redirect(url_for("track.telling.show", code=code), 303)
