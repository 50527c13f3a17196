"""`stemme explain themes|tone|language`: JSON lines in, JSON lines out, as the desk sees it."""

import json
from typing import Any

import pytest
from click.testing import CliRunner

from app.commands.explaining import explain


def explained(kind: str, *lines: dict[str, Any]) -> list[dict[str, Any]]:
    run = CliRunner().invoke(explain, [kind], input="\n".join(json.dumps(line) for line in lines))
    assert run.exit_code == 0, run.output
    return [json.loads(line) for line in run.output.splitlines()]


def test_themes_come_best_first_with_the_words_that_name_them() -> None:
    [found] = explained("themes", {"text": "Køen til badet er for lang", "lang": "da"})

    ranked = found["suggestions"]
    assert [one["code"] for one in ranked[:2]] == ["ADG.KOE", "BAS.HYG"]
    assert ranked[0]["why"] == ["Køen"]
    assert [one["score"] for one in ranked] == sorted((one["score"] for one in ranked), reverse=True)
    assert sum(one["score"] >= 0.5 for one in ranked) == 2


def test_other_languages_have_no_themes_and_no_tone() -> None:
    assert explained("themes", {"text": "the queue køen", "lang": "en"}) == [{"suggestions": []}]
    assert explained("tone", {"text": "rart", "lang": "en"}) == [{"tone": "unknown"}]


def test_tone_is_one_of_three_words() -> None:
    found = explained("tone", {"text": "Rart sted"}, {"text": "Beskidt"}, {"text": "Bussen kører klokken ni"})

    assert [one["tone"] for one in found] == ["praise", "criticism", "unknown"]


def test_language_is_a_code_or_und() -> None:
    pytest.importorskip("pycld2")

    found = explained("language", {"text": "Jeg føler mig tryg her"}, {"text": "Bussi qaqugu tikissava"}, {"text": "1"})

    assert [one["lang"] for one in found] == ["da", "kl", "und"]
