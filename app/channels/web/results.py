"""What was said and what was done: stored pages and files, sent as they were made. Nothing is computed here."""

import re
from collections.abc import Mapping
from datetime import date

from flask import Blueprint, Response, abort, render_template

from app.channels.web import feed, map_views, open_files, sending, track_files, track_views
from app.channels.web.wording import only_chosen
from app.core import clock, config, db
from app.core.access import PUBLIC, access
from app.publication import published, told
from app.publication.formats import FILES, wording
from app.publication.formats import page as pages
from app.publication.models import Release
from app.publication.periods import Period

results = Blueprint("results", __name__)
results.before_request(only_chosen)
results.get("/resultater.atom")(feed.feed)
results.get("/resultater/kort")(map_views.missing_voices)
results.get("/resultater/spor")(track_views.overview)
results.get("/resultater/spor/<code>")(track_views.one)
results.get("/api/v1/track.json", endpoint="track_file")(track_files.whole)
results.get("/api/v1/releases/<release_id>.<any(json, csv, xlsx, docx, pdf):format_name>")(open_files.release_file)
results.get("/api/v1/dictionary.<any(csv, json):format_name>")(open_files.dictionary)
results.get("/api/v1/opendata/<int:year>.zip", endpoint="opendata")(open_files.archive)
results.get("/api/v1/actions/<code>/outcome.json")(track_files.outcome)
results.get("/api/v1/dossiers/<phase>.zip")(track_files.dossier)

MOST_DEEDS = 10
"""So much of what was done stands on the first page; the track has all of it."""
PERIOD = re.compile(r"\d{4}(-(M\d\d|Q\d|H\d))?", re.ASCII)


@results.get("/resultater")
@access(PUBLIC)
def index() -> Response:
    """What was done, and every release."""
    sending.refuse_questions("lang")
    db.begin_reading()
    lang, deeds = sending.page_language(), told.live()
    content = render_template(
        "web/results.html",
        **pages.names_of(lang),
        deeds=[pages.told(told.deed(item), lang) for item in deeds[:MOST_DEEDS]],
        more=len(deeds) > MOST_DEEDS,
        releases=[_listed(one, lang) for one in published.published()],
        next_on=wording.day(next_figures(clock.today()), lang),
    ).encode()
    return sending.page(content, lang)


@results.get("/resultater/<release_id>")
@results.get("/resultater/<release_id>/<table>")
@access(PUBLIC)
def release(release_id: str, table: str = "") -> Response:
    """A frozen page: a whole release, or one of its tables."""
    sending.refuse_questions("lang")
    lang = sending.page_language()
    stored = _stored(release_id, "html", part=table, lang=lang)
    return sending.page(stored.content, stored.lang, stored.sha256)


@results.get("/api/v1/releases")
@access(PUBLIC)
def releases_list() -> Response:
    """Every release for machines, newest first."""
    sending.refuse_questions()
    db.begin_reading()
    printed = published.printed_formats()
    listed = [
        {
            "id": one.id,
            "catalogue": one.catalogue,
            "period": one.period,
            "published_on": str(one.published_on),
            "hash": one.hash,
            "title": {lang: wording.release(one.catalogue, one.period, lang) for lang in ("da", "en")},
            "links": {
                **{name: _address(f"/api/v1/releases/{one.id}.{name}") for name in FILES if (one.id, name) in printed},
                **({"html": _address(f"/resultater/{one.id}")} if (one.id, "html") in printed else {}),
            },
        }
        for one in published.everything()
    ]
    return sending.data(listed)


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


def _listed(one: Release, lang: str) -> Mapping[str, str]:
    day = wording.day(one.published_on or date.min, lang)
    return {"id": one.id, "title": wording.period(one.period, lang), "published_on": day}


def _address(path: str) -> str:
    return f"{config.settings().public_base_url}{path}"
