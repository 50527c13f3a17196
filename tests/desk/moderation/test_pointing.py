"""Details are pointed at and never masked: dates, sums, rare animals, illness, where somebody comes from."""

import time

import pytest

from app.desk.moderation import marks, pointing
from app.desk.moderation.marks import Mark
from app.desk.moderation.pointing import pointers


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Den 14. maj 2024 blev jeg smidt ud", [("14. maj 2024", "date")]),
        ("det skete den 3.4 og igen 24.12.2025", [("3.4", "date"), ("24.12.2025", "date")]),
        ("juleaften sov jeg ude", [("juleaften", "date")]),
        ("De skylder mig 4.300 kr og 1.500,- mere", [("4.300 kr", "sum"), ("1.500,-", "sum")]),
        ("hende med papegøjen 🦜", [("papegøjen", "animal")]),
        ("Jeg har hiv og sidder i kørestol", [("hiv", "illness"), ("kørestol", "illness")]),
        ("en grønlandsk mand", [("grønlandsk", "nationality")]),
        ("😡 den 5. juni", [("5. juni", "date")]),
    ],
)
def test_a_detail_is_pointed_at(said: str, found: list[tuple[str, str]]) -> None:
    assert [(said[one.start : one.end], one.kind) for one in pointers(said)] == found


@pytest.mark.parametrize(
    "said",
    [
        "Der er åbent 8.30 - 15.30, kl. 10.15 er der mad",
        "Maden koster 35 kr og kaffen 5",
        "de får ikke mad, og min hund må ikke komme ind",
        "I maj og juni var der ingen læge",
        "1/2 time i kø, bus 5C",
        "Jeg får 80 mg metadon",
    ],
)
def test_what_singles_nobody_out_is_left_alone(said: str) -> None:
    assert pointers(said) == []


def test_what_is_hidden_already_is_not_pointed_at() -> None:
    said = "hende med papegøjen"

    assert pointers(said, [Mark(10, 19, "detail", "")]) == []


def test_a_piece_is_shown_with_its_details_apart_and_whole() -> None:
    said = "😡 hende med papegøjen ved Karsten den 5. juni"
    hidden = [Mark(27, 34, "name", "")]
    found = pointers(said, hidden)

    shown = [run for piece in marks.pieces(said, hidden) if not piece.mark for run in pointing.runs(piece, found)]

    assert [text for text, pointer in shown if pointer] == ["papegøjen", "5. juni"]
    assert "".join(text for text, _ in shown) == said[:27] + said[34:]


def test_a_long_hostile_text_takes_no_time() -> None:
    said = ("1.1." * 500)[:2000] + "9" * 2000 + "1 " * 1000

    began = time.process_time()
    pointers(said)

    assert time.process_time() - began < 0.5
