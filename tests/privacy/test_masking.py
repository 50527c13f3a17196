"""Masking: the agreed quality, the rules one by one, and time that does not depend on malice."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.config import ROOT
from app.privacy import masking
from app.privacy.masking import Span

pytestmark = pytest.mark.requirement("R20")

ORACLE = ROOT / "tests" / "oracles" / "pii_public.json"
FOUND = 0.8  # a labelled span counts as found when masks cover this much of it
RIGHT = 0.5  # a mask counts as right when this much of it is labelled


def labelled() -> list[dict[str, Any]]:
    sentences: list[dict[str, Any]] = json.loads(ORACLE.read_text("utf-8"))["sentences"]
    return [sentence for sentence in sentences if "hard" not in sentence["tags"]]


def places(spans: list[Span]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


def recall(wanted: Callable[[str], bool]) -> float:
    found = []
    for sentence in labelled():
        covered = places(masking.spans(sentence["text"]))
        for span in sentence["spans"]:
            if wanted(span["type"]):
                length = span["end"] - span["start"]
                found.append(len(covered & set(range(span["start"], span["end"]))) >= FOUND * length)
    return found.count(True) / len(found)


def found(text: str, **options: Any) -> list[tuple[str, str]]:
    return [(span.type, text[span.start : span.end]) for span in masking.spans(text, **options)]


def test_structured_data_is_found_as_often_as_agreed(figure: Callable[[str], None]) -> None:
    found = recall(lambda kind: kind != "NAME")

    figure(f"structured {found:.1%} found")
    assert found >= 0.95


def test_names_are_found_as_often_as_agreed(figure: Callable[[str], None]) -> None:
    found = recall(lambda kind: kind == "NAME")

    figure(f"names {found:.1%} found")
    assert found >= 0.85


def test_masks_are_right_as_often_as_agreed(figure: Callable[[str], None]) -> None:
    right = []
    for sentence in labelled():
        true = {at for span in sentence["spans"] for at in range(span["start"], span["end"])}
        for span in masking.spans(sentence["text"]):
            right.append(len(true & places([span])) >= RIGHT * (span.end - span.start))

    figure(f"{sum(right) / len(right):.1%} of masks right")
    assert sum(right) / len(right) >= 0.90


# --- rule by rule ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("310268-0042", "cpr"),
        ("7102850013", "cpr"),
        ("00 12 34 56", "phone"),
        ("+45 10 20 30 40", "phone"),
        ("nul nul tolv fireogtredive seksoghalvtreds", "phone"),
        ("Konto 0000 0012345678", "bank"),
        ("DK00 0000 0001 2345 67", "bank"),
        ("1234567", "number"),
        ("karla@example.dk", "email"),
        ("karla snabel-a example.dk", "email"),
        ("www.example.net/profil", "url"),
        ("QQ 02 345", "plate"),
        ("Prøvevej 12, 2. th., 2999 Opdigtet", "address"),
        ("2999 Opdigtet", "postcode"),
        ("Jeg hedder Karsten", "name"),
    ],
)
def test_each_kind_is_called_by_its_name(text: str, kind: str) -> None:
    assert [span.type for span in masking.spans(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Der er åbent 10.00-18.00",
        "åbent 8.30 - 15.30, 7 dage om ugen",
        "Jeg har gået her fra 1998-2009",
        "Vi er 20-30 mennesker, 3 timer og 14 dage",
        "bus 5C og 250S kl 23.15",
        "Jeg skylder 150.000 kr",
        "§ 110 og 80 mg metadon",
    ],
)
def test_hours_years_sums_and_doses_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_year_range_behind_a_phone_word_is_a_number() -> None:
    assert found("tlf 1998-2009") == [("phone", "1998-2009")]


def test_a_cpr_number_needs_no_valid_control_digit() -> None:
    kinds = {masking.spans(f"010107-{tail:04}")[0].type for tail in range(0, 10_000, 777)}

    assert kinds == {"cpr"}


def test_invisible_characters_and_wide_digits_hide_nothing() -> None:
    assert found("ring 00\u200b12\u00a034\u206056") == [("phone", "00\u200b12\u00a034\u206056")]
    assert found("００１２３４５６") == [("phone", "００１２３４５６")]
    assert found("٠٠١٢٣٤٥٦") == [("phone", "٠٠١٢٣٤٥٦")]


def test_positions_count_code_points_after_an_emoji() -> None:
    [span] = masking.spans("🙂👍🏽 tak Ragnhild")

    assert (span.start, span.end) == (8, 16)


def test_a_letter_and_its_mark_written_apart_are_one() -> None:
    assert found("hilsen A\u030age") == [("name", "A\u030age")]


@pytest.mark.parametrize(
    "text",
    [
        "spørg efter Vibse",
        "hilsen gitte",
        "det var jonas",
        "Hr. Bælum sagde nej",
        "Soren er væk",
        "Tak til Ulfhejdne for kaffen",
    ],
)
def test_a_name_is_found_by_cue_by_list_and_by_its_capital(text: str) -> None:
    assert [kind for kind, _ in found(text)] == ["name"]


@pytest.mark.parametrize(
    "text",
    [
        "plads til at bo",
        "mere liv og lys",
        "Per person kun ét håndklæde",
        "I maj og juni",
        "rene kanyler",
        "tag over hovedet",
        "Hans hund",
    ],
)
def test_names_that_are_words_need_a_cue(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    ["Vi fryser, når det regner", "det regner ind i teltet", "når det regner kommer ingen", "det regner og blæser",
     "jeg regner med jer"],
)  # fmt: skip
def test_a_verb_behind_its_subject_is_nobody(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["det regner sagde var godt", "det peter gjorde var godt", "Vi fryser, når det er Regner", "tak regner"]
)
def test_the_same_word_is_somebody_where_no_verb_can_stand(text: str) -> None:
    assert [kind for kind, _ in found(text)] == ["name"]


def test_two_people_behind_a_small_word_are_both_found() -> None:
    assert found("det peter og mads fortalte") == [("name", "peter"), ("name", "mads")]


def test_a_name_that_is_a_word_is_found_behind_a_cue() -> None:
    assert found("min ven bo er væk") == [("name", "bo")]


def test_a_full_name_is_one_mask() -> None:
    assert found("Min kontaktperson Anne-Birthe van Lyngmark har sagt op") == [("name", "Anne-Birthe van Lyngmark")]
    assert found("Tak til Hanne Lund") == [("name", "Hanne Lund")]
    assert found("jeg hedder karsten bjerringdal og sover ude") == [("name", "karsten bjerringdal")]


def test_towns_houses_and_services_are_nobody() -> None:
    assert found("Fra Odense til Kofoeds Skole, Netto og MitID i Vejle") == []


def test_the_names_of_our_own_places_are_nobody() -> None:
    assert found("Vi mødes ved Skuden", allow=frozenset({"Mobil enhed Skuden"})) == []
    assert found("Vi mødes ved Skuden") != []


def test_capitals_say_nothing_where_every_word_has_one() -> None:
    assert found("Jeg Synes At Suppen Smager Dejligt Og Brødet Smuldrer") == []


def test_overlapping_finds_become_one_mask_of_the_stronger_kind() -> None:
    assert found("skriv til Karsten@example.dk") == [("email", "Karsten@example.dk")]


def test_every_mask_says_why() -> None:
    assert all(span.why for span in masking.spans("Hilsen Gitte, Prøvevej 3, 12345678, a@b.example, QQ 02 345"))


def test_masked_text_holds_labels_instead() -> None:
    text = "Jeg hedder Karsten, ring 12345678"

    assert masking.masked(text, masking.spans(text)) == "Jeg hedder [navn], ring [telefon]"


def test_a_masked_text_is_masked_no_further() -> None:
    for sentence in labelled():
        once = masking.masked(sentence["text"], masking.spans(sentence["text"]))

        assert masking.masked(once, masking.spans(once)) == once


def test_what_is_too_long_to_be_read_is_covered() -> None:
    text = "ord " * 1500 + "12345678"

    assert masking.spans(text)[-1].end == len(text)


@given(st.text(max_size=200))
def test_any_text_gives_spans_in_order_inside_it(text: str) -> None:
    spans = masking.spans(text)

    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in zip(spans, spans[1:], strict=False))


HOSTILE = (
    "1", "1 ", "12.", "a", "a.", "a@", "@", "-", "A ", "Aa ", "Aa-", "www.", "x1", "nul og ", "hilsen ", "AB 12 ",
    "AB12 ABCD ", "Vejvej 1, ", "cpr nr ", "snabel-a ", "a punktum ", "\u200b", "a\u0301", "😀", "\n", "(+45",
    "konto nr. ", "9999 ",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_two_thousand_hostile_code_points_take_no_time(piece: str) -> None:
    text = (piece * 2000)[:2000]
    masking.spans(text)

    begun = time.process_time()
    masking.spans(text)

    assert time.process_time() - begun < 0.05
