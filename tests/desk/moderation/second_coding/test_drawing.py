"""What is drawn for a second coding: by chance, at least one in ten, at least thirty in a quarter."""

import os
import random

import pytest

from app.core import db
from app.desk.moderation.second_coding import drawing
from tests.desk.moderation.factories import a_moderator, a_response, a_text, approve, rows, the_codebook

Q1, Q2 = "2026-W10", "2026-W20"


def some(count: int) -> list[bytes]:
    return [os.urandom(16) for _ in range(count)]


@pytest.mark.parametrize(("expected", "least"), [(0, 30), (100, 30), (200, 30), (2_000, 30)])
def test_thirty_are_reached_where_the_quarter_is_as_full_as_expected(expected: int, least: int) -> None:
    chance = random.Random(3).random
    ids = some(max(expected, 100))

    chosen = drawing.choose(ids, drawn=0, seen=0, expected=expected, chance=chance)

    assert len(chosen) >= least


def test_a_full_quarter_is_drawn_one_in_ten() -> None:
    chosen = drawing.choose(some(20_000), drawn=0, seen=0, expected=20_000, chance=random.Random(5).random)

    assert len(chosen) == pytest.approx(2_000, abs=150)


def test_nobody_is_expected_and_the_first_thirty_are_taken_then_one_in_ten() -> None:
    ids = some(1_030)

    chosen = drawing.choose(ids, drawn=0, seen=0, expected=0, chance=random.Random(8).random)

    assert chosen[:30] == ids[:30]
    assert 70 <= len(chosen) - 30 <= 130


def test_every_text_is_drawn_for_once_when_it_reaches_the_desk(content: None) -> None:
    a_response("Flere senge", week=Q1)
    a_response("Mere mad", "Mere ro", week=Q2)

    assert rows("SELECT count(*) FROM text_item WHERE second_due IS NULL") == [(0,)]
    assert drawing.draw() == 0


def test_the_first_of_a_new_desk_are_all_drawn(content: None) -> None:
    for _ in range(3):
        a_text()

    assert rows("SELECT count(*) FROM text_item WHERE second_due") == [(3,)]


def test_the_draw_knows_nothing_of_the_first_coding(content: None) -> None:
    """The same draw, whether the texts are untouched or approved with a theme."""
    the_codebook()
    texts = [a_text() for _ in range(4)]
    approve(texts[0], a_moderator(), "ADG")
    db.connection().exec_driver_sql("UPDATE text_item SET second_due = NULL")

    drawing.draw()
    db.db.session.commit()

    assert rows("SELECT count(*) FROM text_item WHERE second_due") == [(4,)]
    assert [row[0] for row in rows("SELECT count(*) FROM text_item WHERE second_due IS NULL")] == [0]


def test_at_night_others_are_drawn_of_those_nobody_has_read(content: None) -> None:
    """Among the first thirty of a new desk: that would say when somebody wrote."""
    the_codebook()
    read = a_text("Den første", week=Q1)
    approve(read, a_moderator(), "MOD")
    a_response(*(f"Tekst {nth}" for nth in range(60)), week=Q1)
    before = due()

    drawing.mix()

    assert read in before & due()
    assert len(due()) == len(before)
    assert due() != before


def due() -> set[bytes]:
    return {bytes(row[0]) for row in rows("SELECT answer_id FROM text_item WHERE second_due")}
