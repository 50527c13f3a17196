"""What a finding is drafted from: counted right, within the wall, and no text that could point at somebody."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.desk.moderation.measures import varied
from app.desk.moderation.measures.brief import Brief, theme_brief
from app.publication import periods
from tests.desk.moderation.factories import a_moderator, the_codebook
from tests.desk.moderation.second_coding.factories import code_second, coded_first, settle

Q1 = periods.parse("2026-Q1")


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    the_codebook()


def brief(reader_of: str | None = None) -> Brief:
    return theme_brief("ADG", Q1, a_moderator(reader_of), shuffle=lambda pool: None)


def test_voices_are_counted_by_kind_place_and_channel() -> None:
    mona = a_moderator()
    for nth in range(6):
        coded_first(mona, "ADG.KOE", type_="KRITIK", said=f"Køen er lang {nth}")
    coded_first(mona, "ADG", said="Døren er tung", site_code="MUE2", channel="sms")
    coded_first(mona, "MOD", said="De er søde")
    coded_first(mona, "ADG.KOE", said="Før", week="2025-W50")

    found = brief()

    assert (found.compared.count, found.compared.n, found.compared.count_before, found.compared.n_before) == (
        7,
        8,
        1,
        1,
    )
    assert found.types == {"KRITIK": 6}
    assert found.kinds == {"street_house": 6}, "one voice from a mobile unit is not told apart"
    assert found.channels == {"web": 6}
    assert (found.statements, found.second_coded) == (7, 0)


@pytest.mark.requirement("R8")
def test_the_wall_stands_around_a_brief() -> None:
    coded_first(a_moderator(), "ADG.KOE")

    assert (brief().statements, brief("GH1").statements, brief("GH1").candidates) == (1, 0, [])


def test_no_text_that_could_point_at_somebody_is_a_candidate() -> None:
    mona = a_moderator()
    for flag in ("PII", "ANSAT", "TREDJE"):
        coded_first(mona, "ADG", flag, said=f"Med {flag}")
    coded_first(mona, "ADG", said="Uden")

    assert [one.text for one in brief().candidates] == ["Uden"]


def test_what_two_read_differently_is_said_until_it_is_settled() -> None:
    mona, malik = a_moderator(), a_moderator()
    one, two = coded_first(mona, "ADG.KOE", said="Et"), coded_first(mona, "ADG.KOE", said="To")
    code_second(one, malik, "MOD")
    code_second(two, malik, "ADG.AAB")  # another sub-code of the same theme

    before = brief()
    settle(one, malik, "ADG.KOE")

    assert (before.disagreements, brief().disagreements) == (1, 0)
    assert (before.second_coded, before.agreement.both, before.agreement.only_first) == (2, 1, 1)


def test_new_words_of_a_theme_are_those_it_had_not_before() -> None:
    mona = a_moderator()
    for nth in range(12):
        coded_first(mona, "ADG", said=f"Døren er låst igen {nth}", week="2025-W40")
    for nth in range(6):
        coded_first(mona, "ADG", said=f"Døren har fået en dørtelefon {nth}", week="2026-W12")

    assert "dørtelefon" in brief().words
    assert "døren" not in brief().words


def test_five_texts_that_differ_are_chosen() -> None:
    alike = [f"Der er for lang kø til badet om morgenen {nth}" for nth in range(8)]
    other = ["Sengene er hårde", "Maden er kold", "Jeg mangler en læge", "Hunden må ikke komme ind"]

    found = varied.chosen([*alike, *other], 5)

    assert len([nth for nth in found if nth < len(alike)]) == 1
    assert len(found) == len(set(found)) == 5
    assert varied.chosen([], 5) == []


def test_who_drafts_a_finding_sees_it_and_nobody_else(sign_in: Callable[..., FlaskClient]) -> None:
    mona = a_moderator()
    coded_first(mona, "ADG.KOE", type_="KRITIK")

    address = "/desk/track/findings/new?theme=ADG&period=2026-Q1&lang=en"
    page, analysts = (sign_in(role).get(address).text for role in ("moderator", "analyst"))

    assert "Codebook version" not in analysts  # exact small counts are for those who read the texts
    assert "What we have" in page
    assert "Too few answers to say anything about shares (1 of 1 against 0 of 0)." in page
    assert "Codebook version" in page
