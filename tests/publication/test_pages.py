"""The pages of a release: their order, what a hidden row shows, and that a long table gets several light pages."""

import gzip
import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.publication.formats import page
from app.publication.formats.base import Claim, Edition, Piece

ORACLE = Path(__file__).parents[1] / "oracles" / "interop" / "release_minimal.json"
MANY = 200
"""Rows of a table for a whole country: municipalities, and sites with a row of their own."""


def minimal() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(ORACLE.read_text("utf-8"))
    return {**document, "hash": "sha256:" + "1" * 64}


def country() -> dict[str, Any]:
    """The minimal release with many more places that answered about every theme."""
    chance, document = random.Random(1), minimal()
    members = {one["id"]: one["members"] for one in document["dimensions"]}
    for number in range(MANY):
        name = "".join(chance.choices("abdefghijklmnoprstuvyæøå", k=9)).capitalize()
        members["place"].append({"code": f"K{number}", "parent": "R-ost", "label": f"{name} Kommune"})
        for theme in [None, *(one["code"] for one in members["theme"])]:
            dims = {"place": f"K{number}", "period": document["period"]} | ({"theme": theme} if theme else {})
            value = chance.randint(200, 400) if theme is None else chance.randint(10, 199)
            document["cells"].append({"table": "T5" if theme else "T1", "dims": dims, "value": value})
    return document


def printed(document: dict[str, Any], lang: str = "da") -> dict[str, Piece]:
    """Every page in a language, by its part."""
    return {one.part: one for one in page.render(Edition(document)) if one.lang == lang}


def text_of(piece: Piece) -> str:
    return piece.content.decode()


def test_a_release_is_told_in_the_agreed_order(app: Flask) -> None:
    document = minimal()
    document["cells"][2]["value"] = None  # how many answered in one region
    shown = text_of(printed(document)[""])
    marks = ("<h1", 'class="lead"', "I sagde – vi gjorde</h2>", "<dl", "<table", "<li>Region Midtjylland</li>",
             "/resultater/kort", "Hvad en streg", "Sådan passer vi på",
             "/api/v1/releases/2027-Q1.csv", "sha256:")  # fmt: skip

    found = [shown.index(mark, shown.index("<main>")) for mark in marks]

    assert found == sorted(found)


@pytest.mark.requirement("R7")
def test_a_hidden_row_has_no_bar_and_says_the_same_whatever_was_counted(app: Flask) -> None:
    shown = text_of(printed(minimal())["T2"])
    rows = re.findall(r'<tr><th scope="row">(?:.*?)</th>(.*?)</tr>', shown, re.DOTALL)
    hidden = {one for one in rows if "<rect" not in one}
    captions = re.findall(r"<caption>(.*?)</caption>", shown, re.DOTALL)

    assert "style=" not in shown
    assert hidden == {'<td colspan="3">– <span class="v">skjult for at beskytte dem, der svarede</span></td>'}
    assert len(rows) > 2
    assert captions
    assert all("1. kvartal 2027" in one and re.search(r"\d+ (svar|af)", one) for one in captions)


def test_rows_stand_in_the_order_of_the_catalogue_and_places_never_by_size(app: Flask) -> None:
    document = minimal()
    for one in document["cells"]:
        if one["dims"].get("theme") == "KOM":
            one["value"] = 55

    shown = text_of(printed(document)["T5"])

    assert shown.index("Adgang og åbningstider") < shown.index("Kommune, sag og sammenhæng")


def test_a_long_table_gets_several_light_pages_with_every_place_once(app: Flask) -> None:
    document = country()
    pages = printed(document)
    parts = [part for part in pages if part.startswith("T5")]
    whole = "".join(text_of(pages[part]) for part in parts)

    assert parts[:2] == ["T5", "T5-2"]
    assert max(len(gzip.compress(one.content)) for one in pages.values()) <= page.HEAVIEST
    for number in range(MANY):
        name = next(one["label"] for one in document["dimensions"][0]["members"] if one["code"] == f"K{number}")
        assert whole.count(f"<caption>{name} ") == 1
    assert all(f"/resultater/2027-Q1/{part}?lang=da" in text_of(pages["T5"]) for part in parts[1:])
    assert set(parts) == {part for part in printed(document, "ar") if part.startswith("T5")}


def test_a_finding_on_the_figures_is_the_first_sentence_of_the_page(app: Flask) -> None:
    claim = Claim("U5", {"da": "41 af 96 svar talte om åbningstider."})
    edition = Edition(minimal(), claims=(claim,))

    shown = {one.lang: text_of(one) for one in page.render(edition) if one.part == ""}

    assert shown["da"].index(claim.said["da"]) < shown["da"].index("96 svar fra de")
    assert '<bdi lang="da" dir="ltr">41 af 96' in shown["ar"]
    assert "/resultater/spor/U5?lang=en" in shown["en"]
