"""Every way a release leaves the house. Each format sees the frozen release and nothing else."""

from app.publication.formats import csv, json, page
from app.publication.formats.base import Edition, Format, Piece

FORMATS: tuple[Format, ...] = (
    Format("json", "application/json", json.render),
    Format("csv", "text/csv; charset=utf-8", csv.render),
    Format("html", "text/html; charset=utf-8", page.render),
)


def render(edition: Edition) -> list[tuple[str, Piece]]:
    """Every format of an edition, each piece with the name of its format."""
    return [(one.name, piece) for one in FORMATS for piece in one.render(edition)]


def by_name(name: str) -> Format:
    """The format of this name."""
    return next(one for one in FORMATS if one.name == name)
