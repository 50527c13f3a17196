"""The pages of the codebook: a code is added, changed and agreed to by forms alone, and its history can be read."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.desk.moderation.codebook import codes
from app.desk.moderation.codebook.changes import Change
from tests.desk.accounts import factories as accounts
from tests.desk.moderation.codebook import factories as book

NEW = {
    "parent": "BAS", "name_da": "Kaffe og te", "name_en": "Coffee and tea",
    "definition_da": "Varme drikke hele dagen.", "example_da": "Kaffen er slut klokken ti.",
    "hints": "kaffe*\nte", "principle": ["3", "7"], "why": "Mange siger det",
}  # fmt: skip


@pytest.fixture(autouse=True)
def the_book(content: None) -> None:
    book.shipped()


@pytest.fixture
def mona(sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    return sign_in("moderator")


def post(client: FlaskClient, address: str, form_id: str = "codebook", **fields: object) -> TestResponse:
    return client.post(f"/desk/codebook/{address}?lang=en", data=accounts.form(client, form_id) | fields)


def test_adding_a_code_shows_the_nearest_five_first(mona: FlaskClient) -> None:
    fields = {"parent": "BAS", "name_da": "Åbent om natten", "definition_da": "At døren er låst om natten"}

    page = post(mona, "add", **fields).text

    near = re.findall(r'row-title" href="/desk/codebook/codes/([A-Z.]+)"', page)
    assert set(near[:2]) == {"ADG.AAB", "ADG.PLA"}
    assert len(near) == 5
    assert 'value="Åbent om natten"' in page
    assert book.waiting() == []


def test_a_code_is_added_when_it_is_whole_and_somebody_is_sure(mona: FlaskClient) -> None:
    without_example = post(mona, "add", sure="on", **NEW | {"example_da": ""})
    assert without_example.status_code == 422
    assert "an example" in without_example.text

    assert post(mona, "add", sure="on", **NEW).location.endswith("/desk/codebook/draft?said=proposed")

    line = book.drafted("BAS.KAF")
    assert line is not None
    assert (line.name_en, line.hints, line.principles) == ("Coffee and tea", ("kaffe*", "te"), (3, 7))
    page = mona.get("/desk/codebook/codes/BAS.KAF?lang=en").text
    assert "Draft" in page
    assert "1 change waits" in mona.get("/desk/codebook?lang=en").text


def test_the_draft_is_agreed_to_by_another(mona: FlaskClient, sign_in: Callable[..., FlaskClient]) -> None:
    post(mona, "add", sure="on", **NEW)
    page = mona.get("/desk/codebook/draft?lang=en").text
    assert "Somebody else must agree" in page
    assert "I agree" not in page

    ali = sign_in("analyst")
    page = ali.get("/desk/codebook/draft?lang=en").text
    assert "I agree. Publish version 2" in page
    seen = re.search(r'name="seen" value="([\d.]+)"', page)
    assert seen
    answer = post(ali, "draft/agree", "codebook.draft", seen=seen[1])

    assert answer.location.endswith("/desk/codebook/versions/2?said=published")
    assert codes.book().code("BAS.KAF")
    assert "Coffee and tea" in ali.get("/desk/codebook/versions/2?lang=en").text
    assert "Coffee and tea" not in ali.get("/desk/codebook/versions/1?lang=en").text
    assert "Mange siger det" in sign_in("council").get("/desk/codebook/history?lang=en").text


def test_a_stale_draft_is_shown_again_and_a_change_can_be_taken_out(mona: FlaskClient) -> None:
    book.propose(Change("retire", book.guid("ADG.AAB")))

    assert post(mona, "draft/agree", "codebook.draft", seen="").status_code == 409
    [event] = book.waiting()
    assert post(mona, f"draft/{event.id}/out", "codebook.draft").status_code == 303

    assert book.waiting() == []
    assert post(mona, f"draft/{event.id}/out", "codebook.draft").status_code == 422


def test_a_merge_is_shown_with_its_numbers_before_it_is_proposed(mona: FlaskClient) -> None:
    book.a_statement("Der er lukket, og køen er lang", "ADG.AAB", "ADG.KOE")

    page = post(mona, "codes/ADG.AAB/merge", into="ADG.KOE", why="Det samme").text
    assert "1 text has this code." in page
    assert "1 of them has both codes already" in page
    assert "åbningstid*" in page
    assert book.waiting() == []

    assert post(mona, "codes/ADG.AAB/merge", into="ADG.KOE", why="Det samme", sure="on").status_code == 303
    [event] = book.waiting()
    assert (event.act, event.fields, event.reason) == ("merge", {"into": book.guid("ADG.KOE")}, "Det samme")


def test_the_same_change_posted_twice_is_proposed_once(mona: FlaskClient) -> None:
    for status in (303, 404):
        assert post(mona, "codes/ADG.AAB/retire", why="Ikke brugt", sure="on").status_code == status

    assert len(book.waiting()) == 1


def test_other_words_keep_what_was_typed_when_they_are_refused(mona: FlaskClient) -> None:
    fields = {"name_da": "Åbent", "name_en": "Open", "definition_da": "Hvornår", "colour": "rød", "why": "Kortere"}
    fields["example_da"] = "Der er lukket om søndagen."

    page = post(mona, "codes/ADG.AAB/edit", **fields)
    assert page.status_code == 422
    assert 'value="rød"' in page.text

    wiped = post(mona, "codes/ADG.AAB/edit", **fields | {"colour": "", "definition_da": " "})
    assert wiped.status_code == 422
    assert "Kortere" in wiped.text

    assert post(mona, "codes/ADG.AAB/edit", **fields | {"colour": "#123456"}).status_code == 303
    line = book.drafted("ADG.AAB")
    assert line is not None
    assert (line.name_da, line.colour, line.key) == ("Åbent", "#123456", "ADG.AAB")


def test_a_merged_code_says_what_it_is_read_as_and_is_not_offered(mona: FlaskClient) -> None:
    book.publish(book.merge("ADG.AAB", "ADG.KOE"))

    page = mona.get("/desk/codebook/codes/ADG.AAB?lang=en").text
    assert "It is read as:" in page
    assert "Restore" in page
    assert "/merge" not in page
    assert mona.get("/desk/codebook/codes/ADG.AAB/merge").status_code == 404
    assert "Merged into it" in mona.get("/desk/codebook/codes/ADG.KOE?lang=en").text


def test_the_memos_of_a_merged_code_stand_with_the_one_it_went_into(mona: FlaskClient) -> None:
    note = {"about": "code", "of": "ADG.AAB", "memo": "Også helligdage hører til her."}
    written = mona.post("/desk/memos", data=accounts.form(mona, "memo") | note)
    assert written.location.endswith("/desk/codebook/codes/ADG.AAB")
    assert note["memo"] in mona.get("/desk/codebook/codes/ADG.AAB").text
    assert note["memo"] not in mona.get("/desk/codebook/codes/ADG.KOE").text

    book.publish(book.merge("ADG.AAB", "ADG.KOE"))

    assert note["memo"] in mona.get("/desk/codebook/codes/ADG.KOE").text


def test_who_only_reads_sees_no_draft_no_count_and_no_act(sign_in: Callable[..., FlaskClient]) -> None:
    book.a_statement("Der er lukket", "ADG.AAB")
    book.propose(book.a_new_code())
    council = sign_in("council")

    page = council.get("/desk/codebook/codes/ADG.AAB?lang=en").text
    assert "Opening hours" in page
    assert "1 voice" not in page
    assert "/edit" not in page
    assert "waits" not in council.get("/desk/codebook?lang=en").text
    assert council.get("/desk/codebook/codes/BAS.KAF").status_code == 404


def test_a_form_from_elsewhere_is_refused_also_where_nobody_is_signed_in(app: Flask) -> None:
    stranger = accounts.Browser(app, app.response_class)

    assert stranger.post("/desk/codebook/add", headers={"Sec-Fetch-Site": "cross-site"}).status_code in (302, 403)


def test_what_is_not_there_is_not_found(mona: FlaskClient) -> None:
    for address in ("codes/NIX", "versions/9", "splits/ADG.AAB", "codes/ADG/move", "codes/ADG/nix"):
        assert mona.get(f"/desk/codebook/{address}").status_code == 404, address
