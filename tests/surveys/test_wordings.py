"""Wordings in other languages: laid over the survey, and unreviewed until somebody has read them."""

import pytest

from app.surveys import definition, lint, wordings
from app.surveys.definition import SurveyFileRefused
from tests.surveys.samples import SURVEYS, file_text, house

ARABIC = (SURVEYS / "sms_core.ar.toml").read_text(encoding="utf-8")


def loaded(text: str, danish: str = file_text("sms_core")) -> definition.Survey:
    return definition.load(danish, "sms_core.toml", {"ar": text})


def test_a_wording_stands_beside_the_danish() -> None:
    assert loaded(ARABIC).question("respect").options[0].words["ar"] == "نعم"


def test_a_wording_nobody_has_read_is_unreviewed() -> None:
    assert loaded(ARABIC).unreviewed == ("ar",)


def test_a_wording_that_was_read_is_reviewed() -> None:
    assert loaded(ARABIC.replace("reviewed = false", "reviewed = true")).unreviewed == ()


def test_changed_danish_makes_a_reviewed_wording_stale() -> None:
    read = ARABIC.replace("reviewed = false", "reviewed = true")
    changed = file_text("sms_core").replace("Blev du mødt med respekt?", "Blev du mødt pænt?")

    assert loaded(read, changed).unreviewed == ("ar",)


def test_a_sentence_left_out_falls_back_and_is_named_as_missing() -> None:
    survey = loaded(ARABIC.replace('text = "ماذا يجب أن نغير؟"\n', ""))

    assert definition.in_language(survey.question("change").text, "ar") == ("What should we change?", "en")
    assert wordings.missing(survey, "ar") == ("change.text",)


@pytest.mark.parametrize(
    ("wrong", "instead", "reason"),
    [
        ("reviewed = false", "", "must be true or false"),
        ('lang     = "ar"', 'lang = "fa"', "“lang” must be ar"),
        ("[questions.change]", "[questions.chance]", "nothing here is called “chance”"),
        ('survey   = "sms_core"', 'survey = "x"', "must be sms_core"),
    ],
)
def test_a_fault_in_a_wording_file_is_refused_with_its_line(wrong: str, instead: str, reason: str) -> None:
    with pytest.raises(SurveyFileRefused, match=r"^sms_core\.ar\.toml:\d+: ") as refused:
        loaded(ARABIC.replace(wrong, instead))

    assert reason in str(refused.value)


def test_the_people_who_switch_languages_on_see_how_far_each_is() -> None:
    states = {found.lang: found.state for found in lint.languages(house("sms_core", "ar"))}

    assert states["da"] == "reviewed"
    assert states["ar"] == "unreviewed"
    assert states["pl"] == "missing"
