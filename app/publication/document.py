"""Building the document of a release: the frozen figures with everything one needs to read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.publication import themes
from app.publication.catalogue import Catalogue, Planned
from app.publication.dimensions import Cell
from app.publication.formats import json, wording
from app.publication.periods import Period
from app.publication.places import Places

LICENCE = "CC-BY-4.0"
TITLE_LANGUAGES = ("da", "en")


@dataclass(frozen=True)
class Chained:
    """The release before this one; none before the first."""

    id: str | None = None
    number: int = 0
    hash: str = json.NO_HASH


def build(
    year: Catalogue,
    period: Period,
    places: Places,
    *,
    planned: Sequence[Planned],
    shown: Mapping[Cell, int],
    published_on: date,
    previous: Chained,
) -> dict[str, Any]:
    """The document with its hash. A cell that is not in `shown` is hidden, for whatever reason."""
    tables = dict.fromkeys(one.table for one in planned)
    document = {
        "format": json.FORMAT,
        "id": year.release_id(period),
        "catalogue": year.id,
        "period": period.code,
        "weeks": [period.weeks[0], period.weeks[-1]],
        "published_on": published_on.isoformat(),
        "k": year.k,
        "min_n": year.min_n,
        "title": {lang: wording.release(year.id, period.code, lang) for lang in TITLE_LANGUAGES},
        "licence": LICENCE,
        "codebook_version": themes.version(),
        "previous": previous.id,
        "previous_hash": previous.hash,
        "hash": None,
        "dimensions": year.dimensions_json(places),
        "tables": [_table(year, code) for code in tables],
        "cells": [_cell(year, one, shown) for one in planned],
    }
    return {**document, "hash": json.hash_of(document)}


def _table(year: Catalogue, code: str) -> dict[str, Any]:
    table = year.table(code)
    return {"id": code, "title": dict(table.title), "splits": list(table.splits)}


def _cell(year: Catalogue, one: Planned, shown: Mapping[Cell, int]) -> dict[str, Any]:
    order = ("place", "period", *year.table(one.table).splits)
    return {
        "table": one.table,
        "dims": {name: one.cell.get(name) for name in order},
        "value": shown.get(one.cell),
    }
