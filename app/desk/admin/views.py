"""The start page, places and surveys: the administrator keeps them, others read them."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, config, db, i18n
from app.core.access import ROLES, access
from app.core.errors import Refusal
from app.desk.accounts import audit, navigation, session
from app.desk.admin import (
    answering,
    answering_views,
    editing_views,
    kiosk_setup_views,
    kiosk_views,
    language_views,
    numbers,
    people_views,
    places,
    print_views,
    recording_views,
    site_page,
    tablets,
    writing_views,
)
from app.desk.admin.numbers import Older, Printed
from app.surveys import definition, kiosks, questions, sites, versions
from app.surveys import queries as surveys
from app.surveys.models import Site, SurveyVersion
from app.surveys.questions import Survey

pages = Blueprint("admin", __name__, url_prefix="/desk")
pages.register_blueprint(people_views.pages)
pages.register_blueprint(answering_views.pages)
pages.register_blueprint(writing_views.pages)
pages.register_blueprint(editing_views.pages)
pages.register_blueprint(recording_views.pages)
pages.register_blueprint(kiosk_views.pages)
pages.register_blueprint(language_views.pages)
pages.register_blueprint(kiosk_setup_views.pages)
pages.register_blueprint(print_views.pages)


@dataclass(frozen=True)
class Listed:
    """A version of a survey with what it asks, and the places that use it."""

    version: SurveyVersion
    survey: Survey
    places: list[Site]


@pages.get("")
@access(*ROLES)
def start() -> Response:
    """Where to begin, by role: staff with the printed figures of their place, then what waits."""
    db.begin_reading()
    me = session.user()
    site = sites.by_code(me.site_code) if me.role == "staff" and me.site_code else None
    printed, older = _printed(site) if site else (None, ())
    page = render_template(
        "desk/admin/start.html",
        todo=navigation.open_to(me.role),
        site=site,
        printed=printed,
        older=older,
        results_address=_results_address(),
        waiting=_waiting(site, printed) if site else _pressing() if me.role == "admin" else None,
    )
    return make_response(page)


@pages.get("/sites")
@access(*places.READERS)
def list_sites() -> Response:
    """Every place; staff see their own."""
    db.begin_reading()
    visible = _visible_sites()
    by_kind = {words: [site for site in visible if site.kind == kind] for kind, words in places.KINDS.items()}
    return make_response(render_template("desk/admin/sites.html", by_kind=by_kind))


@pages.get("/sites/<code>")
@access(*places.READERS)
def show_site(code: str) -> Response:
    """One place: how it is reached, when it is open, what it asks."""
    db.begin_reading()
    return _site_page(_site(code))


@pages.post("/sites/<code>/name")
@access("admin")
def rename_site(code: str) -> AnyResponse:
    """Another name."""
    session.check_form("site")
    site = _site(code)
    try:
        places.rename(site, request.form.get("name", ""))
    except Refusal as refusal:
        db.db.session.rollback()
        return _site_page(_site(code), refusal)
    db.db.session.commit()
    return redirect(url_for("admin.show_site", code=site.code), 303)


@pages.post("/sites/<code>/open")
@access("admin")
def open_site(code: str) -> AnyResponse:
    """Open or closed for new answers, as the form says."""
    session.check_form("site")
    site = _site(code)
    places.set_open(site, is_open=request.form.get("is_open") == "yes")
    db.db.session.commit()
    return redirect(url_for("admin.show_site", code=site.code), 303)


@pages.get("/surveys")
@access(*places.READERS)
def list_surveys() -> Response:
    """Every version; staff see those of their place."""
    db.begin_reading()
    page = render_template(
        "desk/admin/surveys.html",
        listed=_listed(),
        channels=places.CHANNELS,
        in_language=questions.in_language,
        number_readers=answering.READERS,
    )
    return make_response(page)


@pages.post("/surveys/<survey_id>/<int:version>/close")
@access("admin")
def close_survey(survey_id: str, version: int) -> AnyResponse:
    """No new conversation begins on this version."""
    session.check_form("survey")
    if surveys.survey_version(survey_id, version) is None:
        abort(404)
    versions.close(survey_id, version)
    audit.record("survey.close", f"{survey_id} {version}")
    db.db.session.commit()
    return redirect(url_for("admin.list_surveys"), 303)


def _visible_sites() -> list[Site]:
    me = session.user()
    return [site for site in surveys.sites() if me.role != "staff" or site.code == me.site_code]


def _site(code: str) -> Site:
    """The place, 404 where there is none or where staff of another place may not look."""
    site, me = sites.by_code(code), session.user()
    if site is None or (me.role == "staff" and site.code != me.site_code):
        abort(404)
    return site


def _site_page(site: Site, refusal: Refusal | None = None) -> Response:
    me, lang, today = session.user(), i18n.current(), clock.today()
    printed, older = _printed(site)
    page = render_template(
        "desk/admin/site.html",
        site=site,
        asked=site_page.asked(site, lang),
        waiting=_waiting(site, printed) if me.role in places.KEEPERS else None,
        tablets=_tablets(site),
        sees_numbers=me.role in numbers.READERS,
        printed=printed,
        older=older,
        week=site_page.week(site, today=today, lang=lang),
        to_call=site_page.lines_to_call(site, lang),
        nearest=site_page.NEAREST,
        administrators=site_page.administrators(),
        results_address=_results_address(),
        citizens_address=f"{config.settings().public_base_url}/s/{site.code}",
        in_language=questions.in_language,
        refusal=refusal and str(refusal),
    )
    return make_response(page, 422 if refusal else 200)


def _results_address() -> str:
    return f"{config.settings().public_base_url}/resultater"


def _printed(site: Site) -> tuple[Printed | None, tuple[Older, ...]]:
    return numbers.newest(site.code, i18n.current()) if session.user().role in numbers.READERS else (None, ())


def _waiting(site: Site, printed: Printed | None) -> list[site_page.Waiting]:
    return site_page.waiting(site, session.user(), _tablets(site), printed, today=clock.today())


def _pressing() -> list[site_page.Waiting]:
    return site_page.pressing(_tablets(), {site.code: site.name for site in surveys.sites()})


def _tablets(site: Site | None = None) -> list[tablets.Tablet]:
    found = kiosks.listed(site.code if site else None)
    shown = tablets.shown(found, now=clock.now(), today=clock.today(), lang=i18n.current())
    return [one for one in shown if one.state != "revoked"]


def _listed() -> list[Listed]:
    visible = _visible_sites()
    used = {site.code: {site.sms_survey, site.web_survey, site.kiosk_survey, site.paper_survey} for site in visible}
    listed = []
    for version in surveys.survey_versions():
        at = [site for site in visible if version.survey_id in used[site.code]]
        if at or session.user().role != "staff":
            listed.append(Listed(version, definition.from_json(version.definition), at))
    return listed
