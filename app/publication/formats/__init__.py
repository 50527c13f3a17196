"""Every way a release leaves the house. Each format sees the frozen release and nothing else."""

from app.core import word_documents, workbooks
from app.publication.formats import csv, docx, json, page, pdf, xlsx
from app.publication.formats.base import Edition, Format, Piece

FORMATS: tuple[Format, ...] = (
    Format("json", "application/json", json.render),
    Format("csv", "text/csv; charset=utf-8", csv.render),
    Format("html", "text/html; charset=utf-8", page.render),
    Format("xlsx", workbooks.MIMETYPE, xlsx.render),
    Format("docx", word_documents.MIMETYPE, docx.render),
)
PDF = Format("pdf", "application/pdf", pdf.render)
"""Printed once the release is out: it takes seconds, and libraries that not every server has."""
FILES = ("json", "csv", "xlsx", "docx", "pdf")
"""What can be fetched of a release beside its pages."""


def render(edition: Edition) -> list[tuple[str, Piece]]:
    """Every format of an edition, each piece with the name of its format."""
    return [(one.name, piece) for one in FORMATS for piece in one.render(edition)]


def by_name(name: str) -> Format:
    """The format of this name."""
    return next(one for one in (*FORMATS, PDF) if one.name == name)
