"""The tone hint: right when it speaks, and mostly silent."""

import json
from collections import Counter
from typing import Any

import pytest

from app.core.config import ROOT
from app.desk.moderation.suggesting import afinn_da, textblob_danish, tone
from app.desk.moderation.suggesting.tone import Rules, Tone

ORACLE = ROOT / "tests" / "oracles" / "tone_public.json"
SAID = {"pos": Tone.PRAISE, "neg": Tone.CRITICISM, "neu": Tone.UNKNOWN}
OWN_WORDS_ALONE = tone.read(json.loads(tone.PATH.read_text("utf-8")), {})


def measured(rules: Rules) -> Counter[str]:
    """How often it spoke, was right then, and said the opposite, over the labelled texts."""
    found: Counter[str] = Counter()
    items: list[dict[str, Any]] = json.loads(ORACLE.read_text("utf-8"))["items"]
    for item in items:
        said, true = tone.of(item["text"], rules), SAID[item["label"]]
        found["all"] += 1
        found["spoke"] += said is not Tone.UNKNOWN
        found["right"] += said is true is not Tone.UNKNOWN
        found["turned"] += {said, true} == {Tone.PRAISE, Tone.CRITICISM}
    return found


def test_it_is_right_when_it_speaks_on_the_labelled_texts() -> None:
    assert afinn_da.values()  # the figures below are those with the list

    found = measured(tone.shipped())

    assert found["right"] / found["spoke"] >= 0.90
    assert found["spoke"] / found["all"] >= 0.55
    assert found["turned"] <= 4


def test_without_afinn_it_still_speaks_with_its_own_words() -> None:
    found = measured(OWN_WORDS_ALONE)

    assert found["right"] / found["spoke"] >= 0.88
    assert found["turned"] <= 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Det er rart her", Tone.PRAISE),
        ("Det er ikke rart her", Tone.CRITICISM),
        ("Det hjælper ikke", Tone.CRITICISM),
        ("Det er ikke her, rart sted", Tone.PRAISE),  # a comma ends what "ikke" turns
        ("Rart sted, men beskidt", Tone.UNKNOWN),  # both signs
        ("Der er ikke varmt vand", Tone.CRITICISM),  # a bare negation
        ("Det ved jeg ikke", Tone.UNKNOWN),  # but not of "ved"
        ("Ikke her", Tone.UNKNOWN),  # and not of two words
        ("Bussen kører klokken ni", Tone.UNKNOWN),
        ("👍🏽", Tone.PRAISE),
        ("lukket igen :(", Tone.CRITICISM),
        ("BESKIDT", Tone.CRITICISM),
        ("ulaekkert", Tone.CRITICISM),
        ("", Tone.UNKNOWN),
        ("\x00\ud800", Tone.UNKNOWN),
    ],
)
def test_the_rules_one_by_one(text: str, expected: Tone) -> None:
    assert tone.of(text, OWN_WORDS_ALONE) is expected


def test_more_than_twelve_words_get_no_answer_whatever_they_say() -> None:
    twelve = "rart " * 12

    assert tone.of(twelve) is Tone.PRAISE
    assert tone.of(twelve + "rart") is Tone.UNKNOWN


def test_a_booster_counts_only_beside_a_word_it_boosts() -> None:
    [(_, alone)] = tone.hits(tone.tokens("rart", OWN_WORDS_ALONE), OWN_WORDS_ALONE)
    [(_, boosted)] = tone.hits(tone.tokens("meget rart", OWN_WORDS_ALONE), OWN_WORDS_ALONE)

    assert boosted == pytest.approx(1.3 * alone)


def test_what_follows_the_last_men_weighs_more() -> None:
    scores = [score for _, score in tone.hits(tone.tokens("rart men rart", OWN_WORDS_ALONE), OWN_WORDS_ALONE)]

    assert scores == pytest.approx([2 * 0.5, 2 * 1.5])


def test_textblob_asks_our_analyzer() -> None:
    for text in ("Det er ikke rart her", "Awful, horrible, terrible", "Tak for kaffe, dejligt sted"):
        assert textblob_danish.tone_of(text) == tone.of(text).value


def test_no_word_that_misleads_here_is_taken_from_afinn() -> None:
    document = json.loads(tone.PATH.read_text("utf-8"))
    own = {tone.fold(word) for words in document["words"].values() for word in words}
    misleading = {tone.fold(word) for word in document["not_from_afinn"]} - own

    assert misleading & afinn_da.values().keys()
    assert not misleading & tone.shipped().values.keys()
