"""The release as a tagged PDF: each table with the country's bars, then its places. It takes seconds to make."""

from collections.abc import Iterable

from flask import current_app

from app.core import pdf
from app.publication.formats import about, matrix
from app.publication.formats.base import Edition, Piece
from app.publication.formats.page import Page, names_of

MOST_PAGES = 200


def render(edition: Edition) -> Iterable[Piece]:
    """One in each language. Raises PdfRefused where this server can make none."""
    for lang in about.LANGUAGES:
        with about.worded_in(lang):
            content = pdf.write(html(edition), most_pages=MOST_PAGES)
        yield Piece(content, lang=lang)


def html(edition: Edition) -> str:
    """The page the PDF is made of; it carries its own style, and fetches nothing."""
    template = current_app.jinja_env.get_template("print/release.html")
    return template.render(
        names_of(about.language()),
        title=about.title(edition.document),
        is_early=edition.is_early,
        facts=about.facts(edition.document),
        sentences=about.sentences(edition.document),
        tables=Page(edition, about.language()).tables,
        levels=matrix.levels,
        level=about.level,
        number=matrix.number,
        laid=matrix.of,
    )
