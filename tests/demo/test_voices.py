"""The words of the demo: respectful by choice, and harmless by these rules."""

import json
import re
from collections import Counter

from app.core.config import ROOT
from app.demo import voices
from app.demo.voices import Voice
from app.desk.moderation import states
from app.surveys import risk

EVERY: tuple[Voice, ...] = tuple(voice for part in voices.by_part().values() for voice in part)


def codes() -> dict[str, set[str]]:
    book = json.loads((ROOT / "content" / "codebook.json").read_text("utf-8"))
    themes = {sub["key"] for theme in book["themes"] for sub in theme["sub"]}
    return {"themes": themes, "types": {one["key"] for one in book["types"]}}


def test_no_two_people_say_the_same() -> None:
    assert [text for text, n in Counter(voice.text for voice in EVERY).items() if n > 1] == []


def test_every_code_stands_in_the_codebook() -> None:
    book = codes()

    assert {code for voice in EVERY for code in voice.codes} <= book["themes"]
    assert {voice.type for voice in EVERY if voice.codes} <= book["types"]


def test_every_theme_is_spoken_of() -> None:
    assert {code.partition(".")[0] for voice in EVERY for code in voice.codes} == {
        code.partition(".")[0] for code in codes()["themes"]
    }


def test_no_number_in_them_can_be_called() -> None:
    numbers = [number for voice in EVERY for number in re.findall(r"\d(?:[ -]?\d){4,}", voice.text)]

    assert numbers
    assert [number for number in numbers if not number.startswith("0")] == []


def test_the_one_who_needs_help_now_still_waits() -> None:
    in_danger = [voice for voice in EVERY if risk.kind(voice.text)]

    assert len(in_danger) == 1
    assert in_danger[0] in voices.by_part()["waiting"]


def test_the_reasons_are_those_a_moderator_can_choose() -> None:
    assert {voice.reject for voice in EVERY if voice.reject} <= set(states.REJECT_REASONS)
    assert {voice.hold for voice in EVERY if voice.hold} <= set(states.HOLD_REASONS)


def test_what_is_hidden_by_hand_stands_in_the_words() -> None:
    assert [voice for voice in EVERY for words, _ in voice.hide if words not in voice.text] == []
