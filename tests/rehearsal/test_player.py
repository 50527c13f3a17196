"""Scripts are played in rehearsals, and every difference is said."""

from pathlib import Path

import pytest

from app.core.config import ROOT
from app.rehearsal import player, script
from app.rehearsal.sandbox import Rehearsal
from tests.rehearsal.conftest import Begin

SCRIPTS = sorted((ROOT / "tests" / "oracles" / "dialogues").glob("*.txt"))


def differences(rehearsal: Rehearsal, text: str) -> list[str]:
    return [str(one) for one in player.play(script.parse(text, "script"), rehearsal)]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_every_script_is_green(begin: Begin, path: Path) -> None:
    played = script.parse(path.read_text("utf-8"), path.name)

    assert [str(one) for one in player.play(played, begin())] == []


def test_there_are_scripts() -> None:
    assert len(SCRIPTS) >= 23


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("< {q2}", "script:2: {q2:da} is “Blev du mødt"),
        ("< {opening} {q1:en}", "script:2: {q1:en} is “How was it"),
        ("< {opening}", "is left over"),
        ("<", "no reply was expected"),
        ("< gratis kaffe", "“gratis” is missing"),
        ("@expect responses 1", "script:2: responses 1 was expected, and it is 0."),
        ("@expect sessions 0", "sessions 0 was expected, and it is 1."),
        ("@expect answer 1 = 4", "answer 1 = 4 was expected, and it is not there."),
        ("@expect place GH1", "place GH1 was expected, and it is none."),
        ("@expect kept hej", "“hej” is not among the stored words."),
        ("@again 2", "telephone A has not sent so many texts."),
    ],
)
def test_a_difference_is_named_with_its_line(begin: Begin, line: str, said: str) -> None:
    found = differences(begin(), f"> GH1\n{line}\n")

    assert len(found) == 1
    assert said in found[0]


def test_words_that_should_be_gone_are_a_difference(begin: Begin) -> None:
    found = differences(begin(), "> Alt for meget støj\n@expect gone støj\n")

    assert found == ["script:2: “støj” is among the stored words."]


def test_a_receipt_nobody_has_is_a_difference(begin: Begin) -> None:
    assert "script:1: telephone A has no receipt yet." in differences(begin(), "> NYT {receipt}\n")


def test_literal_words_need_not_be_the_whole_reply(begin: Begin) -> None:
    assert differences(begin(), "> GH1\n< gemmer ikke dit nummer\n< {opening} hvordan var 112\n< svar {any}\n") == []


def test_a_placeholder_behind_literal_words_is_found(begin: Begin) -> None:
    assert differences(begin(), "> GH1\n< Gadens Stemme {q1}\n") == []
    assert "{q3:da}" in differences(begin(), "> GH1\n< Gadens Stemme {q3}\n")[0]
