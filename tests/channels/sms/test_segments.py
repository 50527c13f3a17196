"""Segments against the oracle, and that no text at all breaks the count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.channels.sms.segments import downgrade, segments
from tests.surveys.samples import oracle

CASES = oracle("segments.json")
any_text = st.text(st.characters(exclude_categories=()), max_size=400)


@pytest.mark.parametrize("row", CASES["rows"], ids=range(len(CASES["rows"])))
def test_a_text_costs_what_the_oracle_says(row: dict) -> None:
    found = segments(row["text"])

    expected = (row["encoding"], row["units"], row["segments"], row["offender"])
    assert (found.encoding, found.units, found.segments, found.offender) == expected


@pytest.mark.parametrize("row", CASES["cluster_differences"], ids=range(len(CASES["cluster_differences"])))
def test_where_clusters_differ_either_count_is_good(row: dict) -> None:
    assert segments(row["text"]).segments in (row["segments"], row["segments_twilio_calculator"])


@pytest.mark.parametrize("row", CASES["downgrade"], ids=lambda row: f"{row['lang']} {row['out'][:20]}")
def test_our_wording_is_made_cheaper_as_the_oracle_says(row: dict) -> None:
    assert downgrade(row["text"], row["lang"]) == row["out"]
    assert segments(row["out"]).segments == row["segments_after"]


def test_a_pair_is_never_cut_in_two() -> None:
    assert segments("a" * 152 + "€" + "a" * 152).segments == 3


@given(text=any_text)
def test_any_text_has_a_cost(text: str) -> None:
    found = segments(text)

    assert found.segments >= 1
    assert (found.offender is None) == (found.encoding == "GSM-7")
    assert found.units >= len(text)


@given(text=any_text, lang=st.sampled_from(["da", "en", "kl", "so", "pl", "ro"]))
def test_downgrading_twice_changes_nothing_more(text: str, lang: str) -> None:
    once = downgrade(text, lang)

    assert downgrade(once, lang) == once


@given(text=st.text("æøåÆØÅéäöü aE", max_size=60))
def test_danish_letters_are_never_touched(text: str) -> None:
    assert downgrade(text, "da") == text
