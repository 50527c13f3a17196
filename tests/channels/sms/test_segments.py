"""Segments against the oracle, against the definition counted another way, and that no text at all breaks the count."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.channels.sms.segments import downgrade, segments
from tests.surveys.samples import oracle

CASES = oracle("segments.json")
BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
ESCAPED = "\f^{}\\[~]|€"
"""GSM 03.38, tables of section 6.2.1, typed here a second time so that a slip in ours shows."""
LOOK_ALIKE = "`\tçáíóúê“”’–…\u00a0"

any_text = st.text(st.characters(exclude_categories=()), max_size=400)
cheap_text = st.text(st.sampled_from(BASIC + ESCAPED), max_size=500)
dear_text = st.text(st.sampled_from("aé€ł–😀👍\ud83d\udc4d"), max_size=300)


def by_definition(text: str) -> tuple[str, int, int, str | None]:
    """Encoding, units, parts and offender as one would do it on paper: lay whole characters into boxes, one by one."""
    outside = [sign for sign in text if sign not in BASIC and sign not in ESCAPED]
    if outside:
        written = [sign.encode("utf-16-be", "surrogatepass") for sign in text]
        sizes, alone, joined = [len(octets) // 2 for octets in written], 70, 67
    else:
        sizes, alone, joined = [1 if sign in BASIC else 2 for sign in text], 160, 153
    encoding, offender = ("UCS-2", outside[0]) if outside else ("GSM-7", None)
    return encoding, sum(sizes), 1 if sum(sizes) <= alone else len(boxes(sizes, joined)), offender


def boxes(sizes: list[int], room: int) -> list[list[int]]:
    """The sizes in order, as many whole ones into a box as it has room for."""
    filled: list[list[int]] = [[]]
    for size in sizes:
        if sum(filled[-1]) + size > room:
            filled.append([])
        filled[-1].append(size)
    return filled


def counted(text: str) -> tuple[str, int, int, str | None]:
    found = segments(text)
    return found.encoding, found.units, found.segments, found.offender


@pytest.mark.parametrize("row", CASES["rows"], ids=range(len(CASES["rows"])))
def test_a_text_costs_what_the_oracle_says(row: dict) -> None:
    expected = (row["encoding"], row["units"], row["segments"], row["offender"])

    assert counted(row["text"]) == expected
    assert by_definition(row["text"]) == expected


@pytest.mark.parametrize("row", CASES["cluster_differences"], ids=range(len(CASES["cluster_differences"])))
def test_where_clusters_differ_either_count_is_good(row: dict) -> None:
    assert segments(row["text"]).segments in (row["segments"], row["segments_twilio_calculator"])


@pytest.mark.parametrize("row", CASES["downgrade"], ids=lambda row: f"{row['lang']} {row['out'][:20]}")
def test_our_wording_is_made_cheaper_as_the_oracle_says(row: dict) -> None:
    assert segments(row["text"]).segments == row["segments_before"]
    assert downgrade(row["text"], row["lang"]) == row["out"]
    assert segments(row["out"]).segments == row["segments_after"]


def test_each_sign_of_the_two_tables_costs_what_its_table_says() -> None:
    assert len(BASIC) == 127, "128 places, one of them the escape itself"
    assert {segments(sign).units for sign in BASIC} == {1}
    assert {segments(sign).units for sign in ESCAPED} == {2}
    assert {segments(sign).encoding for sign in BASIC + ESCAPED} == {"GSM-7"}


@pytest.mark.parametrize("sign", LOOK_ALIKE, ids=lambda sign: f"U+{ord(sign):04X}")
def test_a_sign_that_only_looks_cheap_is_the_offender(sign: str) -> None:
    assert counted(f"æøå {sign}") == ("UCS-2", 5, 1, sign)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("a" * 151 + "€" + "a" * 153, 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("–" + "a" * 65 + "😀" + "a" * 66, 3),
        ("\ud83d" * 70, 1),
        ("\ud83d" * 71, 2),
    ],
)
def test_nothing_is_ever_cut_in_two_at_the_border_of_a_part(text: str, parts: int) -> None:
    assert segments(text).segments == parts


@given(text=st.one_of(any_text, cheap_text, dear_text))
@example("a" * 152 + "€" * 2)
@example("a" * 152 + "€" + "a" * 151 + "€")
@example("ł" + "a" * 65 + "😀" * 40)
@example("€" * 1600)
@example("😀" * 1600)
def test_any_text_costs_what_the_definition_says(text: str) -> None:
    assert counted(text) == by_definition(text)


@given(text=any_text, lang=st.sampled_from(["da", "en", "kl", "so", "pl", "ro"]))
def test_downgrading_twice_changes_nothing_more(text: str, lang: str) -> None:
    once = downgrade(text, lang)

    assert downgrade(once, lang) == once


@given(text=any_text, lang=st.sampled_from(["da", "en", "kl", "so", "pl", "ro"]))
def test_downgrading_never_takes_another_part_for_a_text_that_is_no_longer(text: str, lang: str) -> None:
    cheaper = downgrade(text, lang)

    assert segments(cheaper).segments <= segments(text).segments or len(cheaper) > len(text)


@given(text=any_text, lang=st.sampled_from(["ar", "fa"]))
def test_arabic_and_farsi_are_never_touched(text: str, lang: str) -> None:
    assert downgrade(text, lang) == text


@given(text=st.text("æøåÆØÅéäöü aE", max_size=60))
def test_danish_letters_are_never_touched(text: str) -> None:
    assert downgrade(text, "da") == text


@pytest.mark.parametrize(
    ("lang", "text", "out"),
    [
        ("da", "Tak\u00a0– “ja”… ×2\u200b", 'Tak - "ja"... x2'),
        ("da", "café À la Łódź", "café A la Lodz"),
        ("da", "a\u030angst", "ångst"),
        ("kl", "Qaammatit – ũ", "Qaammatit - u"),
        ("so", "Haa\u00ad, ’maya’", "Haa, 'maya'"),
        ("pl", "Tak – krótko", "Tak - krótko"),
        ("pl", "Żółta " * 12, "Zolta " * 12),
        ("ro", "Mulțumim " * 8, "Multumim " * 8),
        ("ro", "Mulțumim…", "Mulțumim..."),
    ],
)
def test_typography_goes_and_marks_go_only_where_that_saves_a_part(lang: str, text: str, out: str) -> None:
    assert downgrade(text, lang) == out
