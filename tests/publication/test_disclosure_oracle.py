"""Every disclosure case of the project: nothing that pins people down, and as much shown as can be."""

from datetime import date
from itertools import product
from typing import Any

import numpy as np
import pytest

from app.core.errors import Refusal
from app.publication import catalogue, guard, periods, uncertainty
from app.publication.case import AlreadyPublished, Rules
from app.publication.counts import Counts
from app.publication.crossings import CrossingsFormACircle
from app.publication.dimensions import Dimensions
from app.publication.solver import System
from tests.publication.disclosure_cases import CASES, complaints, leaks, shown_ids
from tests.publication.test_catalogue import PLACES

GUARDED = [case for case in CASES.values() if case["kind"] == "guard"]
MANY = CASES["D11"]
SEQUENCE = CASES["D23"]


@pytest.mark.requirement("R6")
@pytest.mark.parametrize("case", GUARDED, ids=lambda case: case["id"])
def test_a_case_is_decided_without_a_complaint(case: dict[str, Any]) -> None:
    shown = shown_ids(case)

    assert complaints(case, shown) == []
    assert len(shown) <= (case["expect"]["best_possible_shown"] or len(shown))


@pytest.mark.parametrize(
    "case", [case for case in GUARDED if case["threshold_only_leaks"]], ids=lambda case: case["id"]
)
def test_the_attacker_finds_what_hiding_small_figures_alone_gives_away(case: dict[str, Any]) -> None:
    printed = {name for name, value in case["values"].items() if value >= case["rules"]["k"]}

    assert leaks(case, printed)


@pytest.mark.requirement("R6")
def test_150_tables_of_two_by_two_are_safe_and_show_as_much_as_any_safe_choice() -> None:
    shown = broken = 0
    for table in MANY["tables"]:
        case = two_by_two(table["table"])
        names = shown_ids(case)
        shown += len(names)
        broken += bool(leaks(case, names))

    assert broken == MANY["expect"]["broken_after"]
    assert shown == MANY["expect"]["sum_best_possible_shown"]


@pytest.mark.requirement("R6")
def test_nine_releases_in_a_row_are_safe_together() -> None:
    printed: list[dict[str, Any]] = []
    shown: set[str] = set()
    for told in SEQUENCE["releases"]:
        case = release(told, printed)
        names = shown_ids(case)
        shown |= names
        printed += [
            {"dims": one["dims"], "value": case["values"][one["id"]] if one["id"] in names else None}
            for one in told["planned"]
        ]

    everything = {**release({"planned": []}, printed), "values": {}}
    totals = {one["id"] for told in SEQUENCE["releases"] for one in told["planned"] if one["id"].startswith("ALL")}
    assert leaks(everything, set()) == []
    assert totals <= shown
    assert len(shown) >= SEQUENCE["expect"]["at_least_shown_in_all"]
    assert not any(shown.issuperset(both) for both in SEQUENCE["expect"]["never_both"])


@pytest.mark.requirement("R6")
def test_fractions_do_not_count_as_people() -> None:
    case = CASES["D19"]
    number = {atom: nth for nth, atom in enumerate(case["atoms"])}
    figures = [
        (tuple((number[atom], 1) for atom in case["cells"][name]), value) for name, value in case["published"].items()
    ]
    target = [(number[atom], 1) for atom in case["target"]]
    system = System.of(len(number), [], figures)
    all_shown = system.fitted(np.array([case["truth"][atom] for atom in case["atoms"]]))

    assert all_shown.all()
    assert system.reach(target, case["k"], all_shown) is None
    assert system.reach(target, case["expect"]["integer_maximum"], all_shown) is not None


@pytest.mark.parametrize("attempt", CASES["D05"]["attempts"], ids=lambda attempt: attempt["reason"])
def test_what_is_outside_the_catalogue_is_refused_with_a_sentence(attempt: dict[str, Any]) -> None:
    expected = {
        "not_a_period": periods.NotAPeriod,
        "not_a_table": catalogue.NotATable,
        "not_a_place_for_this_table": catalogue.NotAPlaceForThisTable,
        "not_a_period_for_this_place": catalogue.NotAPeriodForThisPlace,
        "too_early": periods.TooEarly,
        "already_published": AlreadyPublished,
        "crossings_form_a_circle": CrossingsFormACircle,
    }

    with pytest.raises(Refusal) as refused:
        _ask(attempt)

    assert type(refused.value) is expected[attempt["reason"]]
    assert str(refused.value).endswith(".")


def test_later_counts_never_change_what_was_frozen() -> None:
    dimensions = Dimensions.from_json(
        [
            {"id": "place", "kind": "tree", "base": True, "members": [{"code": "A", "parent": None}]},
            {
                "id": "period",
                "kind": "tree",
                "base": True,
                "members": [
                    {"code": "2027-H1", "parent": None},
                    {"code": "2027-Q1", "parent": "2027-H1"},
                    {"code": "2027-Q2", "parent": "2027-H1"},
                ],
            },
        ]
    )
    half = dimensions.cell({"place": "A", "period": "2027-H1"})
    frozen = {dimensions.cell({"place": "A", "period": "2027-Q1"}): 12}
    rows = [({"place": "A", "period": "2027-Q1"}, 12), ({"place": "A", "period": "2027-Q2"}, 10)]

    guard.decide(Rules(5, 10), dimensions, [half], counts=Counts.from_tallies(rows), ledger=frozen)
    with pytest.raises(Refusal, match="do not fit"):
        guard.decide(
            Rules(5, 10),
            dimensions,
            [half],
            counts=Counts.from_tallies([(rows[0][0], 11), rows[1]]),
            ledger=frozen,
        )


@pytest.mark.parametrize("row", CASES["D29"]["rows"], ids=str)
def test_shares_are_rounded_last_and_only_from_printed_figures(row: dict[str, Any]) -> None:
    share = uncertainty.share(row["x"], row["n"])

    printed = (None, None, None) if share is None else (share.percent, share.low, share.high)
    assert printed == (row["share"], row["low"], row["high"])


def two_by_two(numbers: list[int]) -> dict[str, Any]:
    cells = dict(zip(MANY["order_of_table"], numbers, strict=True))
    places, ratings = {"A": "A", "B": "B", "ALL": "AB"}, {"x": "x", "y": "y", "all": "xy"}
    return MANY | {
        "published_before": [],
        "tallies": [
            {"dims": dict(zip(("place", "rating"), name.split(), strict=True)) | {"period": "P"}, "count": count}
            for name, count in cells.items()
        ],
        "values": {
            f"{place}|{rating}": sum(cells[f"{p} {r}"] for p, r in product(places[place], ratings[rating]))
            for place, rating in product(places, ratings)
        },
    }


def release(told: dict[str, Any], printed: list[dict[str, Any]]) -> dict[str, Any]:
    dimensions = Dimensions.from_json(SEQUENCE["dimensions"])

    def value(dims: dict[str, str]) -> int:
        return sum(
            row["count"]
            for row in SEQUENCE["tallies"]
            if all(row["dims"][one] in dimensions[one].leaves(code) for one, code in dims.items())
        )

    values = {one["id"]: value(one["dims"]) for one in told["planned"]}
    return SEQUENCE | {"planned": told["planned"], "published_before": printed, "values": values}


def _ask(attempt: dict[str, Any]) -> None:
    ask, year = attempt["ask"], catalogue.of_year(2027)
    if "catalogue" in ask:
        catalogue.refuse_circles(ask["catalogue"]["crossings"])
        return
    period = ask.get("period") or "/".join(ask["weeks"])
    catalogue.refuse_unplanned(year, PLACES, table=ask["table"], place=ask["place"], period=period)
    periods.refuse_too_early(periods.parse(period), today=date.fromisoformat(attempt.get("today", "2028-01-31")))
    if attempt.get("already_published"):
        dimensions = year.dimensions(PLACES)
        cell = dimensions.cell({"place": ask["place"], "period": period})
        guard.decide(Rules(), dimensions, [cell], counts=Counts({}), ledger={cell: 96})
