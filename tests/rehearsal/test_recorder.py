"""What was rehearsed is written down as a script, and the script plays green."""

from pathlib import Path

import pytest

from app.rehearsal import player, recorder, script
from app.rehearsal.sandbox import Rehearsal
from app.rehearsal.wordings import Wordings
from tests.rehearsal.conftest import Begin
from tests.rehearsal.test_player import SCRIPTS


def recorded(rehearsal: Rehearsal, *, is_literal: bool = False) -> str:
    return recorder.write(rehearsal.phones.acts, Wordings.of_places(), is_literal=is_literal)


def replay(begin: Begin, text: str) -> list[str]:
    return [str(one) for one in player.play(script.parse(text, "saved"), begin())]


def test_replies_are_named_where_they_are_sentences_of_ours(begin: Begin) -> None:
    one = begin()
    one.phones.say("A", "GH1 EN")
    one.phones.say("A", "4")
    one.phones.again("A")
    one.phones.say("B", "tak")

    assert recorded(one).splitlines() == [
        "> GH1 EN", "< {opening:en} {q1:en}", "> 4", "< {q2:en}", "@again", "@phone B", "> tak", "<",
    ]  # fmt: skip


@pytest.mark.parametrize("is_literal", [False, True], ids=["named", "literal"])
@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_what_every_script_does_can_be_saved_and_plays_green(begin: Begin, path: Path, *, is_literal: bool) -> None:
    one = begin()
    player.play(script.parse(path.read_text("utf-8"), path.name), one)

    saved = recorded(one, is_literal=is_literal)

    assert saved.count("\n>") + saved.startswith(">") == len([act for act in one.phones.acts if act.kind == "text"])
    assert replay(begin, saved) == []


@pytest.mark.parametrize(
    "text",
    ["", " ", "linje\nskift", "a\u200bb", "\\n er to tegn", "{receipt}", "<b>x</b>", "@phone B", "# nej", "> >", "😀",
     "a\r\nb", "a\u2028b", "ti\tng", "  kant  "],
)  # fmt: skip
def test_any_text_comes_back_as_it_was(begin: Begin, text: str) -> None:
    one, again = begin(), begin()
    one.phones.say("A", text)

    player.play(script.parse(recorded(one), "saved"), again)

    assert [act.text for act in again.phones.acts] == [text]


def test_a_receipt_is_saved_as_one_and_asked_for_again(begin: Begin) -> None:
    one = begin()
    for text in ("Alt for meget støj", "GH1", "ja"):
        reply = one.phones.say("A", text).reply
    words = reply.split(": ")[1].split(".")[0]
    one.phones.say("A", f"NYT {words.lower().replace(' ', '-')} tak")
    one.phones.say("B", f"NYT {words}")

    saved = recorded(one)

    assert words not in saved
    assert "> NYT {receipt} tak" in saved
    assert "> NYT {receipt A}" in saved
    assert replay(begin, saved) == []
