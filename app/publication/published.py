"""Reading what is published: stored rows and stored bytes, nothing is computed or decided here."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core import i18n
from app.publication import queries
from app.publication.models import Cell, Release


@dataclass(frozen=True)
class Stored:
    """Bytes as they were made at publishing, and their hash."""

    lang: str
    sha256: str
    content: bytes


def published() -> Sequence[Release]:
    """Every published release of answers, newest first."""
    return queries.published_releases()


def everything() -> Sequence[Release]:
    """Every published release, of texts too, newest first: the whole chain."""
    return queries.chain()


def get(release_id: str) -> Release | None:
    """One published release."""
    found = queries.release(release_id)
    return found if found is not None and found.state == "published" else None


def signed_and_waiting() -> Sequence[tuple[str, str, str]]:
    """Id and the two signatures of what can be published now, the shortest periods first."""
    return [(one, first, second) for one, first, second in queries.signed_releases()]


def cells(release_id: str) -> Sequence[Cell]:
    """Its figures in the order of the catalogue; a hidden one has no value."""
    return queries.cells(release_id)


def printed_formats() -> frozenset[tuple[str, str]]:
    """Each release with each format it is stored in: the PDF comes a little later than the others."""
    return queries.printed_formats()


def rendering(release_id: str, format: str, *, part: str = "", lang: str = "") -> Stored | None:
    """Its bytes in a format; in another language where it was not made in this one."""
    langs = tuple(dict.fromkeys((lang, *i18n.fallbacks(lang), "da"))) if lang else ("",)
    found = queries.rendering(release_id, format, part, langs)
    return Stored(*found) if found else None
