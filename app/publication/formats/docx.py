"""The release as a document to read, to quote from and to print: tables, no bars."""

from collections.abc import Iterable

from app.core.word_documents import Document
from app.publication.formats import about, matrix
from app.publication.formats.about import say
from app.publication.formats.base import Edition, Piece
from app.publication.formats.blocks import Block, Row, Table
from app.publication.formats.page import Page


def render(edition: Edition) -> Iterable[Piece]:
    """The country first in each table, with its intervals; the other places beside each other. One in each language."""
    for lang in about.LANGUAGES:
        with about.worded_in(lang):
            content = _made(edition)
        yield Piece(content, lang=lang)


def _made(edition: Edition) -> bytes:
    title = about.title(edition.document)
    document = Document(title, lang=about.language())
    document.heading(title, 1)
    if edition.is_early:
        document.paragraph(say("This is a trial. The figures are shown before their time."))
    for table in Page(edition, about.language()).tables:
        _write(document, table)
    document.heading(say("About the figures"), 2)
    document.bullets(about.sentences(edition.document))
    document.table(say("This release"), (say("Name"), say("Value")), about.facts(edition.document))
    return document.content()


def _write(document: Document, table: Table) -> None:
    document.heading(table.title, 2)
    if table.country is not None:
        _write_country(document, table.title, table.country)
    for level, blocks in matrix.levels(table):
        laid = matrix.of(blocks)
        document.table(f"{table.title} · {about.level(level)}", laid.heading, laid.rows)


def _write_country(document: Document, title: str, country: Block) -> None:
    if not country.rows:
        document.paragraph(f"{country.place}: {matrix.number(country.n)}")
        return
    heading = (say("Answer"), say("Number"), say("Of"), say("Per cent"), say("95 per cent interval"))
    document.table(f"{title} · {country.place}", heading, map(_row, country.rows))


def _row(row: Row) -> tuple[str, ...]:
    share = row.figure.share
    count, of = matrix.number(row.figure.value), matrix.number(row.figure.n)
    if share is None:
        return row.label, count, of, "", ""
    return row.label, count, of, f"{share.percent} %", f"{share.low}–{share.high} %"
