"""Small random years for property tests: places, months, splits with grounds and sub-themes, and releases."""

from collections.abc import Iterable
from itertools import product
from typing import Any

from hypothesis import strategies as st

SPLITS: dict[str, dict[str, Any]] = {
    "rating": {
        "id": "rating",
        "kind": "tree",
        "members": [
            {"code": "all", "parent": None},
            {"code": "answered", "parent": "all", "ground": True, "asserts": False},
            {"code": "good", "parent": "answered"},
            {"code": "bad", "parent": "answered"},
            {"code": "none", "parent": "all", "asserts": False},
        ],
    },
    "service": {
        "id": "service",
        "kind": "tree",
        "members": [{"code": "all", "parent": None}, *({"code": code, "parent": "all"} for code in "xyz")],
    },
    "zone": {
        "id": "zone",
        "kind": "tree",
        "members": [
            {"code": "all", "parent": None},
            {"code": "centre", "parent": "all"},
            {"code": "periphery", "parent": "all"},
            {"code": "nowhere", "parent": "all", "asserts": False},
        ],
    },
    "theme": {
        "id": "theme",
        "kind": "flags",
        "members": [{"code": "ADG"}, {"code": "ADG.AAB", "parent": "ADG"}, {"code": "BOL"}],
    },
}
SAYABLE: dict[str, list[Any]] = {
    "rating": ["good", "bad", "none"],
    "service": ["x", "y", "z"],
    "zone": ["centre", "periphery", "nowhere"],
    "theme": [[], ["ADG"], ["ADG", "ADG.AAB"], ["BOL"], ["ADG", "BOL"]],
}
PLANNED = {
    "rating": ["answered", "good", "bad"],
    "service": ["x", "y", "z"],
    "zone": ["centre", "periphery"],
    "theme": ["ADG", "ADG.AAB", "BOL"],
}
PLACES = [
    {"code": "DK", "parent": None},
    {"code": "R", "parent": "DK"},
    {"code": "A", "parent": "R"},
    {"code": "B", "parent": "R"},
    {"code": "C", "parent": "DK"},
    {"code": "DK/bus", "of": ["B", "C"]},
]
_CODES = [one["code"] for one in PLACES]
CROSSINGS = (
    (("rating", "zone"),),
    (("theme", "zone"),),
    (("rating", "zone"), ("service", "zone")),
    (("rating", "zone"), ("rating", "service")),
    (("rating", "zone"), ("theme", "zone")),
)
PERIODS = [{"code": "Q", "parent": None}, {"code": "jan", "parent": "Q"}, {"code": "feb", "parent": "Q"}]


@st.composite
def years(draw: st.DrawFn) -> dict[str, Any]:
    """Up to two splits at three sites and in two months, told in three releases."""
    splits = draw(st.sampled_from([(), ("rating",), ("service",), ("theme",), ("rating", "theme")]))
    kinds = list(product("ABC", ("jan", "feb"), *(SAYABLE[split] for split in splits)))
    usual = st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 6, 9, 14])
    counts = draw(st.lists(usual, min_size=len(kinds), max_size=len(kinds)))
    months = draw(st.sampled_from([("jan", "feb", "Q"), ("Q", "jan", "feb"), ("jan", "Q", "feb")]))
    return {
        "rules": {"k": 5, "min_n": draw(st.sampled_from([0, 10]))},
        "dimensions": dimensions(splits),
        "tallies": tallies(splits, zip(kinds, counts, strict=True)),
        "releases": [planned(month, _places(draw), splits) for month in months],
    }


@st.composite
def crossed_years(draw: st.DrawFn) -> dict[str, Any]:
    """Two or three splits crossed with each other in a tree; each table is told of places of its own."""
    crossings = draw(st.sampled_from(CROSSINGS))
    splits = tuple(sorted({split for crossing in crossings for split in crossing}))
    kinds = list(product("ABC", ("jan",), *(SAYABLE[split] for split in splits)))
    usual = st.sampled_from([0, 0, 0, 0, 1, 2, 3, 5, 8])
    counts = draw(st.lists(usual, min_size=len(kinds), max_size=len(kinds)))
    alone = [planned(month, _places(draw), splits) for month in ("jan", "Q")]
    crossed = [
        {"place": place, "period": "Q"} | dict(zip(crossing, codes, strict=True))
        for crossing in crossings
        for place in draw(st.sets(st.sampled_from(_CODES), min_size=1, max_size=2))
        for codes in product(*(PLANNED[split] for split in crossing))
    ]
    return {
        "rules": {"k": 5, "min_n": 0},
        "dimensions": dimensions(splits),
        "tallies": tallies(splits, zip(kinds, counts, strict=True)),
        "releases": [alone[0], alone[1] + crossed],
    }


def dimensions(splits: tuple[str, ...]) -> list[dict[str, Any]]:
    """Three sites, two months, and these splits."""
    return [
        {"id": "place", "kind": "tree", "base": True, "members": PLACES},
        {"id": "period", "kind": "tree", "base": True, "members": PERIODS},
        *(SPLITS[split] for split in splits),
    ]


def tallies(splits: tuple[str, ...], counts: Iterable[tuple[tuple[Any, ...], int]]) -> list[dict[str, Any]]:
    """How many of each kind of people: a site, a month, and what they said."""
    names = ("place", "period", *splits)
    return [{"dims": dict(zip(names, kind, strict=True)), "count": n} for kind, n in counts if n]


def planned(month: str, places: Iterable[str], splits: tuple[str, ...]) -> list[dict[str, str]]:
    """Everybody at these places, and each category there."""
    base = [{"place": place, "period": month} for place in places]
    return base + [one | {split: code} for one in base for split in splits for code in PLANNED[split]]


def _places(draw: st.DrawFn) -> list[str]:
    return draw(st.lists(st.sampled_from(_CODES), min_size=2, unique=True))
