"""Reading in how large the target groups are: looked at row by row, confirmed by a person, kept by year for good.

Two forms of file: counts by municipality, and shares of an age, a sex or a language (docs/track.md). What is here is
never overwritten: a number that differs is refused, and stands beside the old one under its own year or source.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.publication import catalogue
from app.publication.presence import lines, municipalities, queries
from app.publication.presence.lines import Refused, RowRefused

COUNTS = (
    "municipality_code",
    "municipality",
    "group",
    "age_band",
    "count",
    "count_low",
    "count_high",
    "year",
    "source",
)
SHARES = ("group", "variable", "category", "share", "share_low", "share_high", "year", "source")
COMPARED = {"language": "T10", "age": "T11-age", "sex": "T11-sex"}
"""The variables a share may be of, and the table that holds our own."""
_LONGEST_GROUP = 20
_LONGEST_BAND = 12


@dataclass(frozen=True)
class Count:
    """How many people of a group live in a municipality."""

    name: str
    age_band: str
    year: int
    source: str
    municipality: str
    count: float
    low: float | None
    high: float | None

    @property
    def key(self) -> tuple[str, ...]:
        """What there may be only one of."""
        return self.name, self.age_band, str(self.year), self.source, self.municipality

    @property
    def place(self) -> str:
        """Where, as people say it."""
        found = municipalities.by_code(self.municipality)
        return found.name if found else self.municipality


@dataclass(frozen=True)
class Share:
    """What share of a group has something, in per cent."""

    name: str
    variable: str
    category: str
    year: int
    source: str
    share: float
    low: float | None
    high: float | None

    @property
    def key(self) -> tuple[str, ...]:
        """What there may be only one of."""
        return self.name, self.variable, self.category, str(self.year), self.source


@dataclass(frozen=True)
class Looked:
    """What a file would bring: rows that are new, rows that are here already, and rows that stay outside."""

    kind: str
    new: tuple[Count | Share, ...] = ()
    known: int = 0
    refused: tuple[Refused, ...] = field(default=())


def look(content: bytes) -> Looked:
    """What is in the file, row by row. Nothing is stored."""
    is_shares = lines.columns(content) == SHARES
    wanted, read = (SHARES, _share) if is_shares else (COUNTS, _count)
    here = _shares_here() if is_shares else _counts_here()
    new: dict[tuple[str, ...], Count | Share] = {}
    known, refused = 0, []
    for line, text, cells in lines.rows(content, wanted):
        try:
            found = read(cells)
            if found.key in new:
                raise RowRefused(_("the row stands twice in the file"))
            if found.key in here and here[found.key] != _numbers(found):
                raise RowRefused(_("another number is here for this year and source, and stays"))
        except RowRefused as refusal:
            refused.append(Refused(line, text, str(refusal)))
            continue
        if found.key in here:
            known += 1
        else:
            new[found.key] = found
    return Looked("shares" if is_shares else "counts", tuple(new.values()), known, tuple(refused))


def take_in(content: bytes, *, by: str, today: date) -> Looked:
    """Keep what is new in the file. Rows that are refused stay outside."""
    found = look(content)
    if found.new:
        number = queries.next_file()
        queries.add_file(number, found.kind, read_on=today, read_by=by, taken_in=len(found.new))
        rows = [_row(one) | {"file_number": number} for one in found.new]
        (queries.add_shares if found.kind == "shares" else queries.add_groups)(rows)
    return found


def _count(cells: dict[str, str]) -> Count:
    place = municipalities.by_code(cells.get("municipality_code", ""))
    if place is None:
        raise RowRefused(_("unknown municipality code"))
    if municipalities.named(cells.get("municipality", "")) != place:
        raise RowRefused(_("code and name disagree"))
    why = _("not a count")
    count = lines.number(cells.get("count", ""), why=why)
    low, high = (lines.between(cells.get(name, ""), why=why) for name in ("count_low", "count_high"))
    _refuse_no_range(count, low, high)
    year, source = lines.year_and_source(cells)
    return Count(_group(cells), _band(cells), year, source, place.code, count, low, high)


def _share(cells: dict[str, str]) -> Share:
    variable, category = cells.get("variable", ""), cells.get("category", "")
    if variable not in COMPARED:
        raise RowRefused(_("unknown variable"))
    why = _("not a share in per cent")
    share = lines.number(cells.get("share", ""), why=why)
    low, high = (lines.between(cells.get(name, ""), why=why) for name in ("share_low", "share_high"))
    if max(share, high or 0) > 100:
        raise RowRefused(why)
    _refuse_no_range(share, low, high)
    year, source = lines.year_and_source(cells)
    if category not in _categories(variable):
        raise RowRefused(_("unknown category"))
    return Share(_group(cells), variable, category, year, source, share, low, high)


def _refuse_no_range(middle: float, low: float | None, high: float | None) -> None:
    if low is not None and high is not None and low > high:
        raise RowRefused(_("low above high"))
    if (low is not None and low > middle) or (high is not None and high < middle):
        raise RowRefused(_("low above high"))


def _group(cells: dict[str, str]) -> str:
    group = cells.get("group", "")
    if not 0 < len(group) <= _LONGEST_GROUP:
        raise RowRefused(_("the group needs a name of at most %(most)s letters", most=_LONGEST_GROUP))
    return group


def _band(cells: dict[str, str]) -> str:
    band = cells.get("age_band", "")
    if len(band) > _LONGEST_BAND:
        raise RowRefused(_("the age band is longer than %(most)s letters", most=_LONGEST_BAND))
    return band


def _categories(variable: str) -> set[str]:
    """What our own answers are sorted into, in the newest catalogue."""
    newest = max(int(path.stem) for path in catalogue.DIRECTORY.glob("[0-9]*.toml") if path.stem.isdigit())
    members = catalogue.of_year(newest).variables[variable].members
    return {str(one["code"]) for one in members if one.get("asserts", True) and one["code"] != "all"}


def _counts_here() -> Mapping[tuple[str, ...], tuple[Any, ...]]:
    return {
        (one.name, one.age_band, str(one.year), one.source, one.municipality): (one.count, one.low, one.high)
        for one in queries.groups()
    }


def _shares_here() -> Mapping[tuple[str, ...], tuple[Any, ...]]:
    return {
        (one.name, one.variable, one.category, str(one.year), one.source): (one.share, one.low, one.high)
        for one in queries.shares()
    }


def _numbers(found: Count | Share) -> tuple[float, float | None, float | None]:
    return (found.count if isinstance(found, Count) else found.share, found.low, found.high)


def _row(found: Count | Share) -> dict[str, Any]:
    return {one.name: getattr(found, one.name) for one in fields(found)}
