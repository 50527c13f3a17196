"""Reading what Decidim exports, to learn the numbers it gave to what we sent there."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core import table_cells
from app.core.errors import Refusal

LARGEST = 5 * 1024 * 1024
MOST_ROWS = 20_000
_LONGEST_NUMBER = 9


class ExportRefused(Refusal):
    """A file that is not what Decidim exports."""


@dataclass(frozen=True)
class Listed:
    """One row: its number, what it is called in each language, and where it stands."""

    id: int
    titles: frozenset[str]
    state: str
    reference: str
    url: str


@dataclass(frozen=True)
class Match:
    """One of ours beside the row of the same title. With several rows of one title nobody can say which it is."""

    code: str
    title: str
    found: tuple[Listed, ...]


def read(content: bytes) -> tuple[Listed, ...]:
    """The rows of a CSV export, whichever separator it has. Refuses what has no `id` and no title."""
    if len(content) > LARGEST:
        raise ExportRefused(_("The file is larger than we read."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExportRefused(_("This file is not text in UTF-8.")) from error
    header = text.partition("\n")[0]
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in header else ",")
    titles = [name for name in table.fieldnames or () if name == "title" or name.startswith("title/")]
    if "id" not in (table.fieldnames or ()) or not titles:
        raise ExportRefused(_("The first row must name the columns id and title: export the proposals from Decidim."))
    try:
        return tuple(_listed(row, titles) for _nth, row in zip(range(MOST_ROWS), table, strict=False))
    except csv.Error as error:
        raise ExportRefused(_("This file cannot be read as a table.")) from error


def matched(ours: Mapping[str, Iterable[str]], listed: Sequence[Listed]) -> list[Match]:
    """`ours`: code → its titles. The exact title decides; nothing near it does."""
    found = []
    for code, titles in ours.items():
        own = {title for title in titles if title}
        found.append(Match(code, min(own, default=""), tuple(one for one in listed if one.titles & own)))
    return found


def _listed(row: Mapping[str, str | None], titles: Sequence[str]) -> Listed:
    said = {name: table_cells.read((value or "").strip()) for name, value in row.items() if isinstance(name, str)}
    number = said.get("id", "")
    if not number.isdecimal() or not number.isascii() or len(number) > _LONGEST_NUMBER or not int(number):
        raise ExportRefused(_("%(number)s is not a number of Decidim.", number=number[:40] or "–"))
    names = frozenset(said[name] for name in titles if said[name])
    return Listed(
        int(number), names, said.get("state", ""), said.get("reference", "")[:80], followable(said.get("url", ""))
    )


def followable(address: str) -> str:
    """An address one may follow; anything else is not kept."""
    return address if address.startswith(("https://", "http://")) and len(address) <= 300 else ""
