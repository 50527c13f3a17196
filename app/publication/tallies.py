"""Counting what was said, once and for good: sums by place and month that nothing changes afterwards.

A response counts once. Late answers count in the first month that is still open; what is withdrawn
later stays counted; a longer period is the sum of its months, never a recount.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any, TypeVar

from flask_babel import gettext as _

from app.core import weeks
from app.core.errors import Refusal
from app.publication import catalogue, periods, queries, text_tallies
from app.publication.catalogue import Catalogue
from app.publication.counts import Counts
from app.publication.dimensions import Cell, Dimensions
from app.publication.leaves import Leaves
from app.publication.microdata import sample
from app.publication.periods import Period
from app.publication.text_tallies import Standing, Texts
from app.publication.variables import signature, variable
from app.surveys import queries as responses

EVERYBODY = ""
"""Variable and category under which every answer is counted."""
NOTHING = "none"
ROWS_AT_ONCE = 500
KEPT = timedelta(days=90)
"""How long small numbers are kept after the year's edition."""
THEMES = "theme"

Row = TypeVar("Row")
Said = tuple[str, str]
"""A variable and a category; crossed ones are joined by '|'."""


class NotCountable(Refusal):
    """Something that cannot be counted, or not yet."""


@dataclass(frozen=True, kw_only=True)
class Voice:
    """One response as it is counted: what was said, in the categories of the catalogue; None where nothing was."""

    response_id: bytes
    site_code: str
    week: str
    counted_month: str | None = None
    """'YYYY-MM' once it is counted; its themes are counted in that month too, later."""
    rating: str | None = None
    """good (4-5), mid (3), bad (1-2)."""
    safe: str | None = None
    """yes, partly, no."""
    respect: str | None = None
    """yes, partly, no."""
    has_words: bool = False
    """Whether it holds words of the person's own, read or not."""
    themes: frozenset[str] = frozenset()
    """Main themes and sub-themes of its approved statements."""
    types: frozenset[str] = frozenset()
    channel: str
    lang: str
    helped: str = "none"
    more: Mapping[str, str] = field(default_factory=dict)
    """Other variables of the catalogue: age, zone, bridge …"""
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Other flags of the catalogue: first, keep."""


Voices = Callable[[Iterable[str]], Iterable[Voice]]
"""Reads the voices of some weeks."""


def freeze(period: str, voices: Voices, texts: Texts, *, today: date, is_early: bool = False) -> None:
    """Count every month up to the end of a period that is still open, and the themes of each quarter that is read.

    Each voice counts in the month of its own week or, where that is counted already, in the first
    open one. Refuses months that have not rested for fourteen days (unless `is_early`, for trying out).
    Themes wait until enough texts are read, or have waited long enough (`text_tallies.is_time`).
    """
    asked = periods.parse(period)
    if not is_early:
        periods.refuse_too_early(asked, today=today)
    year = catalogue.of_year(asked.year)
    _freeze_months(year, asked, voices)
    for quarter in asked.quarters:
        standing = text_tallies.standing(quarter, texts)
        if is_early or text_tallies.is_time(quarter, standing, today):
            _freeze_themes(year, quarter, voices, standing)


def due(today: date) -> Iterator[str]:
    """The periods that have rested and are not counted for good: the newest month of each year, then quarters."""
    counted = queries.counted_months()
    for year in filter(catalogue.is_written, (today.year - 1, today.year)):
        rested = [one for one in periods.of_year(year) if one.may_be_published_on() <= today]
        months = [one for one in rested if one.kind == "month" and one.months[0] not in counted]
        yield from (one.code for one in months[-1:])
        for quarter in rested:
            if quarter.kind == "quarter" and not all(counted.get(month) for month in quarter.months):
                yield quarter.code


def counts(period: Period) -> Counts:
    """The tallies of its year as the guard reads them. Refuses a period that is not counted yet."""
    refuse_uncounted(period)
    return read(str(period.year))


def refuse_uncounted(period: Period) -> None:
    """Refuse a period that is not counted yet, whose texts are still being read, or of which nothing is left."""
    counted = queries.counted_months()
    if not set(period.months) <= set(counted):
        raise NotCountable(_("%(period)s is not counted yet.", period=period.code))
    for quarter in period.quarters:
        if not all(counted[month] for month in quarter.months):
            raise NotCountable(
                _("The texts of %(period)s are still being read. On %(day)s it is counted with what is read by then.",
                  period=quarter.code, day=text_tallies.latest(quarter).isoformat())
            )  # fmt: skip
    if queries.is_destroyed(period.months):
        raise NotCountable(_("The small numbers behind %(period)s are destroyed.", period=period.code))


def read(catalogue_id: str) -> Counts:
    """Everything counted in a catalogue."""
    return Counts.from_tallies(_read(queries.tallies(catalogue_id)))


def figure(counted: Counts, dimensions: Dimensions, cell: Cell) -> int:
    """The true number in a cell: for what the guard lets through, and nothing else."""
    region = Leaves(dimensions).region(cell)
    variables = [variable(dimensions, name) for name in signature(dimensions, cell)]
    members = [one.members[code] for one, (_dimension, code) in zip(variables, dimensions.split_by(cell), strict=True)]
    return sum(
        counted.of(leaf, list(zip(variables, categories, strict=True)))
        for leaf in Leaves(dimensions).inside(region)
        for categories in product(*members)
    )


def destroy_due(today: date) -> int:
    """Destroy the small numbers of every year whose edition has been out for ninety days; how many rows."""
    return sum(
        destroy(int(one.id), today)
        for one in queries.published_releases()
        if one.id == one.catalogue and one.published_on and one.published_on + KEPT <= today
    )


def destroy(year: int, today: date) -> int:
    """Forget the small numbers of a year, of answers and of texts; how many rows."""
    queries.mark_destroyed(Period(year).months, today)
    return sum(queries.delete_tallies(one) for one in (str(year), catalogue.texts_id(year)))


def written(year: int) -> Iterator[dict[str, Any]]:
    """The tallies of a year as rows of {"dims", "count"}, for those who attack our releases to see that they hold."""
    for dims, count in _read(queries.tallies(str(year))):
        yield {"dims": dims, "count": count}


def _freeze_months(year: Catalogue, until: Period, voices: Voices) -> None:
    counted = queries.counted_months()
    ends = until.months[-1]
    open_months = [month for month in Period(year.year).months if month <= ends and month not in counted]
    if not open_months:
        return
    total: Counter[tuple[str, str, Said]] = Counter()
    marked: dict[str, list[bytes]] = {month: [] for month in open_months}
    for voice in voices(_weeks(year.year, ends)):
        if voice.counted_month is None:
            month = _counts_in(voice, open_months)
            marked[month].append(voice.response_id)
            total.update((voice.site_code, month, said) for said in _said(year, voice))
    queries.add_counted_months(open_months)
    _store(year, total)
    for month, ids in marked.items():
        for is_in_sample, drawn in sample.drawn(sorted(ids)).items():
            for some in _in_parts(drawn):
                responses.mark_counted(some, month, is_in_sample=is_in_sample)


def _freeze_themes(year: Catalogue, quarter: Period, voices: Voices, standing: Standing) -> None:
    counted = queries.counted_months()
    waiting = {month for month in quarter.months if not counted[month]}
    total: Counter[tuple[str, str, Said]] = Counter()
    for voice in voices(_weeks(year.year, quarter.months[-1])) if waiting else ():
        if voice.counted_month in waiting:
            total.update((voice.site_code, voice.counted_month, said) for said in _spoken_of(year, voice))
    _store(year, total)
    for some in _in_parts(text_tallies.rows(year.year, standing, waiting)):
        queries.add_tallies(some)
    queries.mark_themes_counted(waiting)


def _counts_in(voice: Voice, open_months: Sequence[str]) -> str:
    own = weeks.month_of_week(voice.week)
    return own if own in open_months else open_months[0]


def _weeks(year: int, last_month: str) -> list[str]:
    """The weeks of this year up to a month, and those of the year before, from where answers may come late."""
    both = (*Period(year - 1).weeks, *Period(year).weeks)
    return [week for week in both if weeks.month_of_week(week) <= last_month]


def _said(year: Catalogue, voice: Voice) -> Iterator[Said]:
    """Everybody, each variable once, and each pair some table crosses; not what was read out of words."""
    yield EVERYBODY, EVERYBODY
    trees = {name: _category(year, voice, name) for name, one in year.variables.items() if one.kind == "tree"}
    yield from trees.items()
    for name, flags in voice.chosen.items():
        yield from ((name, flag) for flag in flags)
    for one, other in _crossed(year):
        if one in trees and other in trees:
            yield f"{one}|{other}", f"{trees[one]}|{trees[other]}"


def _spoken_of(year: Catalogue, voice: Voice) -> Iterator[Said]:
    """Each theme once, a sub-theme under its main theme too; the types; and what tables cross with themes."""
    codes = {part for code in voice.themes | voice.types for part in (code, code.partition(".")[0])}
    themes, types = (codes & _codes(year, name) for name in (THEMES, "type"))
    yield from ((THEMES, code) for code in themes)
    yield from (("type", code) for code in types)
    for one, other in _crossed(year):
        if other == THEMES:
            yield from ((f"{one}|{other}", f"{_category(year, voice, one)}|{code}") for code in themes)


def _category(year: Catalogue, voice: Voice, variable: str) -> str:
    """The leaf a voice stands in; what the catalogue has no name for is 'other', else as if nothing was said."""
    own = {
        "rating": voice.rating,
        "safe": voice.safe,
        "respect": voice.respect,
        "channel": voice.channel,
        "language": voice.lang,
        "helper": voice.helped,
    }
    said = own.get(variable) or voice.more.get(variable) or NOTHING
    leaves = _leaves(year, variable)
    return next(code for code in (said, "other", NOTHING) if code in leaves)


def _codes(year: Catalogue, variable: str) -> set[str]:
    return {member["code"] for member in year.variables[variable].members}


def _leaves(year: Catalogue, variable: str) -> set[str]:
    members = year.variables[variable].members
    return {member["code"] for member in members} - {member.get("parent") for member in members}


def _crossed(year: Catalogue) -> set[tuple[str, str]]:
    pairs = (combinations(sorted(table.splits), 2) for table in year.tables)
    ordered = {pair for some in pairs for pair in some}
    return {(other, one) if one == THEMES else (one, other) for one, other in ordered}


def _store(year: Catalogue, total: Counter[tuple[str, str, Said]]) -> None:
    rows = [
        {"catalogue": year.id, "place": place, "month": month, "variable": variable, "category": category, "n": n}
        for (place, month, (variable, category)), n in sorted(total.items())
    ]
    for some in _in_parts(rows):
        queries.add_tallies(some)


def _in_parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """No statement may have too many parameters."""
    for first in range(0, len(rows), ROWS_AT_ONCE):
        yield rows[first : first + ROWS_AT_ONCE]


def _read(rows: Iterable[tuple[str, str, str, str, int]]) -> Iterator[tuple[dict[str, str], int]]:
    for place, month, names, categories, n in rows:
        said = dict(zip(names.split("|"), categories.split("|"), strict=True)) if names else {}
        yield {"place": place, "period": periods.of_month(month).code} | said, n
