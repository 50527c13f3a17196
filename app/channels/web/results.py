"""What was said and what was done: stored pages and files, sent as they were made. Nothing is computed here."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, jsonify, make_response, render_template, request

from app.channels.web.wording import only_chosen
from app.core import clock, config, db, i18n
from app.core.access import PUBLIC, access
from app.publication import published, told
from app.publication.formats import by_name, wording
from app.publication.formats import page as pages
from app.publication.models import Release, Told
from app.publication.periods import Period

results = Blueprint("results", __name__)
results.before_request(only_chosen)

CACHED = "public, max-age=600"
PERIOD = re.compile(r"\d{4}(-(M\d\d|Q\d|H\d))?", re.ASCII)
NEWEST = 50
FEED_LANGUAGE = "da"


@results.get("/resultater")
@access(PUBLIC)
def index() -> Response:
    """What was done, and every release."""
    _refuse_questions("lang")
    db.begin_reading()
    lang = _page_language()
    content = render_template(
        "web/results.html",
        **pages.names_of(lang),
        deeds=[pages.told(told.deed(item), lang) for item in told.live()],
        releases=[_listed(one, lang) for one in published.published()],
        next_on=wording.day(next_figures(clock.today()), lang),
    ).encode()
    return _page(content, hashlib.sha256(content).hexdigest(), lang)


@results.get("/resultater/<release_id>")
@results.get("/resultater/<release_id>/<table>")
@access(PUBLIC)
def release(release_id: str, table: str = "") -> Response:
    """A frozen page: a whole release, or one of its tables."""
    _refuse_questions("lang")
    lang = _page_language()
    stored = _stored(release_id, "html", part=table, lang=lang)
    return _page(stored.content, stored.sha256, stored.lang)


@results.get("/api/v1/releases")
@access(PUBLIC)
def releases_list() -> Response:
    """Every release for machines, newest first."""
    _refuse_questions()
    db.begin_reading()
    listed = [
        {
            "id": one.id,
            "catalogue": one.catalogue,
            "period": one.period,
            "published_on": str(one.published_on),
            "hash": one.hash,
            "title": {lang: wording.period(one.period, lang) for lang in ("da", "en")},
            "links": {
                "json": _address(f"/api/v1/releases/{one.id}.json"),
                "csv": _address(f"/api/v1/releases/{one.id}.csv"),
                "html": _address(f"/resultater/{one.id}"),
            },
        }
        for one in published.published()
    ]
    response = jsonify(listed)
    return _cached(response, hashlib.sha256(response.get_data()).hexdigest())


@results.get("/api/v1/releases/<release_id>.<any(json, csv):format_name>")
@access(PUBLIC)
def release_file(release_id: str, format_name: str) -> Response:
    """The stored bytes of one release."""
    _refuse_questions()
    stored = _stored(release_id, format_name)
    response = make_response(stored.content)
    response.headers["Content-Type"] = by_name(format_name).mimetype
    if format_name == "csv":
        response.headers["Content-Disposition"] = f'attachment; filename="gadens-stemme-{release_id}.csv"'
    return _cached(response, stored.sha256)


@results.get("/resultater.atom")
@access(PUBLIC)
def feed() -> Response:
    """Releases and what was done, as a feed in Danish."""
    _refuse_questions()
    db.begin_reading()
    i18n.use(FEED_LANGUAGE)
    entries = [_release_entry(one) for one in published.published()] + [_deed_entry(item) for item in told.live()]
    entries = sorted(entries, key=lambda entry: (entry["day"], entry["id"]), reverse=True)[:NEWEST]
    base = config.settings().public_base_url
    content = render_template(
        "web/results_feed.xml",
        base=base,
        host=urlsplit(base).hostname,
        updated=entries[0]["day"] if entries else "2026-01-01",
        entries=entries,
    ).encode()
    response = make_response(content)
    response.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    return _cached(response, hashlib.sha256(content).hexdigest())


def next_figures(today: date) -> date:
    """The day on which the next quarter may be published."""
    quarters = (Period(year, "Q", nth) for year in (today.year - 1, today.year) for nth in range(1, 5))
    return next(day for quarter in quarters if (day := quarter.may_be_published_on()) > today)


def _stored(release_id: str, format_name: str, *, part: str = "", lang: str = "") -> published.Stored:
    """The stored bytes, or there is no such page."""
    if not PERIOD.fullmatch(release_id):
        abort(404)
    db.begin_reading()
    stored = published.rendering(release_id, format_name, part=part, lang=lang)
    return stored if stored is not None else abort(404)


def _refuse_questions(*known: str) -> None:
    """There is no filter and no free table: an unknown parameter is an unknown address."""
    if set(request.args) - set(known):
        abort(404)


def _page_language() -> str:
    """The language of the reader, or the nearest one these pages are made in."""
    wanted = (i18n.current(), *i18n.fallbacks(i18n.current()))
    return next((lang for lang in wanted if lang in pages.LANGUAGES), "da")


def _page(content: bytes, sha256: str, lang: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = by_name("html").mimetype
    response.headers["Content-Language"] = lang
    response.headers["Vary"] = "Accept-Language"
    return _cached(response, sha256)


def _cached(response: Response, sha256: str) -> Response:
    """To be kept for ten minutes; the tag is the hash of what was made."""
    response.headers["Cache-Control"] = CACHED
    response.set_etag(sha256)
    response.make_conditional(request)
    return response


def _listed(one: Release, lang: str) -> Mapping[str, str]:
    day = wording.day(one.published_on or date.min, lang)
    return {"id": one.id, "title": wording.period(one.period, lang), "published_on": day}


def _release_entry(one: Release) -> dict[str, Any]:
    title = wording.period(one.period, FEED_LANGUAGE)
    return {
        "kind": "release",
        "id": one.id,
        "title": title,
        "day": str(one.published_on),
        "path": f"/resultater/{one.id}",
        "json": f"/api/v1/releases/{one.id}.json",
        "summary": title,
    }


def _deed_entry(item: Told) -> dict[str, Any]:
    return {
        "kind": "action" if item.code.startswith("A") else "decision",
        "id": item.code,
        "title": item.body_da,
        "day": str(item.decided_on),
        "path": "/resultater",
        "json": "",
        "summary": item.said_da,
    }


def _address(path: str) -> str:
    return f"{config.settings().public_base_url}{path}"
