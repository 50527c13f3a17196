"""Printing an edition: every format once, stored as bytes, and looked at again by `stemme verify`."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from app.core import db
from app.publication import formats, periods, queries, quotes, text_release, told, track
from app.publication.document import Chained
from app.publication.formats import json
from app.publication.formats.base import Claim, Deed, Document, Edition, Piece, Words
from app.publication.models import Quote, Release
from app.publication.periods import Period

PAGES = "html"
ALL = tuple(one.name for one in formats.FORMATS)
DATA = ("json", "csv")
"""What is made of a release without pages of its own."""
AGAIN = tuple(one.name for one in formats.FORMATS if one.name != "json")
"""What can be printed again: the JSON carries the hash."""


def beside() -> tuple[tuple[Deed, ...], tuple[Words, ...]]:
    """What is told beside the figures now: deeds and quotes."""
    return tuple(map(told.deed, told.live())), tuple(map(_words, quotes.released()))


def pieces(edition: Edition, release_id: str, *, names: Iterable[str] = ALL) -> list[dict[str, Any]]:
    """Rows of renderings, in every format but the one that takes seconds, or in these."""
    return [_row(release_id, name, piece) for name in names for piece in formats.by_name(name).render(edition)]


def rerender(release: Release, names: Iterable[str] = (PAGES,)) -> bool:
    """Print formats of a release again: same figures, today's words around them. True if anything changed.

    The JSON carries the hash and is never printed again.
    """
    again = edition(release)
    changed = {name for name in names if keep(release.id, name, list(formats.by_name(name).render(again)))}
    return bool(changed)


def rerender_all() -> list[str]:
    """Print the pages of every release again; which ones came out differently."""
    return [one.id for one in queries.published_releases() if rerender(one)]


def print_one_pdf() -> bool:
    """Make the PDF of one release that has none; False where all have theirs. The caller commits.

    Nothing is open in the database while it is made. Raises PdfRefused where this server can make none.
    """
    db.begin_reading()
    printed = queries.printed_formats()
    waiting = next((one for one in queries.published_releases() if (one.id, formats.PDF.name) not in printed), None)
    if waiting is None:
        return False
    release_id, wanted = waiting.id, edition(waiting)
    db.db.session.rollback()
    keep(release_id, formats.PDF.name, list(formats.PDF.render(wanted)))
    return True


def edition(release: Release) -> Edition:
    """A frozen release with what is told beside it today."""
    texts = _document(text_release.beside(release.id))
    return Edition(
        _document(release.id),
        release.is_early,
        *beside(),
        claims=claims(release.period),
        unread=text_release.unread(texts) if texts else None,
        before=before(periods.parse(release.period)),
    )


def before(period: Period) -> Document | None:
    """The release of answers of the period before this one, as it was printed; None where there is none."""
    found = queries.release(period.before.code)
    return _document(found.id) if found is not None and found.state == "published" else None


def claims(period: str) -> tuple[Claim, ...]:
    """The findings in public that stand on the figures of a period; none before the day it is published."""
    found = (one for one in track.entries("finding") if one.state == "published" and one.parts.get("period") == period)
    return tuple(Claim(one.code, one.title) for one in found)


def keep(release_id: str, name: str, made: Sequence[Piece]) -> bool:
    """Store the pieces of one format, in place of those there are. True if anything changed."""
    stored = {(one.part, one.lang): one for one in queries.renderings(release_id) if one.format == name}
    new = [piece for piece in made if (piece.part, piece.lang) not in stored]
    changed = bool(new)
    if new:
        queries.add_renderings([_row(release_id, name, piece) for piece in new])
    for piece in made:
        kept = stored.get((piece.part, piece.lang))
        if kept is not None and kept.content != piece.content:
            kept.content, kept.sha256, changed = piece.content, sha256(piece.content), True
    return changed


def _row(release_id: str, name: str, piece: Piece) -> dict[str, Any]:
    return {"release_id": release_id, "format": name, **vars(piece), "sha256": sha256(piece.content)}


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
