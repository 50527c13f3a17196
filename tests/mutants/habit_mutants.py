"""Wrong habits around the guard, and the check each is held against: a check complains, or has nothing to say."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from app.core import weeks
from app.core.errors import Refusal
from app.publication import case, catalogue, guard
from app.publication.case import Case, Rules
from app.publication.catalogue import Catalogue
from app.publication.counts import Counts
from app.publication.dimensions import Dimension, Dimensions
from app.publication.formats import csv as table
from app.publication.formats.base import Edition
from app.publication.formats.blocks import Row
from app.publication.formats.figures import Figure, Figures
from app.publication.guard import Decision, Guard, Limits
from app.publication.periods import Period
from app.publication.places import Place, Places
from tests.mutants.guard_mutants import Wrong
from tests.publication.disclosure_cases import CASES

ORACLE = Path(__file__).parents[1] / "oracles" / "interop"
Raw = Mapping[int, int]
"""What really stands in each hidden cell, by its place in the document."""


class TotalBesideOneHidden(Wrong):
    """Hides what is small, and nothing that would give it away."""

    def repair(self) -> None:
        return


class SubThemeWithoutRest(Wrong):
    """Takes a sub-theme for a theme like any other: those who spoke of the rest of the theme are forgotten."""

    @classmethod
    def built(cls, rules: Rules, dimensions: Dimensions, *given: Any) -> Case:
        return case.build(rules, Dimensions(map(_side_by_side, dimensions.by_id.values())), *given)


def _side_by_side(one: Dimension) -> Dimension:
    if one.kind != "flags":
        return one
    return replace(one, members=tuple(replace(member, parent=None) for member in one.members))


class PublishAnyway(Wrong):
    """Out of time, it shows what it has not looked at."""

    def check_time(self) -> None:
        return

    def protect(self, nth: int) -> None:
        return


# ── What is printed ──────────────────────────────────────────────────────────────


def a_release() -> dict[str, Any]:
    """The oracle's release, with hidden cells in it."""
    found: dict[str, Any] = json.loads((ORACLE / "release_minimal.json").read_text("utf-8"))
    return found


def printed_n(document: Mapping[str, Any]) -> list[int | None]:
    """The n beside each share, as every format takes it."""
    return [one.n for one in Figures(document).all if one.split]


def summed_n(document: Mapping[str, Any]) -> list[int | None]:
    """The same, added up from the categories that are shown."""
    found = Figures(document).all
    return [
        sum(other.value or 0 for other in found if _beside(one, other) and not other.is_ground)
        for one in found
        if one.split
    ]


def _beside(one: Figure, other: Figure) -> bool:
    return (one.table, one.place) == (other.table, other.place) and bool(other.split)


def n_is_frozen(n_of: Callable[[Mapping[str, Any]], list[int | None]]) -> list[str]:
    """Every n is a frozen cell of the release or nothing: a sum of what is shown is a new figure."""
    document = a_release()
    frozen = {one["value"] for one in document["cells"]}
    return [f"{n} is printed and stands in no cell" for n in n_of(document) if n not in frozen]


def rows_of_table(document: Mapping[str, Any], _raw: Raw) -> str:
    """The CSV, and the length of every bar."""
    (piece,) = table.render(Edition(document))
    return piece.content.decode() + str([Row("", one).bar for one in Figures(document).all])


def rows_past_the_guard(document: Mapping[str, Any], raw: Raw) -> str:
    """A CSV of everything that was counted."""
    cells = [one | {"value": raw.get(nth, one["value"])} for nth, one in enumerate(document["cells"])]
    return rows_of_table({**document, "cells": cells}, {})


def bars_from_raw_counts(document: Mapping[str, Any], raw: Raw) -> str:
    """No figure in the text; its bar is drawn all the same."""
    return rows_of_table(document, {}) + str([f'<rect width="{n}"/>' for n in raw.values()])


def words_from_raw_counts(document: Mapping[str, Any], raw: Raw) -> str:
    """No figure on the page; it is read aloud all the same."""
    return rows_of_table(document, {}) + str([f'aria-label="{n} sagde det"' for n in raw.values()])


def bytes_hold_nothing_hidden(render: Callable[[Mapping[str, Any], Raw], str]) -> list[str]:
    """With other true values in the hidden cells, all bytes stay the same."""
    document = a_release()
    hidden = [nth for nth, one in enumerate(document["cells"]) if one["value"] is None]
    assert hidden
    one, other = (dict.fromkeys(hidden, value) for value in (2, 4))
    return [] if render(document, one) == render(document, other) else ["the bytes depend on hidden values"]


def of_printed_classes(row: Mapping[str, int | None]) -> float | None:
    """The only mean there could ever be (D13): of the three printed classes, in steps of a half."""
    counted = [(row[name], worth) for name, worth in CASES["D13"]["classes"].items()]
    if any(n is None for n, _worth in counted):
        return None
    total = sum(n or 0 for n, _worth in counted)
    return round(2 * sum((n or 0) * worth for n, worth in counted) / total) / 2


def unrounded(row: Mapping[str, int | None]) -> float | None:
    """The mean of whatever was counted, as exactly as it comes."""
    counted = [(row[name] or 0, worth) for name, worth in CASES["D13"]["classes"].items()]
    return sum(n * worth for n, worth in counted) / sum(n for n, _worth in counted)


def tells_no_more_than_the_classes(mean: Callable[[Mapping[str, int | None]], float | None]) -> list[str]:
    """A mean says nothing that the printed classes do not say, and nothing at all where one is hidden."""
    return [f"{mean(row)} instead of {row['mean']}" for row in CASES["D13"]["rows"] if mean(row) != row["mean"]]


def holds_no_mean(columns: Iterable[str]) -> list[str]:
    """No column is an average."""
    return [name for name in columns if any(word in name.lower() for word in ("mean", "average", "snit", "middel"))]


# ── What is planned ──────────────────────────────────────────────────────────────


def accept_any_crossing(_crossed: Iterable[Sequence[str]]) -> None:
    """Every table one might wish for."""


def refuses_a_circle(refuse: Callable[[Iterable[Sequence[str]]], None]) -> list[str]:
    """The circle of D05 is refused."""
    attempt = next(one for one in CASES["D05"]["attempts"] if one["reason"] == "crossings_form_a_circle")
    try:
        refuse(attempt["ask"]["catalogue"]["crossings"])
    except Refusal:
        return []
    return ["a circle of crossings is accepted"]


def month_of_its_thursday(week: str) -> set[str]:
    """Where a week counts."""
    return {weeks.month_of_week(week)}


def months_of_its_days(week: str) -> set[str]:
    """Calendar months: a week counts wherever one of its days lies."""
    monday = weeks.monday(week)
    return {f"{monday + timedelta(days=nth):%Y-%m}" for nth in range(7)}


def counts_each_week_once(months_of: Callable[[str], set[str]]) -> list[str]:
    """From 2026 to 2032 no week lies in two months: two months would differ by one week's answers."""
    day, complaints = date(2026, 1, 1), []
    while day.year < 2033:
        week = weeks.week_of(day)
        complaints += [f"{week} counts in {sorted(months_of(week))}"] if len(months_of(week)) != 1 else []
        day += timedelta(days=7)
    return complaints


Planning = Callable[[Catalogue, Period, Places, Mapping[str, int]], object]


def planned_before(year: Catalogue, period: Period, places: Places, _counted: Mapping[str, int]) -> object:
    """Which cells there are, decided before anything is counted."""
    return catalogue.planned_cells(year, period, places)


def planned_by_n(year: Catalogue, period: Period, places: Places, counted: Mapping[str, int]) -> object:
    """A row of its own for whoever has twenty answers this time."""
    own = [replace(one, own_row=counted.get(one.code, 0) >= 20) for one in places._places]
    return catalogue.planned_cells(year, period, Places(own, places._kinds))


def rows_tell_nothing(planned: Planning) -> list[str]:
    """The same rows, however many answered: a row that comes and goes says on which side of a limit they were."""
    year, period = catalogue.of_year(2027), Period(2027, "Q", 1)
    places = Places(
        [
            Place("DK", "country", None, "Hele landet"),
            Place("R-midt", "region", "DK", "Region Midtjylland"),
            Place("GH1", "site", "R-midt", "Ankeret", "street_house", own_row=True),
        ],
        {"street_house": "Gadens Huse"},
    )
    few, many = (planned(year, period, places, {"GH1": n}) for n in (19, 20))
    return [] if few == many else ["a row of its own tells whether it has twenty"]


def stops_when_time_is_out(of: type[Guard]) -> list[str]:
    """Without time left nothing comes out of the guard (D02)."""
    written = CASES["D02"]
    dimensions = Dimensions.from_json(written["dimensions"])
    cells = [dimensions.cell(one["dims"]) for one in written["planned"]]
    asked = case.build(Rules(5, 0), dimensions, cells, Counts.from_people(dimensions, written["tallies"]), {})
    try:
        decision: Decision = of(asked, Limits(release=-1)).decide()
    except guard.GuardFailed:
        return []
    return [f"{len(decision.shown)} figures are shown that nobody proved safe"]


# ── What is written ──────────────────────────────────────────────────────────────


def digits_only(text: str) -> list[str]:
    """A lint that knows no words."""
    return [part for part in text.split() if part.isdigit()]


def finds_typed_numbers(lint: Callable[[str], list[str]]) -> list[str]:
    """Each of these sentences holds a number nobody froze; the last two hold none."""
    typed = ("41 svar talte om det", "Næsten alle savner det", "Kun tre var glade", "½ af dem", "Ingen sagde nej")
    free = ("[[2027-Q1 T5 DK ADG]] talte om det", "Det gælder fra [ikke et antal: 1. maj 2027]")
    missed = [f"missed: {text}" for text in typed if not lint(text)]
    return missed + [f"stopped: {text}" for text in free if lint(text)]
