"""The release as a workbook: one sheet a table, numbers as numbers, how to read them, and what the codes mean."""

from collections.abc import Iterable, Iterator, Sequence

from app.core import workbooks
from app.core.table_cells import written
from app.core.workbooks import Cell, Sheet
from app.publication.formats import about
from app.publication.formats.about import say
from app.publication.formats.base import Document, Edition, Piece
from app.publication.formats.figures import Figure, Figures
from app.publication.formats.wording import Names

LONGEST_NAME = 31
"""Characters of a sheet's name that Excel takes."""
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def render(edition: Edition) -> Iterable[Piece]:
    """A hidden figure is an empty cell and says so beside: a dash would make the column text. One in each language."""
    for lang in about.LANGUAGES:
        with about.worded_in(lang):
            content = _made(edition)
        yield Piece(content, lang=lang)


def _made(edition: Edition) -> bytes:
    document = edition.document
    names, figures = Names(document, about.language()), Figures(document)
    titles = {one["id"]: names.table(one["id"]) for one in document["tables"]}
    sheets = {
        say("About the figures"): Sheet(_about(document), (28, 90)),
        **{_name(f"{code} {title}"): _table(figures, code, names) for code, title in titles.items()},
        say("Dictionary"): Sheet(_dictionary(document), (16, 16, 40, 40, 16, 10, 10, 30)),
    }
    return workbooks.write(sheets, title=about.title(document))


def _about(document: Document) -> Iterator[Sequence[Cell]]:
    yield [say("About the figures"), written(about.title(document))]
    yield from ([name, written(value)] for name, value in about.facts(document))
    yield from ([None, sentence] for sentence in about.sentences(document))


def _table(figures: Figures, code: str, names: Names) -> Sheet:
    return Sheet(_rows(figures, code, names), (30, 14, 34, 14, 10, 10, 10, 10, 10, 10))


def _rows(figures: Figures, code: str, names: Names) -> Iterator[list[Cell]]:
    yield [
        say("Place"), say("Code of the place"), say("Answer"), say("Code of the answer"), say("Number"), say("Of"),
        say("Per cent"), say("From"), say("To"), say("Hidden"),
    ]  # fmt: skip
    yield from (_row(figure, names) for figure in figures.of(code))


def _row(figure: Figure, names: Names) -> list[Cell]:
    said = " · ".join(names.category(one.id, code) for one, code in figure.split)
    codes = "|".join(code for _, code in figure.split)
    share = figure.share
    texts = map(written, (names.place(figure.place), figure.place, said, codes))
    shares = (share.percent, share.low, share.high) if share else (None, None, None)
    return [*texts, figure.value, figure.n, *shares, say("hidden") if figure.value is None else None]


def _dictionary(document: Document) -> Iterator[Sequence[Cell]]:
    yield about.DICTIONARY
    yield from ([written(text) for text in row] for row in about.dictionary(document))


def _name(title: str) -> str:
    return title.translate(_NOT_IN_A_NAME)[:LONGEST_NAME].strip()
