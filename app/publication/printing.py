"""Printing an edition: every format once, stored as bytes, and looked at again by `stemme verify`."""

import hashlib
from collections.abc import Iterator
from typing import Any

from app.publication import formats, queries, quotes, told
from app.publication.document import Chained
from app.publication.formats import json
from app.publication.formats.base import Deed, Document, Edition, Words
from app.publication.models import Quote, Release

PAGES = "html"


def beside() -> tuple[tuple[Deed, ...], tuple[Words, ...]]:
    """What is told beside the figures now: deeds and quotes."""
    return tuple(map(told.deed, told.live())), tuple(map(_words, quotes.released()))


def pieces(edition: Edition) -> list[dict[str, Any]]:
    """Rows of renderings, without the release they belong to."""
    return [{"format": name, **vars(piece), "sha256": sha256(piece.content)} for name, piece in formats.render(edition)]


def rerender(release: Release) -> bool:
    """Print the pages of a release again: same figures, today's words around them. True if anything changed."""
    edition = Edition(_document(release.id), release.is_early, *beside())
    stored = {(one.part, one.lang): one for one in queries.renderings(release.id) if one.format == PAGES}
    changed = False
    for piece in formats.by_name(PAGES).render(edition):
        kept = stored[piece.part, piece.lang]
        if kept.content != piece.content:
            kept.content, kept.sha256, changed = piece.content, sha256(piece.content), True
    return changed


def rerender_all() -> list[str]:
    """Print the pages of every release again; which ones came out differently."""
    return [one.id for one in queries.published_releases() if rerender(one)]


def faults(release: Release, before: Chained) -> Iterator[str]:
    """What is not as it was frozen: the chain, the hash, the figures, the bytes."""
    document = _document(release.id)
    if release.number != before.number + 1 or release.previous_hash != before.hash:
        yield f"release {release.id}: it does not follow {before.id or 'nothing'}"
    if not release.hash == document.get("hash") == json.hash_of(document):
        yield f"release {release.id}: the hash is not that of the document"
    if document.get("previous_hash") != release.previous_hash or document.get("previous") != before.id:
        yield f"release {release.id}: the document names another release before it"
    if [one["value"] for one in document.get("cells", ())] != [one.value for one in queries.cells(release.id)]:
        yield f"release {release.id}: the figures are not those of the document"
    for one in queries.renderings(release.id):
        if sha256(one.content) != one.sha256:
            name = " ".join(part for part in (one.format, one.part, one.lang) if part)
            yield f"release {release.id}: the bytes of {name} have changed"


def sha256(content: bytes) -> str:
    """The hash that is a rendering's ETag."""
    return hashlib.sha256(content).hexdigest()


def _document(release_id: str) -> Document:
    stored = queries.rendering(release_id, "json", "", ("",))
    return json.read(stored.content) if stored else {}


def _words(quote: Quote) -> Words:
    return Words(quote.text, quote.lang, quote.theme, quote.place_kind, quote.region, quote.season)
