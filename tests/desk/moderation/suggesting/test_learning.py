"""What is learned from coded texts, and what a ranking makes of it."""

import json
import os
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

from app.core.config import ROOT
from app.desk.moderation.suggesting import hints, learning, suggestions, training
from app.desk.moderation.suggesting.hints import HintBook
from app.desk.moderation.suggesting.learning import Model
from app.desk.moderation.suggesting.training import Coded

ORACLE = ROOT / "tests" / "oracles" / "themes_public.json"
BARE = {**os.environ, "NLTK_DATA": "/nonexistent"}
BOOK = HintBook({"ADG.KOE": ["køen"], "BAS.MAD": ["suppe*"], "MOB.RUT": ["bussen"]})
SAID: tuple[Coded, ...] = tuple(
    (f"voice {place} {theme}".encode(), text, (theme,))
    for theme, texts in {
        "MOB": ("de holder ved stationen", "de holder aldrig stille", "de holder for kort"),
        "BAS": ("den smager godt", "den smager salt", "den smager af ingenting"),
    }.items()
    for place, text in enumerate(texts)
)


@pytest.fixture(autouse=True)
def only_what_was_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "ENOUGH", 0)


def taught(said: tuple[Coded, ...] = SAID) -> Model:
    return learning.bayes(training.examples(BOOK, said))


@cache
def of_hints_alone() -> Model:
    """A model that has not seen the labelled texts."""
    return learning.bayes([one for one in training.examples(hints.shipped()) if one.voice is None])


def labelled() -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(ORACLE.read_text("utf-8"))["items"]
    return items


def in_three(model: Model | None) -> float:
    """The share of true themes among the first three."""
    found = true = 0
    for item in labelled():
        first = {one.theme for one in suggestions.rank(item["text"], model=model)[:3]}
        found, true = found + len(first & set(item["themes"])), true + len(item["themes"])
    return found / true


def test_with_a_model_every_theme_has_a_place_in_the_ranking() -> None:
    ranked = suggestions.rank("køen", BOOK, taught())

    assert {one.theme for one in ranked} == {"ADG", "BAS", "MOB"}
    assert ranked[0].code == "ADG.KOE"


def test_a_model_finds_more_of_the_true_themes_among_the_first_three_than_hints_do() -> None:
    assert in_three(of_hints_alone()) >= in_three(None) > 0.85


def test_what_is_shown_on_hints_stays_the_same_with_a_model() -> None:
    for item in labelled()[:100]:
        alone = [one.theme for one in suggestions.rank(item["text"]) if one.score >= suggestions.SHOWN]
        ranked = suggestions.rank(item["text"], model=of_hints_alone())
        hinted = [one.theme for one in ranked if one.score >= suggestions.SHOWN and one.is_hinted]

        assert sorted(alone) == sorted(hinted)


def test_a_theme_without_a_hint_stays_below_the_line_beside_one_that_has_one() -> None:
    ranked = {one.theme: one for one in suggestions.rank("køen, og de holder", BOOK, taught())}

    assert ranked["MOB"].score < suggestions.SHOWN < ranked["ADG"].score


def test_a_text_without_a_hint_may_be_offered_one_code_with_the_words_that_name_it() -> None:
    [chip] = suggestions.chips("Hvor HOLDER de henne", BOOK, taught())

    assert (chip.code, chip.why, chip.is_hinted) == ("MOB", ("HOLDER", "de"), False)


def test_no_maybe_beside_a_hint() -> None:
    chips = suggestions.chips("køen, og de holder", BOOK, taught())

    assert [chip.code for chip in chips] == ["ADG.KOE"]


def test_a_model_that_cannot_name_its_words_offers_nothing() -> None:
    assert suggestions.chips("noget helt andet", BOOK, taught()) == []


def test_a_word_names_a_theme_only_if_two_voices_used_it_there() -> None:
    same_voice = ((b"1", "trekroner holder", ("MOB",)), (b"1", "trekroner kører", ("MOB",)), *SAID)

    assert not taught(same_voice).naming(["trekroner"], "MOB")
    assert taught((*same_voice, (b"2", "trekroner", ("MOB",)))).naming(["trekroner"], "MOB") == {"trekroner"}


def test_words_of_one_voice_alone_are_not_learned() -> None:
    examples = training.examples(BOOK, ((b"1", "hunden hedder felix", ("BAS",)), (b"2", "hunden bider", ("BAS",))))

    assert {word for one in examples if one.voice for word in one.words} == {"hunden"}


def test_invented_texts_are_learned_from_until_enough_voices_are_coded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "ENOUGH", 6)

    few, enough = training.examples(BOOK, SAID[:5]), training.examples(BOOK, SAID)

    assert len(few) > len(training.seed_texts())
    assert len(enough) == len(SAID) + 3  # and a text for each hint


def test_chances_add_up_to_one() -> None:
    assert sum(taught().chances(["holder"], ["ADG.KOE"]).values()) == pytest.approx(1)


def test_runs_of_letters_stand_in_behind_the_same_function() -> None:
    pytest.importorskip("sklearn")
    model = learning.letters(training.examples(BOOK, SAID))

    assert model.level == 2
    assert suggestions.rank("holdepladsen", BOOK, model)[0].theme == "MOB"
    assert sum(model.chances(["holder"], []).values()) == pytest.approx(1)


def test_a_moved_code_counts_for_its_new_theme() -> None:
    book = HintBook({"ADG.KOE": ["køen"], "BAS.MAD": ["suppe*"]}, {"ADG.KOE": "BAS"})

    [found] = suggestions.rank("suppe i køen", book)

    assert (found.theme, found.score) == ("BAS", pytest.approx(1 - 0.45**2))


def test_the_less_two_themes_differ_the_more_uncertain_a_text_is() -> None:
    assert suggestions.uncertainty("køen", BOOK) < suggestions.uncertainty("suppe i køen", BOOK)
    assert suggestions.uncertainty("ingenting", BOOK) == 1


def test_textblob_learns_without_corpora_and_without_what_only_others_need() -> None:
    """Positive control: numpy is installed here, and the classifier is really loaded."""
    code = (
        "import sys; from app.desk.moderation.suggesting import textblob_danish as t;"
        "assert 'textblob' not in sys.modules;"
        "t.Bayes([(['s:a'], 'X'), (['s:b'], 'Y')]); assert t.tone_of('rart sted') == 'praise';"
        "import nltk; assert 'textblob' in sys.modules;"
        "print(sorted({'numpy', 'scipy', 'sklearn'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, env=BARE, check=False)

    assert (run.stdout.strip(), run.stderr, run.returncode) == ("[]", "", 0)
