"""Small surveys for tests: a question of any type with defaults, and a file of a survey with one thing changed."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.surveys import definition, sketch
from app.surveys.questions import Condition, Question, Survey

ROOT = Path(__file__).resolve().parents[2]
ORACLES = ROOT / "tests" / "oracles"
SURVEYS = ROOT / "content" / "surveys"

WHERE = [
    {"id": "door", "words": ["Ved døren", "At the door"]},
    {"id": "inside", "words": ["Indenfor", "Inside"]},
    {"id": "bathroom", "words": ["Bad og toilet", "Shower and toilet"]},
    {"id": "outside", "words": ["Udenfor", "Outside"]},
    {"id": "elsewhere", "words": ["Et andet sted", "Somewhere else"]},
]
YES_PARTLY_NO = ["yes", "partly", "no", "declined"]


def oracle(name: str) -> Any:
    """One file of oracles."""
    return json.loads((ORACLES / name).read_text(encoding="utf-8"))


def file_text(survey_id: str) -> str:
    """A survey file of the house as it is written."""
    return (SURVEYS / f"{survey_id}.toml").read_text(encoding="utf-8")


def house(survey_id: str, *langs: str) -> Survey:
    """A survey of the house, with the wordings of these languages."""
    translations = {lang: (SURVEYS / f"{survey_id}.{lang}.toml").read_text(encoding="utf-8") for lang in langs}
    return definition.load(file_text(survey_id), f"{survey_id}.toml", translations)


def asking(type_name: str) -> Question:
    """A question of this type with everything it needs."""
    options: dict[str, Sequence[Any]] = {
        "smiley_3": ["1", "2", "3", "unknown"],
        "yes_no": YES_PARTLY_NO,
        **dict.fromkeys(("choice", "picture", "place", "pick", "rank"), WHERE),
    }
    bounds = {"pick": {"max": 2}, "rank": {"top": 3}, "number": {"low": 0, "high": 10}}.get(type_name, {})
    return sketch.question(type_name, options.get(type_name, ()), **bounds)


def survey(*questions: Question) -> Survey:
    """A survey that asks just these."""
    words = {"da": "Tak.", "en": "Thank you."}
    return Survey(
        id="trial", version=1, channels=("web",), minutes=1, title=words, about=words, about_audio={}, thanks=words,
        sms_opening=words, questions=questions,
    )  # fmt: skip


def question(question_id: str, type_name: str = "yes_no", show_if: Condition | None = None) -> Question:
    """A question with an id of its own, asked always or on a condition."""
    return replace(asking(type_name), id=question_id, show_if=show_if)
