"""Files to take along: each release in every format, what the codes mean, and a year in one archive. Stored bytes."""

import re

from flask import Response, abort, make_response, render_template, request

from app.channels.web import sending
from app.core import db, i18n, pdf
from app.core.access import PUBLIC, access
from app.publication import published
from app.publication.formats import PDF, by_name, wording
from app.publication.formats import page as pages
from app.publication.opendata import open_files

PERIOD = re.compile(r"\d{4}(-(M\d\d|Q\d|H\d))?(-text)?", re.ASCII)
SHOWN_IN_THE_BROWSER = ("json", "pdf")
WORDED = ("xlsx", "docx", "pdf")
"""What is made in several languages; what machines read is not."""
LATER = "60"
"""Seconds after which a PDF that is being made may be there."""
MIMETYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@access(PUBLIC)
def release_file(release_id: str, format_name: str) -> Response:
    """One release in one format; what people open is there in Danish and, with `lang`, in English."""
    sending.refuse_questions(*(("lang",) if format_name in WORDED else ()))
    lang = request.args.get("lang", "da")
    if not PERIOD.fullmatch(release_id) or lang not in i18n.LANGUAGES:
        abort(404)
    db.begin_reading()
    worded = published.rendering(release_id, format_name, lang=lang) if format_name in WORDED else None
    stored = worded or published.rendering(release_id, format_name)
    if stored is None:
        return _no_pdf(release_id) if format_name == PDF.name else abort(404)
    called = f"{release_id}.{stored.lang}" if stored.lang not in ("", "da") else release_id
    name = "" if format_name in SHOWN_IN_THE_BROWSER else f"gadens-stemme-{called}.{format_name}"
    return _file(stored.content, stored.sha256, by_name(format_name).mimetype, name)


@access(PUBLIC)
def dictionary(format_name: str) -> Response:
    """What the codes mean, and how people were asked."""
    sending.refuse_questions()
    db.begin_reading()
    content, sha256 = open_files.get(f"dictionary.{format_name}") or abort(404)
    name = "gadens-stemme-dictionary.csv" if format_name == "csv" else ""
    return _file(content, sha256, MIMETYPES[format_name], name)


@access(PUBLIC)
def archive(year: int) -> Response:
    """Every release of a year, with what is needed to read and to check them."""
    sending.refuse_questions()
    db.begin_reading()
    content, sha256 = open_files.get(f"{year}.zip") or abort(404)
    return _file(content, sha256, "application/zip", f"gadens-stemme-{year}.zip")


def _file(content: bytes, sha256: str, mimetype: str, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = mimetype
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return sending.cached(response, sha256)


def _no_pdf(release_id: str) -> Response:
    """It takes seconds and libraries to make, so it may come later than the figures; until then there is the page."""
    found, lang = published.get(release_id), sending.page_language()
    if found is None:
        abort(404)
    content = render_template(
        "web/results_no_pdf.html",
        **pages.names_of(lang),
        release_id=release_id,
        title=wording.release(found.catalogue, found.period, lang),
        packages=" ".join(pdf.PACKAGES),
    )
    response = make_response(content, 503)
    response.headers["Retry-After"], response.headers["Content-Language"] = LATER, lang
    response.headers["Cache-Control"] = "no-store"
    return response
