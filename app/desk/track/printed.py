"""The figures of a release: published ones from the very bytes the public reads, others from its preview."""

from functools import lru_cache

from flask import g

from app.desk.track import queries
from app.publication import published
from app.publication.formats import json
from app.publication.formats.figures import Figure, Figures


def figures(release_id: str) -> Figures | None:
    """Everything printed in a release; None while it is not published. Asked of the database once a request."""
    known: dict[str, Figures] = g.setdefault("figures", {})
    if release_id not in known:
        stored = published.rendering(release_id, "json")
        if stored is None:
            return None
        known[release_id] = _read(stored.content)
    return known[release_id]


def previewed(period: str) -> Figures | None:
    """How a release would look, dashes and all; None where no preview was worked out."""
    preview = queries.preview(period)
    return _read(preview.document) if preview and preview.document else None


def read(document: bytes) -> Figures:
    """The figures of a document, printed or only previewed."""
    return _read(document)


def category(figure: Figure) -> str:
    """The category of a figure as a reference names it: crossed ones joined by '|'."""
    return "|".join(code for _dimension, code in figure.split)


@lru_cache(maxsize=8)
def _read(content: bytes) -> Figures:
    # A release is parsed once a process: its bytes never change, and a page asks for many figures.
    return Figures(json.read(content))
