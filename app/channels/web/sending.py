"""How results leave the house: no filters, the nearest language they are made in, a tag, ten minutes in a cache."""

import hashlib
import json
from typing import Any

from flask import Response, abort, make_response, request

from app.core import i18n
from app.publication.formats import by_name
from app.publication.formats.page import LANGUAGES

CACHED = "public, max-age=600"


def refuse_questions(*known: str) -> None:
    """There is no filter and no free table: an unknown parameter is an unknown address."""
    if set(request.args) - set(known):
        abort(404)


def page_language() -> str:
    """The language of the reader, or the nearest one these pages are made in."""
    wanted = (i18n.current(), *i18n.fallbacks(i18n.current()))
    return next((lang for lang in wanted if lang in LANGUAGES), "da")


def page(content: bytes, lang: str, sha256: str = "") -> Response:
    """A page for people in a language, with the hash it was stored with, if it was stored."""
    response = make_response(content)
    response.headers["Content-Type"] = by_name("html").mimetype
    response.headers["Content-Language"] = lang
    response.headers["Vary"] = "Accept-Language"
    return cached(response, sha256)


def data(document: Any) -> Response:
    """A document for machines, or one that is written out already."""
    content = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return cached(Response(f"{content}\n", mimetype="application/json"))


def cached(response: Response, sha256: str = "") -> Response:
    """To be kept for ten minutes; the tag is the hash of what was made."""
    response.headers["Cache-Control"] = CACHED
    response.set_etag(sha256 or hashlib.sha256(response.get_data()).hexdigest())
    response.make_conditional(request)
    return response
