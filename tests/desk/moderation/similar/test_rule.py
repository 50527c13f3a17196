"""Look-alikes: as many of the oracle's pairs as the rule promises, none of its traps."""

import json
from itertools import combinations
from typing import Any

import pytest

from app.core.config import ROOT
from app.desk.moderation.similar import rule
from app.desk.moderation.similar.rule import Run

ORACLE: dict[str, Any] = json.loads((ROOT / "tests/oracles/near_duplicates.json").read_text("utf-8"))
PLAIN = {item["id"]: rule.plain(item["text"]) for item in ORACLE["items"]}


def test_the_oracles_pairs_are_found_and_its_traps_are_not() -> None:
    found = {pair for pair in combinations(sorted(PLAIN), 2) if rule.same(PLAIN[pair[0]], PLAIN[pair[1]])}
    wanted = {tuple(sorted(pair)) for pair in ORACLE["pairs"]}

    assert len(found & wanted) / len(found) >= 0.97
    assert len(found & wanted) / len(wanted) >= 0.93
    assert [trap for trap in ORACLE["must_not"] if tuple(sorted(trap["pair"])) in found] == []


def test_groups_are_what_the_pairs_connect() -> None:
    ids = {name: name.encode() for name in PLAIN}
    for one, other in ORACLE["pairs"][:20]:
        if rule.same(PLAIN[one], PLAIN[other]):
            others = {ids[name]: plain for name, plain in PLAIN.items() if name != one}
            assert ids[other] in rule.group(PLAIN[one], others)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Der skal være mere mad om aftenen", "Der skal være mindre mad om aftenen"),
        ("Der er lukket om natten i weekenden", "Der er åbent om natten i weekenden"),
        ("Vi ventede tre timer på lægen", "Vi ventede fem timer på lægen"),
        ("De skrev til os kl 9 om morgenen", "De skrev til os kl 19 om morgenen"),
        ("Personalet hjælper altid i baren", "Personalet hjælper uden i baren"),
    ],
)
def test_one_word_may_say_something_else(one: str, other: str) -> None:
    assert not rule.same(rule.plain(one), rule.plain(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Køen er for lang om morgenen", "KØEN ER FOR LANG OM MORGENEN!!!"),
        ("Køen er for lang om morgenen", "koeen er for lang om morgnen"),
        ("Køen er for lang om morgenen", "om morgenen er køen for lang"),
        ("Køen er for lang om morgenen", "Køen er for lang om morgenen tak"),
    ],
)
def test_spelling_order_and_thanks_make_no_difference(one: str, other: str) -> None:
    assert rule.same(rule.plain(one), rule.plain(other))


def test_a_group_grows_through_its_members_and_ends_at_fifty() -> None:
    words = [f"ord{chr(97 + nth)}" for nth in range(12)]
    chain = {b"1": " ".join(words[:11]), b"2": " ".join(words[:10]), b"3": "noget helt andet"}
    many = {nth.to_bytes(2, "big"): "køen er lang" for nth in range(80)}

    assert rule.group(" ".join(words), chain) == [b"1", b"2"]
    assert len(rule.group("køen er lang", many)) == rule.LARGEST


def test_words_that_differ_are_marked() -> None:
    assert rule.differing("Maden er god, tak 😡", "maden var god") == [
        Run("Maden", is_other=False), Run("er", is_other=True),
        Run("god,", is_other=False), Run("tak 😡", is_other=True),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "…", "😡"])
def test_a_text_without_words_is_like_no_other(text: str) -> None:
    assert rule.plain(text) == ""
