"""Ways out that are wrong in one way each. Every one must turn the proof of `tests/publication/ways_out.py` red."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from app.publication import catalogue, formats, published, tallies, tree
from app.publication.dimensions import Cell
from app.publication.formats.base import Edition, Piece
from app.publication.formats.blocks import Row
from app.publication.published import Stored
from tests.publication.factories import QUARTER

Wrong = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Mutant:
    """What is done wrongly, and which formats are printed again with it."""

    does: Wrong
    printed_again: tuple[str, ...] = ()


def csv_past_the_guard(patch: pytest.MonkeyPatch) -> None:
    """A table of everything that was counted."""

    def render(edition: Edition) -> Iterable[Piece]:
        return ours(replace(edition, document=_counted(edition.document)))

    ours = _replace(patch, "csv", render)


def words_from_raw_counts(patch: pytest.MonkeyPatch) -> None:
    """No figure on the page; it is read aloud all the same."""

    def render(edition: Edition) -> Iterator[Piece]:
        raw = _counted(edition.document)["cells"]
        told = [f'<i aria-label="{one["value"]} sagde det"></i>' for one in raw].__iter__()
        for piece in ours(edition):
            yield replace(piece, content=piece.content.replace(b"</h1>", f"</h1>{next(told)}".encode()))

    ours = _replace(patch, "html", render)


def bars_for_what_is_hidden(patch: pytest.MonkeyPatch) -> None:
    """A dash with a bar beside it, as long as what it hides."""

    def render(edition: Edition) -> Iterator[Piece]:
        hidden = [one["value"] for one in _counted(edition.document)["cells"]]
        for piece in ours(edition):
            bar = f'<svg><rect width="{min(hidden)}"/></svg></h1>'
            yield replace(piece, content=piece.content.replace(b"</h1>", bar.encode()))

    ours = _replace(patch, "html", render)


def longer_bars(patch: pytest.MonkeyPatch) -> None:
    """Every bar is of those who came, whoever answered."""
    patch.setattr(Row, "bar", property(lambda row: row.figure.value if row.figure.share else None))


def computed_on_read(patch: pytest.MonkeyPatch) -> None:
    """Whoever reads gets what is counted now."""

    def rendering(release_id: str, format: str, **rest: Any) -> Stored | None:
        stored = ours(release_id, format, **rest)
        if stored is None or format != "csv":
            return stored
        document = formats.json.read((ours(release_id, "json") or stored).content)
        now = _counted(document, only_shown=True)
        (piece,) = formats.by_name("csv").render(Edition(now))
        return Stored(stored.lang, hashlib.sha256(piece.content).hexdigest(), piece.content)

    ours = published.rendering
    patch.setattr(published, "rendering", rendering)


def tag_over_raw_counts(patch: pytest.MonkeyPatch) -> None:
    """The same bytes get another tag when something hidden changes."""

    def rendering(release_id: str, format: str, **rest: Any) -> Stored | None:
        stored = ours(release_id, format, **rest)
        counted = str(sorted(str(one) for one in tallies.read("2026")._tallies.items()))
        return stored and replace(stored, sha256=hashlib.sha256(stored.content + counted.encode()).hexdigest())

    ours = published.rendering
    patch.setattr(published, "rendering", rendering)


def _replace(patch: pytest.MonkeyPatch, name: str, render: Callable[[Edition], Iterable[Piece]]) -> Any:
    ours = formats.by_name(name)
    changed = tuple(replace(one, render=render) if one.name == name else one for one in formats.FORMATS)
    patch.setattr(formats, "FORMATS", changed)
    return ours.render


def _counted(document: Mapping[str, Any], *, only_shown: bool = False) -> dict[str, Any]:
    """The document with what was counted in its cells: in all of them, or in those that are shown."""
    dimensions, counts = catalogue.of_year(2026).dimensions(tree.of_year(2026)), tallies.counts(QUARTER)
    cells = [
        one
        if only_shown and one["value"] is None
        else one | {"value": tallies.figure(counts, dimensions, dimensions.cell(one["dims"]))}
        for one in document["cells"]
        if isinstance(dimensions.cell(one["dims"]), Cell)
    ]
    return {**document, "cells": cells}


MUTANTS = {
    "CSV past the guard": Mutant(csv_past_the_guard, ("csv",)),
    "alt text from raw counts": Mutant(words_from_raw_counts, ("html",)),
    "bar drawn for a hidden cell": Mutant(bars_for_what_is_hidden, ("html",)),
    "bars of another n": Mutant(longer_bars, ("html",)),
    "release computed on read": Mutant(computed_on_read),
    "ETag over raw counts": Mutant(tag_over_raw_counts),
}
