"""Sends pages and data packed to those who can read it: our visitors pay by the megabyte.

What never changes under its name is packed once, as Brotli for those who read that, a tenth smaller than gzip;
browsers say so over https only. Pages are gzipped, which costs a fraction of a millisecond.
"""

import gzip
from functools import lru_cache

import brotli
from flask import Flask, Response, request

SHORTEST = 500  # bytes; below this gzip gains nothing
COMPRESSED = frozenset(
    {
        "text/html", "text/plain", "text/css", "text/csv", "text/javascript", "text/xml",
        "application/json", "application/atom+xml", "application/manifest+json", "image/svg+xml",
    }
)  # fmt: skip
_DESK = "/desk"


def init(app: Flask) -> None:
    """Compress what leaves the app, last of all."""
    app.after_request(compress)


def compress(response: Response) -> Response:
    """Pack a response of a known type.

    Never the desk's: its pages hold words of others beside what the reader typed, and the
    size of such a page can be made to tell one from the other (BREACH).
    """
    if response.is_sequence and (response.calculate_content_length() or 0) < SHORTEST:
        return response
    if request.path.startswith(_DESK) or response.mimetype not in COMPRESSED:
        return response
    response.vary.add("Accept-Encoding")
    encoding = _encoding(is_for_good=bool(response.cache_control.immutable))
    if not encoding or "Content-Encoding" in response.headers or response.status_code == 206:
        return response
    response.direct_passthrough = False  # static files are streamed else
    content = response.get_data()
    if len(content) < SHORTEST:
        return response
    response.set_data(_brotli(content) if encoding == "br" else gzip.compress(content, compresslevel=6, mtime=0))
    response.headers["Content-Encoding"] = encoding
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)  # the same page, not the same bytes
    return response


def _encoding(*, is_for_good: bool) -> str | None:
    accepted = request.accept_encodings
    if is_for_good and accepted.quality("br"):
        return "br"
    return "gzip" if accepted.quality("gzip") else None


@lru_cache(maxsize=16)
def _brotli(content: bytes) -> bytes:
    return bytes(brotli.compress(content, mode=brotli.MODE_TEXT, quality=11))
