"""Reserved words against the oracle, and where they must keep silent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.channels.sms.keywords import Reserved, reserved
from tests.surveys.samples import oracle

CASES = oracle("reserved_words.json")
SITE_CODES = frozenset(CASES["assume"]["site_codes"])
RECEIPT_WORDS = frozenset(CASES["assume"]["receipt_words"])
MUST = [(word, row) for word, groups in CASES["cases"].items() for row in groups["must"]]
MUST_NOT = [row for groups in CASES["cases"].values() for row in groups["must_not"]]


def heard(text: str, session: str | None = None, *, languages_offered: bool = False) -> Reserved | None:
    return reserved(
        text,
        session=session,
        site_codes=SITE_CODES,
        receipt_words=RECEIPT_WORDS,
        languages_offered=languages_offered,
    )


@pytest.mark.parametrize(("word", "row"), MUST, ids=[f"{word} {row['text']}" for word, row in MUST])
def test_a_reserved_word_is_heard(word: str, row: dict) -> None:
    found = heard(row["text"], row["session"])

    assert found is not None
    assert (found.word, found.argument) == (word, row["argument"])


@pytest.mark.parametrize("row", MUST_NOT, ids=[f"{row['text']} {row['session']}" for row in MUST_NOT])
def test_a_sentence_is_no_reserved_word(row: dict) -> None:
    found = heard(row["text"], row["session"])

    assert (found.word if found else None) == row["is_instead"]


OFFERED = CASES["when_languages_were_just_offered"]


@pytest.mark.parametrize("row", OFFERED, ids=[row["text"] for row in OFFERED])
def test_two_letters_name_a_language_that_was_just_offered(row: dict) -> None:
    found = heard(row["text"], row["session"], languages_offered=True)

    assert found is not None
    assert (found.word, found.argument) == ("SPROG", row["argument"])


@pytest.mark.parametrize("text", ["STOP tak nu please", "stop tak det", "hjælp mig os me", "stop hjælp", "sprog en to"])
def test_more_than_small_words_around_it_make_a_sentence(text: str) -> None:
    assert heard(text, "da") is None


@pytest.mark.parametrize(
    "text", ["STOP " * 300, "stop afmeld", "S-T-O-P", "stoooooop!!!", "STOP STOPPP", "قـــف", "gh 1 stop", "STOP GH-1"]
)
def test_stop_is_heard_however_it_is_shouted(text: str) -> None:
    assert heard(text) == Reserved("STOP", None, "ar" if "ق" in text else "da")


@pytest.mark.parametrize(
    ("text", "argument"),
    [
        ("start GH 1", "GH1"),
        ("START GH1 tak", "GH1"),
        ("SPROG EN tak", "en"),
        ("nyt hund kaffe bro sol tak", "hund kaffe bro sol"),
    ],
)
def test_what_stands_behind_a_word_is_understood_with_small_words_too(text: str, argument: str) -> None:
    found = heard(text)

    assert found is not None
    assert found.argument == argument


@pytest.mark.parametrize(
    ("text", "session", "lang"),
    [("HELP", None, "en"), ("HELP", "da", "en"), ("STOP", "en", "en"), ("توقف", "fa", "fa")],
)
def test_a_word_tells_the_language_it_is_said_in(text: str, session: str | None, lang: str) -> None:
    found = heard(text, session)

    assert found is not None
    assert found.lang == lang


def test_the_houses_own_receipt_words_are_known_without_being_named() -> None:
    assert reserved("NYT arm bil blå dør", session=None, site_codes=()) == Reserved("NYT", "arm bil blaa doer", "da")


@pytest.mark.parametrize("text", ["NYT GH1", "gh1 nyt", "nyt gh 1?", "news GH1"])
@pytest.mark.parametrize("session", [None, "da"])
def test_news_may_be_asked_of_a_place(text: str, session: str | None) -> None:
    found = reserved(text, session=session, site_codes=("GH1",))

    assert found is not None
    assert (found.word, found.argument) == ("NYT", "GH1")


def test_figures_are_never_shortened_as_stretched_letters_are() -> None:
    assert heard("START GH111") is None


@given(text=st.text(max_size=80), session=st.sampled_from([None, "da", "en", "ar", "pl"]))
def test_no_text_at_all_breaks_the_ear(text: str, session: str | None) -> None:
    found = heard(text, session)

    assert found is None or found.word in CASES["words"]


@given(
    words=st.lists(st.sampled_from(["personalet", "er", "søde", "maden", "kold"]), min_size=1, max_size=6),
    place=st.integers(0, 6),
)
def test_a_reserved_word_inside_a_sentence_is_silent(words: list[str], place: int) -> None:
    said = [*words[:place], "stop", *words[place:]]

    assert heard(" ".join(said), "da") is None
