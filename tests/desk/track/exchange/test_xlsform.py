"""XLSForm: sheets equal the oracle, each survey of ours converts without a warning, and no question is a must."""

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.core import workbooks
from app.desk.track.exchange import form_files, xlsform
from app.surveys.questions import Condition, Question, Survey
from tests.content import demo_surveys

ORACLE = Path(__file__).parents[3] / "oracles" / "interop"
SURVEYS = {survey.id: survey for survey in demo_surveys()}
FORBIDDEN = ("start", "end", "today", "deviceid", "phonenumber", "username", "geopoint", "audit")


def converted(survey: Survey) -> tuple[dict[str, Any], list[str]]:
    """What pyxform makes of the workbook, and what it complains about."""
    return read_by_pyxform(form_files.workbook(survey))


def read_by_pyxform(workbook: bytes) -> tuple[dict[str, Any], list[str]]:
    from pyxform.xls2xform import convert  # noqa: PLC0415 - takes a second

    found = convert(xlsform=io.BytesIO(workbook), file_type=".xlsx")
    assert "<h:html" in found.xform
    return found._pyxform, found.warnings


@pytest.mark.parametrize("sheet", ["survey", "choices", "settings"])
def test_a_sheet_equals_the_oracle(sheet: str) -> None:
    first_two = replace(SURVEYS["sms_core"], questions=SURVEYS["sms_core"].questions[:2])
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(xlsform.sheets(first_two, ("da", "en"))[sheet])

    assert out.getvalue() == (ORACLE / f"xlsform_{sheet}.csv").read_text("utf-8")


def test_every_survey_of_ours_converts_without_a_warning() -> None:
    found = {survey_id: converted(survey) for survey_id, survey in SURVEYS.items()}

    assert {survey_id: warnings for survey_id, (_form, warnings) in found.items()} == dict.fromkeys(SURVEYS, [])
    names = [question["name"] for question in found["track_core"][0]["children"]]
    assert names[0] == "about"
    assert [one.id for one in SURVEYS["track_core"].questions] == names[1 : len(SURVEYS["track_core"].questions) + 1]


def test_a_form_that_is_not_whole_in_a_language_is_warned_of() -> None:
    sheets = xlsform.sheets(SURVEYS["sms_core"], ("da", "en"))
    sheets["choices"] = [(*row[:3], *row[4:]) for row in sheets["choices"]]

    _form, warnings = read_by_pyxform(workbooks.write(sheets))

    assert warnings


def test_every_kind_of_question_converts(every_kind: Survey) -> None:
    form, warnings = converted(every_kind)

    types = {one["name"]: (one["type"], one.get("bind", {})) for one in form["children"]}
    assert warnings == []
    assert types["age"][1]["constraint"] == ". >= 18 and . <= 99"
    assert types["two"][1]["constraint"] == "count-selected(.) <= 2"
    assert types["why"][1]["relevant"] == "selected(${two}, 'bed') or selected(${two}, 'home')"
    assert types["more"][1]["relevant"] == "${yes} = 'no'"
    assert {types[name][0] for name in ("first", "how", "why")} == {"rank", "range", "text"}


def test_a_form_knows_the_kind_of_place_where_some_are_asked_elsewhere() -> None:
    form, _warnings = converted(SURVEYS["reform_core"])

    asked = {one["name"]: one.get("bind", {}).get("relevant") for one in form["children"]}
    assert list(asked)[:2] == ["about", "place_kind"]
    assert asked["zone"] == "${place_kind} = 'mobile_unit'"
    assert asked["sex"] == "${place_kind} = 'consumption_room' or ${place_kind} = 'street_house'"
    assert "place_kind" not in {one["name"] for one in converted(SURVEYS["five_tap"])[0]["children"]}


def test_both_conditions_of_a_question_hold_in_a_form() -> None:
    reform = SURVEYS["reform_core"]
    after = Condition("bridge", frozenset({"no"}))
    asked = [replace(one, show_if=after) if one.id == "zone" else one for one in reform.questions]

    header, *rows = xlsform.sheets(replace(reform, questions=tuple(asked)), ("da",))["survey"]

    zone = next(row for row in rows if row[1] == "zone")
    assert zone[header.index("relevant")] == "(${place_kind} = 'mobile_unit') and (${bridge} = 'no')"


def test_nobody_must_answer_and_nothing_is_asked_of_the_telephone() -> None:
    for survey in SURVEYS.values():
        header, _about, *rows = xlsform.sheets(survey, ("da",))["survey"]
        required, types = header.index("required"), [row[0] for row in rows]

        assert {row[required] for row in rows} == {"no"}
        assert not set(types) & set(FORBIDDEN)


def test_a_hostile_wording_is_no_formula_in_the_workbook() -> None:
    first = replace(SURVEYS["sms_core"].questions[0], text={"da": "=1+1", "en": "@a"})
    survey = replace(SURVEYS["sms_core"], questions=(first,))

    cells = [cell for rows in workbooks.read(form_files.workbook(survey)).values() for row in rows for cell in row]

    assert "'=1+1" in cells
    assert "'@a" in cells


@pytest.fixture
def every_kind() -> Survey:
    """A survey with the kinds of question that ours do not use."""
    core = SURVEYS["track_core"]
    options = core.question("first").options

    def asked(name: str, kind: str, **more: Any) -> Question:
        return Question(id=name, type=kind, text={"da": name, "en": name}, **more)

    return replace(
        core,
        questions=(
            asked("first", "rank", options=options, top=3),
            asked("two", "pick", options=options, max=2),
            asked("yes", "yes_no", options=SURVEYS["sms_core"].question("respect").options),
            asked("how", "scale", low=1, high=5),
            asked("age", "number", low=18, high=99),
            asked("why", "text", show_if=Condition("two", frozenset({"bed", "home"}))),
            asked("more", "note", show_if=Condition("yes", frozenset({"no"}))),
        ),
    )
