"""The pages about languages: how far each is on each channel, its sentences, and what a place shows."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import db, i18n
from app.core.access import access
from app.desk.accounts import session
from app.desk.admin import languages
from app.surveys import catalogues, review_states, sites
from app.surveys import queries as surveys
from app.surveys.models import Site

pages = Blueprint("languages", __name__, url_prefix="/languages")
READERS = ("moderator", "admin")


@pages.get("")
@access(*READERS)
def index() -> Response:
    """Every language on every channel, and which places show it."""
    db.begin_reading()
    listed = surveys.sites()
    asked, earlier = review_states.asked_now(listed), review_states.every_version()
    page = render_template(
        "desk/admin/languages.html",
        found={lang: review_states.of(lang, asked, earlier) for lang in i18n.LANGUAGES},
        shown_at={lang: [site for site in listed if lang in site.languages] for lang in i18n.LANGUAGES},
        sites=listed,
        reviewed=i18n.REVIEWED,
        channels=languages.CHANNELS,
        states=languages.STATES,
    )
    return make_response(page)


@pages.get("/<any(" + ", ".join(i18n.LANGUAGES) + "):code>/<any(web, kiosk, sms, paper):channel>")
@access(*READERS)
def sentences(code: str, channel: str) -> Response:
    """Our own sentences of a channel beside the Danish, for somebody who can read them."""
    page = render_template(
        "desk/admin/language.html",
        code=code,
        code_dir=i18n.direction(code),
        sentences=catalogues.sentences(code, channel),
        channel=languages.CHANNELS[channel],
        states=languages.STATES,
        legible=languages.legible,
    )
    return make_response(page)


@pages.get("/places/<code>")
@access(*READERS)
def show_place(code: str) -> Response:
    """Which languages one place shows."""
    db.begin_reading()
    page = render_template(
        "desk/admin/language_choice.html", site=_site(code), optional=languages.OPTIONAL, reviewed=i18n.REVIEWED
    )
    return make_response(page)


@pages.post("/places/<code>")
@access("admin")
def choose(code: str) -> AnyResponse:
    """Show just the languages that are ticked."""
    session.check_form("site.languages")
    site = _site(code)
    languages.choose(site, request.form.getlist("lang"))
    db.db.session.commit()
    return redirect(url_for("admin.languages.show_place", code=site.code), 303)


def _site(code: str) -> Site:
    site = sites.by_code(code)
    if site is None:
        abort(404)
    return site
