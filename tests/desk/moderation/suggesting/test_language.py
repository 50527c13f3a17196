"""Which language a text is in: the chosen one is the truth, a guess only asks."""

import json
from collections import Counter

import pytest

from app.core.config import ROOT
from app.desk.moderation.suggesting import cld, language

ORACLE = ROOT / "tests" / "oracles" / "langid_public.json"
pytestmark = pytest.mark.skipif(not cld.is_here(), reason="pycld2 is not installed")


def test_the_labelled_texts_are_known() -> None:
    right: Counter[str] = Counter()
    for item in json.loads(ORACLE.read_text("utf-8"))["items"]:
        right[item["kind"]] += language.of(item["text"]) in item["lang"]

    assert right["clean"] >= 57
    assert right["hard"] >= 19


@pytest.mark.parametrize("text", ["", "123 !", "\x00\x1b", "\ud800", "\ufffe\uffff"])
def test_no_letters_no_answer(text: str) -> None:
    assert language.of(text) == language.UNKNOWN


def test_what_the_detector_chokes_on_is_taken_out_first() -> None:
    assert language.of("\ud800Jeg føler\x00 mig tryg her\uffff") == "da"


def test_short_danish_that_looks_norwegian_is_danish() -> None:
    text = "Toilettet er stoppet"

    assert (cld.guess(text), language.of(text)) == ("no", "da")


def test_a_guess_asks_only_where_it_differs_from_what_was_chosen() -> None:
    assert language.disagrees("No clean needles at night", "da") == "en"
    assert language.disagrees("No clean needles at night", "en") is None
    assert language.disagrees("Der er ikke plads om natten", "da") is None


def test_one_or_two_words_raise_no_question_but_in_a_language_that_looks_like_no_other() -> None:
    assert language.of("thanks mate") == "en"
    assert language.disagrees("thanks mate", "da") is None
    assert language.disagrees("شكرا", "da") == "ar"
