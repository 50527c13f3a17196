"""What changed since the period before: in words, of what is printed in both, where chance seldom does it."""

from copy import deepcopy
from fractions import Fraction
from math import comb
from typing import Any

import pytest
from flask import Flask

from app.publication import uncertainty
from app.publication.formats import change, page
from app.publication.formats.base import Edition
from tests.publication.test_pages import minimal

THEMES = ("ADG", "BOL", "KOM", "TRY")


def release(period: str, n: int, good: int | None, **themes: int | None) -> dict[str, Any]:
    """A release of the whole country with these figures, and a dash for None."""
    document = deepcopy(minimal())
    place = next(one for one in document["dimensions"] if one["id"] == "place")["members"][0]["code"]
    at = {"place": place, "period": period}
    said = [{"code": code, "label": code} for code in THEMES]
    rating = [{"code": "all", "parent": None},
              {"code": "answered", "parent": "all", "ground": True, "asserts": False, "label": "Svarede"},
              {"code": "good", "parent": "answered", "label": "Godt"}]  # fmt: skip
    kept = [one for one in document["dimensions"] if one["id"] == "place"]
    document["period"] = period
    document["dimensions"] = [
        *kept,
        {"id": "period", "kind": "tree", "base": True, "members": [{"code": period, "parent": None}]},
        {"id": "rating", "kind": "tree", "members": rating},
        {"id": "theme", "kind": "flags", "members": said},
    ]
    document["tables"] = [
        {"id": "T1", "title": {"da": "Svar"}, "splits": []},
        {"id": "T2", "title": {"da": "Hvordan det var"}, "splits": ["rating"]},
        {"id": "T5", "title": {"da": "Temaer"}, "splits": ["theme"]},
    ]
    document["cells"] = [
        {"table": "T1", "dims": at, "value": n},
        {"table": "T2", "dims": at | {"rating": "answered"}, "value": n},
        {"table": "T2", "dims": at | {"rating": "good"}, "value": good},
        *({"table": "T5", "dims": at | {"theme": code}, "value": value} for code, value in themes.items()),
    ]
    return document


BEFORE = release("2027-Q1", 90, 40, ADG=15, BOL=20, KOM=None)
NOW = release("2027-Q2", 120, 55, ADG=62, BOL=27, KOM=50)


def shown(document: dict[str, Any], before: dict[str, Any] | None, lang: str = "da") -> str:
    """The front page of a release, without the blanks of its template."""
    made = page.render(Edition(document, before=before))
    return " ".join(next(one.content for one in made if (one.part, one.lang) == ("", lang)).decode().split())


def test_what_is_hidden_in_either_period_is_not_compared() -> None:
    found = change.of(NOW, BEFORE)

    assert found is not None
    assert [one.said[0][1] for one in found.compared] == ["good", "ADG", "BOL"]
    assert found.answers == (120, 90)


def test_a_change_that_chance_seldom_makes_is_told_and_others_are_not() -> None:
    found = change.of(NOW, BEFORE)

    assert found is not None
    assert {one.said[0][1]: one.is_changed for one in found.told} == {"good": False, "ADG": True}


def test_the_same_figures_twice_have_not_changed() -> None:
    found = change.of(NOW, NOW)

    assert found is not None
    assert not found.is_any_changed
    assert len(found.compared) == 4


def test_the_page_says_both_times_with_their_uncertainty(app: Flask) -> None:
    told = shown(NOW, BEFORE)

    assert "Siden 1. kvartal 2027</h2>" in told
    assert "120 svar nu, 90 svar dengang." in told
    assert (
        "ADG: 62 af 120 (52 %, usikkerhed 43–60 %). Før: 15 af 90 (17 %, usikkerhed 10–26 %). "
        "Forskellen er større, end tilfældigheder plejer at give." in told
    )
    assert "BOL: 27" not in told


def test_a_first_release_has_nothing_to_compare_with(app: Flask) -> None:
    assert "Siden " not in shown(NOW, None)


def test_where_too_little_is_printed_the_page_says_so(app: Flask) -> None:
    few = release("2027-Q1", 9, None, ADG=None)

    told = shown(NOW, few)

    assert "Vi viser for få tal fra begge tider" in told
    assert "mod" not in told.partition("Siden 1. kvartal")[2].partition("<h2>")[0]


def test_no_change_is_said_too(app: Flask) -> None:
    assert "Tallene fra de to tider ligner hinanden" in shown(NOW, NOW, "da")


@pytest.mark.parametrize(("count", "count2"), [(300, 240), (260, 240), (240, 240), (3, 0)])
def test_many_answers_are_compared_by_logarithms_with_the_same_result(count: int, count2: int) -> None:
    n, n2 = 2_400, 2_000
    assert n + n2 > uncertainty.MOST_EXACT
    said = count + count2
    ways = [comb(n, k) * comb(n2, said - k) for k in range(max(0, said - n2), min(n, said) + 1)]
    here = comb(n, count) * comb(n2, count2)

    found = uncertainty.fisher(count, n, count2, n2)

    assert found == pytest.approx(float(Fraction(sum(way for way in ways if way <= here), sum(ways))), rel=1e-6)
