"""Questions that are asked at some kinds of places only, on every channel and in every file."""

from dataclasses import replace

import pytest
from flask import Flask

from app.channels.sms.counting import Runs
from app.channels.sms.states import Conversation
from app.core import db
from app.desk.admin import paper_forms
from app.publication import courses
from app.surveys import definition, interview, kiosk_pack, models, sites, toml_writer, versions, ways
from app.surveys.definition import SurveyFileRefused
from app.surveys.models import SITE_KINDS, Site
from app.surveys.questions import Survey, asked_at
from tests.channels.web.visitor import Visitor
from tests.surveys.samples import file_text, house, question, survey

AT_UNITS = frozenset({"mobile_unit"})
EVERYWHERE = ["bridge", "told_again", "refused_home", "own_life"]
AT_A_UNIT = [*EVERYWHERE, "today", "zone", "age", "change"]
AT_A_HOUSE = [*EVERYWHERE, "age", "sex", "nights", "change"]


def ids(asked: Survey | None) -> list[str]:
    return [one.id for one in asked.questions] if asked else []


def place(code: str) -> Site:
    """A place of the demo that asks the third survey on its page and its tablet."""
    site = sites.by_code(code)
    assert site is not None
    site.web_survey = site.kiosk_survey = "reform_core"
    db.db.session.commit()
    return site


def test_the_reform_survey_asks_where_people_are_at_mobile_units_only() -> None:
    reform = house("reform_core")

    assert ids(asked_at(reform, "mobile_unit")) == AT_A_UNIT
    assert {tuple(ids(asked_at(reform, kind))) for kind in SITE_KINDS[::2]} == {tuple(AT_A_HOUSE)}
    assert ids(asked_at(reform, None)) == [*EVERYWHERE, "age", "change"]


def test_the_longest_way_is_that_of_one_place() -> None:
    assert len(house("reform_core").questions) == 10
    assert ways.longest(house("reform_core")) == 8
    assert ways.longest(survey(question("a"), replace(question("b"), only_at=AT_UNITS))) == 2


def test_a_survey_without_such_questions_is_itself_and_frozen_as_before() -> None:
    five = house("five_tap")

    assert asked_at(five, "mobile_unit") is five
    assert "only_at" not in definition.to_json(five)


def test_the_places_of_a_question_come_back_from_every_form() -> None:
    reform = house("reform_core")

    assert definition.from_json(definition.to_json(reform)) == reform
    assert definition.load(toml_writer.written(reform), "again.toml") == reform


def test_a_kind_of_place_there_is_not_is_refused() -> None:
    wrong = file_text("reform_core").replace('only_at = ["mobile_unit"]', 'only_at = ["bus"]', 1)

    with pytest.raises(SurveyFileRefused, match="“bus” is none of street_house, mobile_unit"):
        definition.load(wrong, "reform_core.toml")


def test_a_branch_on_a_question_that_is_not_asked_there_stays_closed() -> None:
    here = replace(question("a"), only_at=AT_UNITS)
    both = survey(here, question("b", show_if=definition.Condition("a", frozenset({"no"}))), question("c"))

    first = interview.next_question(interview.begin(asked_at(both, "street_house")))

    assert first is not None
    assert first.id == "c"


@pytest.mark.parametrize(("code", "asked"), [("MUE1", AT_A_UNIT), ("GH1", AT_A_HOUSE)])
def test_the_page_asks_what_is_asked_at_such_a_place(app: Flask, content: None, code: str, asked: list[str]) -> None:
    place(code)
    visitor = Visitor(app.test_client()).visit(f"/s/{code}").press("start")

    for _question in asked[:-1]:
        visitor.press("skip")
    visitor.press("send", **{"words-change": "En bænk"})

    stored = db.db.session.scalars(db.db.select(models.Answer)).all()
    assert sorted(one.question for one in stored) == sorted(asked)


def test_the_tablet_takes_along_what_is_asked_at_its_place(app: Flask, content: None) -> None:
    assert ids(kiosk_pack.open_survey(place("MUE1"))) == AT_A_UNIT
    assert ids(kiosk_pack.open_survey(place("SIR1"))) == AT_A_HOUSE
    assert ids(versions.get_at(place("SIR1"), "reform_core", 2)) == AT_A_HOUSE


def test_a_conversation_is_asked_what_is_asked_at_its_place() -> None:
    runs = Runs(lambda _survey, _version: house("reform_core"))
    unit = Conversation(
        awaits="answer", lang="da", place="MUE1", site_kind="mobile_unit", survey="reform_core", version=2
    )

    assert ids(runs.run(unit).survey) == AT_A_UNIT
    assert ids(runs.run(unit.but(site_kind="street_house")).survey) == AT_A_HOUSE


def test_the_paper_form_of_a_place_has_its_questions_numbered_without_a_gap() -> None:
    form = paper_forms.form(asked_at(house("reform_core"), "mobile_unit"))

    assert [one.question.id for one in form.questions] == AT_A_UNIT
    assert [one.number for one in form.questions] == list(range(1, 9))


def test_how_many_are_asked_at_some_places_has_no_figure_of_its_own() -> None:
    stages = courses.stages(house("reform_core"))

    assert [one.id for one in stages] == [*EVERYWHERE, "age", "change"]
    assert {"today", "zone"} < next(one.questions for one in stages if one.id == "own_life")
