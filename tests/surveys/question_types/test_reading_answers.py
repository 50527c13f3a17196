"""Answers read from texts, row by row against the oracle."""

import pytest

from app.surveys import question_types, sketch
from app.surveys.question_types import Reading, Skip, Value
from tests.surveys.samples import oracle

CASES = oracle("normalise.json")


def expected(row: dict) -> tuple:
    kind, value = row["expect"]["kind"], row["expect"].get("value")
    as_text = tuple(value) if isinstance(value, list) else None if value is None else str(value)
    return kind, as_text, row["expect"].get("comment")


def found(reading: Reading) -> tuple:
    if isinstance(reading, Value):
        return "value", reading.value, reading.comment
    return ("skip" if isinstance(reading, Skip) else "unreadable"), None, None


@pytest.mark.parametrize("row", CASES["rows"], ids=lambda row: row["id"])
def test_an_answer_is_read_as_the_oracle_says(row: dict) -> None:
    options = row.get("options", [])
    asked = sketch.question(
        row["type"],
        CASES["option_sets"][options] if isinstance(options, str) else options,
        max=row.get("max"), top=row.get("top"), low=row.get("lo"), high=row.get("hi"),
    )  # fmt: skip

    reading = question_types.by_name(row["type"]).read(row["raw"], asked, row["lang"])

    assert found(reading) == expected(row)
