"""The codebook: read from its file, the same again and again, shown with its counts to those who may know."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.core import db
from app.desk.moderation import queries
from app.desk.moderation.codebook import codes, shipped
from tests.desk.moderation import factories


def the_file() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(shipped.PATH.read_text("utf-8"))
    return document


def test_it_has_twelve_themes_and_fifty_six_sub_codes(app: object) -> None:
    assert codes.load() == 12 + 56 + 6 + 7

    book = codes.book()

    assert len(book.themes) == 12
    assert sum(len(theme.subs) for theme in book.themes) == 56
    assert [type.key for type in book.types] == ["ROS", "KRITIK", "FORSLAG", "SPG", "ERFARING", "UFULD"]


def test_loading_it_again_changes_nothing(app: object) -> None:
    codes.load()

    assert codes.load() == 0


def test_a_new_name_keeps_the_guid_and_says_in_which_version_it_came(app: object) -> None:
    codes.load()
    document = the_file() | {"version": 2}
    guid = document["themes"][0]["guid"]
    document["themes"][0]["name"]["da"] = "Adgang"

    assert codes.load(json.dumps(document)) == 1

    code = codes.book().code("ADG")
    assert code is not None
    assert (code.guid, code.name_da, code.version) == (guid, "Adgang", 2)
    assert codes.book().version == 2


def test_a_key_never_changes(app: object) -> None:
    codes.load()
    document = the_file()
    document["themes"][0]["sub"][0]["key"] = "ADG.NY"

    with pytest.raises(codes.CodebookRefused, match="ADG.AAB"):
        codes.load(json.dumps(document))


def test_a_sub_code_has_its_themes_principles_and_exclusion(app: object) -> None:
    codes.load()

    code = codes.book().code("ADG.AAB")

    assert code is not None
    assert code.principles == [3]
    assert code.exclusion_da.startswith("Den mobile enhed")


def test_a_sub_code_counts_once_for_its_theme_and_two_texts_of_one_person_are_one_voice(content: None) -> None:
    factories.the_codebook()
    reader = factories.a_moderator()
    response_id = factories.a_response("Køen er lang", "Døren er låst")
    first, second = factories.texts_of(response_id)
    factories.approve(first, reader, "ADG.KOE")
    factories.approve(second, reader, "ADG.PLA", "ADG.KOE")

    counts = queries.voices_by_code(reader)

    assert counts == {"ADG": 1, "ADG.KOE": 1, "ADG.PLA": 1}


def test_counts_are_for_those_who_may_read_what_is_behind_them(sign_in: Callable[..., FlaskClient]) -> None:
    factories.the_codebook()
    factories.approve(factories.a_text(), factories.a_moderator(), "ADG.KOE")

    for role in ("moderator", "analyst"):
        assert "1 voice<" in sign_in(role).get("/desk/codebook?lang=en").text, role
    for role in ("peer", "safeguarding", "council", "admin"):
        page = sign_in(role).get("/desk/codebook?lang=en")
        assert page.status_code == 200, role
        assert "1 voice<" not in page.text, role
    assert sign_in("staff").get("/desk/codebook").status_code == 403


def test_the_page_shows_two_levels_with_definitions_and_examples(sign_in: Callable[..., FlaskClient]) -> None:
    factories.the_codebook()

    page = sign_in("council").get("/desk/codebook?lang=da").text

    assert "Adgang og åbningstider" in page
    assert "Hvornår stedet er åbent: nat, weekend, helligdage." in page
    assert "Der er ingen steder at gå hen efter klokken fire." in page


def test_an_emptied_database_shows_an_empty_codebook(sign_in: Callable[..., FlaskClient]) -> None:
    page = sign_in("moderator").get("/desk/codebook")

    assert page.status_code == 200
    assert db.connection().exec_driver_sql("SELECT count(*) FROM code").scalar() == 0
