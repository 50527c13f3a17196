"""Words of danger against the oracle: what must be found, what must not, and what no list finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.surveys import risk
from app.surveys.risk import RiskHit
from tests.surveys.samples import oracle

ROWS = oracle("risk.json")["rows"]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['group']} {row['text'][:40]}" for row in ROWS])
def test_a_text_is_heard_as_the_oracle_says(row: dict) -> None:
    found = risk.kind(row["text"])

    assert (found.kind if found else None) == row["kind"]


@pytest.mark.parametrize(
    ("text", "heard"),
    [("jeg vil bare gerne dø", True), ("jeg vil så bare gerne dø", False), ("jeg dø vil", False)],
)
def test_at_most_two_other_words_stand_between_the_words_of_a_phrase(text: str, heard: bool) -> None:
    assert (risk.kind(text) is not None) == heard


def test_a_wrong_turn_does_not_hide_the_right_one() -> None:
    assert risk.kind("jeg vil vil ikke ikke mere ikke leve") == RiskHit("life", "da")


def test_the_gravest_of_two_is_answered() -> None:
    assert risk.kind("han slog mig og nu vil jeg ikke leve") == RiskHit("life", "da")


def test_a_phrase_tells_its_language() -> None:
    assert risk.kind("I want to die", lang="da") == RiskHit("life", "en")


def test_nothing_is_heard_in_nothing() -> None:
    assert risk.kind("") is None


@given(text=st.text(max_size=120))
def test_no_text_at_all_breaks_the_list(text: str) -> None:
    found = risk.kind(text)

    assert found is None or found.kind in ("life", "body", "harm")
