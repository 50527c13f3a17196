"""Sealed words: only the desk's key opens them, only in their own row, and only while their month lives."""

import secrets

import pytest
from flask import Flask

from app.core import config, db
from app.privacy import queries, sealing
from app.privacy.boxes import CannotOpen
from tests.privacy import sealed_boxes, thief

MONTH = "2026-03"


def _sealed(text: str) -> tuple[bytes, bytes]:
    answer_id = secrets.token_bytes(16)
    return answer_id, sealing.month(MONTH).seal(text, answer_id)


@pytest.mark.parametrize("text", ["Flere senge", "å", "ord " * 400, "😡🙁", "x" * 2000])
def test_what_was_sealed_is_opened(app: Flask, text: str) -> None:
    answer_id, box = _sealed(text)

    assert sealing.unseal(box, answer_id=answer_id, month=MONTH) == text.strip()


@pytest.mark.requirement("R5")
def test_the_size_says_nothing(app: Flask) -> None:
    sizes = {len(_sealed(text)[1]) for text in ("a", "b" * 200, "Døren er låst")}

    assert sizes == {561}
    assert len(_sealed("y" * 1500)[1]) % 512 == 49


@pytest.mark.requirement("R5")
def test_a_box_of_another_row_or_month_does_not_open(app: Flask) -> None:
    answer_id, box = _sealed("Flere senge")

    for other_id, month in ((secrets.token_bytes(16), MONTH), (answer_id, "2026-04")):
        with pytest.raises(CannotOpen):
            sealing.unseal(box, answer_id=other_id, month=month)


@pytest.mark.requirement("R5")
def test_the_citizen_side_cannot_open_what_it_sealed(app: Flask, environ: dict[str, str]) -> None:
    answer_id, box = _sealed("Flere senge")
    environ["STEMME_SIDE"] = "citizen"
    app.extensions["settings"] = config.load(environ)

    with pytest.raises(CannotOpen):
        sealing.unseal(box, answer_id=answer_id, month=MONTH)


@pytest.mark.requirement("R5")
def test_a_box_is_of_one_answer_of_one_month_of_no_size_and_only_for_the_desk(
    app: Flask, environ: dict[str, str]
) -> None:
    without_the_desks = {name: value for name, value in environ.items() if name != "STEMME_SEALING_PRIVATE_KEY"}

    assert list(sealed_boxes.faults(*thief.candidates(without_the_desks))) == []


def test_a_destroyed_month_is_gone_for_ever(app: Flask) -> None:
    answer_id, box = _sealed("Flere senge")
    queries.delete_month(MONTH)

    with pytest.raises(CannotOpen):
        sealing.unseal(box, answer_id=answer_id, month=MONTH)


def test_a_swapped_month_key_is_seen(app: Flask) -> None:
    _sealed("Flere senge")
    assert sealing.faults() == []
    month = queries.months()[0]
    month.public = secrets.token_bytes(32)
    db.db.session.flush()

    assert sealing.faults() == [f"seal_month {MONTH}: the public key is not the one that was wrapped"]


def test_text_is_cleaned_before_it_is_sealed(app: Flask) -> None:
    assert sealing.cleaned("a\0b\x07c\nd\ud800e") == "abc\nde"
    assert len(sealing.cleaned("x" * 5000)) == 2000
