"""Coding blind, what two disagree on, and what counts once it is settled."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import queries as texts
from app.desk.moderation import tagging
from app.desk.moderation.codebook import queries as codes
from app.desk.moderation.second_coding import coding, queries, settling
from tests.desk.accounts import factories as accounts
from tests.desk.moderation.factories import a_moderator, a_text, acts, rows, the_codebook
from tests.desk.moderation.second_coding.factories import code_second, coded_first, rounds, settle


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    the_codebook()


@pytest.fixture
def mona() -> User:
    return a_moderator()


@pytest.fixture
def malik() -> User:
    return a_moderator()


@pytest.fixture
def client(app: Flask, malik: User) -> FlaskClient:
    return accounts.browser_of(app, malik)


def post(client: FlaskClient, address: str, **fields: Any) -> Any:
    return client.post(address, data=accounts.form(client, "second") | fields)


def test_the_second_coder_sees_no_first_code_no_chip_and_no_way_to_them(client: FlaskClient, mona: User) -> None:
    coded_first(mona, "ADG.KOE", type_="KRITIK")
    text_id = a_text("Køen er lang")

    page = client.get("/desk/second?lang=da").text
    card = client.get(f"/desk/statements/{text_id.hex()}?lang=da").text

    assert "smiler aldrig" in page
    assert "checked" not in page
    assert 'name="suggested"' not in page
    assert "/desk/statements/" not in page
    assert 'name="suggested"' in card, "the positive control: chips are there to be seen elsewhere"


def test_the_page_is_the_same_whatever_the_first_coder_said(app: Flask, mona: User, malik: User) -> None:
    coded_first(mona, "ADG.KOE", type_="KRITIK")
    with_codes = accounts.browser_of(app, malik).get("/desk/second").text
    db.connection().exec_driver_sql("DELETE FROM tagging")
    db.db.session.commit()

    without = accounts.browser_of(app, malik).get("/desk/second").text

    def body(page: str) -> str:
        return "".join(line for line in page.splitlines() if "form_token" not in line)

    assert body(with_codes) == body(without)


def test_nobody_codes_their_own_first_reading_again(app: Flask, mona: User, malik: User) -> None:
    statement_id = coded_first(mona, "ADG.KOE")

    assert (
        "Nothing waits for a second coding by you." in accounts.browser_of(app, mona).get("/desk/second?lang=en").text
    )
    with pytest.raises(coding.NotYours):
        code_second(statement_id, mona, "ADG.KOE")


def test_what_was_not_drawn_is_not_coded_twice(client: FlaskClient, mona: User, malik: User) -> None:
    statement_id = coded_first(mona, "ADG.KOE")
    db.connection().exec_driver_sql("UPDATE text_item SET second_due = FALSE")
    db.db.session.commit()

    assert "smiler aldrig" not in client.get("/desk/second").text
    with pytest.raises(coding.NotYours):
        code_second(statement_id, malik, "ADG.KOE")


def test_who_works_at_the_place_never_codes_its_texts(app: Flask, mona: User) -> None:
    statement_id = coded_first(mona, "ADG.KOE")
    tied = accounts.browser_of(app, a_moderator("GH1"))

    assert "smiler aldrig" not in tied.get("/desk/second").text
    assert post(tied, "/desk/second", statement=statement_id.hex(), code="ADG.KOE").status_code == 404
    assert tied.get(f"/desk/disagreements/{statement_id.hex()}").status_code == 404


def test_a_second_coding_is_kept_beside_the_first_and_leads_on(client: FlaskClient, mona: User) -> None:
    statement_id = coded_first(mona, "ADG.KOE")

    answer = post(client, "/desk/second", statement=statement_id.hex(), code=["MOD", "ADG.KOE"], type="KRITIK")

    assert (answer.status_code, answer.location) == (303, "/desk/second?said=second")
    assert rounds(statement_id) == {"first": {"ADG.KOE"}, "second": {"ADG.KOE", "MOD"}}
    assert ("text.second", "", 1, "") in list(acts())


def test_a_third_person_finds_it_coded_already(client: FlaskClient, mona: User) -> None:
    statement_id = coded_first(mona, "ADG.KOE")
    code_second(statement_id, a_moderator(), "ADG.KOE")

    answer = post(client, "/desk/second", statement=statement_id.hex(), code="ADG.KOE", lang="en")

    assert answer.status_code == 422
    assert len(rows("SELECT DISTINCT coder FROM tagging WHERE round = 'second'")) == 1


def test_a_theme_or_none_but_not_both(client: FlaskClient, mona: User) -> None:
    statement_id = coded_first(mona, "ADG.KOE")

    for chosen in ([], ["INTET", "MOD"], ["AKUT"], ["NOPE"]):
        answer = post(client, "/desk/second", statement=statement_id.hex(), code=chosen, type="KRITIK")

        assert answer.status_code == 422
        assert "smiler aldrig" in answer.text, "the text stays open"
        assert 'value="KRITIK" checked' in answer.text, "and what was chosen"
    assert "second" not in rounds(statement_id)


def test_a_disagreement_is_listed_by_the_codes_that_differ(client: FlaskClient, mona: User, malik: User) -> None:
    one, two, alike = (coded_first(mona, "ADG.KOE", said=f"Tekst {name}") for name in ("et", "to", "tre"))
    code_second(one, malik, "MOD")
    code_second(two, malik, "MOD")
    code_second(alike, malik, "ADG.KOE")

    found = settling.groups(malik)

    assert [(group.first, group.second, len(group.found)) for group in found] == [("ADG.KOE", "MOD", 2)]
    page = client.get("/desk/disagreements?lang=en").text
    assert "2 texts to settle" in page
    assert "Tekst tre" not in page


def test_no_theme_and_another_kind_are_disagreements_and_a_missing_kind_is_none(mona: User, malik: User) -> None:
    none = coded_first(mona, "INTET")
    silent, other = coded_first(mona, "MOD"), coded_first(mona, "MOD", type_="ROS")
    code_second(none, malik, "MOD")
    code_second(silent, malik, "MOD", type_="KRITIK")
    code_second(other, malik, "MOD", type_="KRITIK")

    assert {(group.first, group.second) for group in settling.groups(malik)} == {("", "MOD"), ("ROS", "KRITIK")}


def test_what_is_settled_counts_and_all_three_rounds_stay(client: FlaskClient, mona: User, malik: User) -> None:
    statement_id = coded_first(mona, "ADG.KOE", "PII", type_="KRITIK")
    code_second(statement_id, malik, "MOD", type_="KRITIK")
    address = f"/desk/disagreements/{statement_id.hex()}"

    page = client.get(f"{address}?lang=en").text
    answer = post(client, address, code="MOD", type="KRITIK")

    assert "only here" in page
    assert 'value="KRITIK" checked' in page, "what both said is ticked"
    assert answer.location == "/desk/disagreements?said=agreed"
    assert rounds(statement_id) == {"first": {"ADG.KOE"}, "second": {"MOD"}, "agreed": {"MOD"}}
    assert queries.rounds([statement_id])[statement_id].flags["agreed"] == {"PII"}, "a flag still blocks quoting"
    assert texts.voices_by_code(mona) == {"MOD": 1}
    assert codes.themes_of_response(bytes(rows("SELECT id FROM response")[0][0])) == ["MOD"], "as the receipt says"
    assert settling.groups(malik) == []
    assert client.get(address).status_code == 404


def test_the_same_press_twice_changes_nothing(client: FlaskClient, mona: User) -> None:
    statement_id = coded_first(mona, "ADG.KOE")
    for address, fields in (
        ("/desk/second", {"statement": statement_id.hex(), "code": "MOD", "type": "ROS"}),
        (f"/desk/disagreements/{statement_id.hex()}", {"code": "MOD", "type": "ROS"}),
    ):
        first = post(client, address, **fields)
        before = rows("SELECT count(*) FROM tagging"), rows("SELECT count(*) FROM audit")

        again = post(client, address, **fields)

        assert (again.status_code, again.location) == (303, first.location)
        assert (rows("SELECT count(*) FROM tagging"), rows("SELECT count(*) FROM audit")) == before


def test_a_second_coding_can_be_taken_back_without_seeing_the_first(app: Flask, mona: User, malik: User) -> None:
    statement_id = coded_first(mona, "ADG.KOE")
    client = accounts.browser_of(app, malik)
    post(client, "/desk/second", statement=statement_id.hex(), code="MOD")
    entry = rows("SELECT id FROM undo_entry WHERE act = 'second'")[0][0]

    answer = client.post("/desk/undo", data=accounts.form(client, "undo") | {"entry": bytes(entry).hex()})

    assert "/desk/statements/" not in answer.location
    assert rounds(statement_id) == {"first": {"ADG.KOE"}}


def test_a_text_that_is_taken_back_leaves_no_round(mona: User, malik: User) -> None:
    statement_id = coded_first(mona, "ADG.KOE")
    code_second(statement_id, malik, "MOD")
    settle(statement_id, malik, "MOD")

    db.connection().exec_driver_sql("DELETE FROM response")
    db.db.session.commit()

    assert rows("SELECT count(*) FROM tagging") == [(0,)]


def test_a_doubt_is_kept_without_names_for_the_talk_and_stays_hidden_from_the_blind(
    app: Flask, client: FlaskClient, mona: User, malik: User
) -> None:
    statement_id = coded_first(mona, "ADG.KOE")

    post(client, "/desk/second", statement=statement_id.hex(), code="MOD", memo="Spørg Jens på 12 34 56 78")
    page = client.get(f"/desk/disagreements/{statement_id.hex()}").text
    db.connection().exec_driver_sql("DELETE FROM tagging WHERE round = 'second'")
    db.db.session.commit()

    assert "Spørg [navn] på [telefon]" in page
    assert "[telefon]" not in accounts.browser_of(app, a_moderator()).get("/desk/second").text


def test_a_later_change_is_made_to_what_counts_and_not_to_what_was_first_thought(mona: User, malik: User) -> None:
    statement_id = coded_first(mona, "ADG.KOE")
    code_second(statement_id, malik, "MOD")
    settle(statement_id, malik, "MOD", "TRY")

    tagging.untag(statement_id, "TRY")
    tagging.tag(statement_id, "BOL", mona)
    db.db.session.commit()

    assert rounds(statement_id) == {"first": {"ADG.KOE"}, "second": {"MOD"}, "agreed": {"MOD", "BOL"}}
    assert texts.voices_by_code(mona) == {"MOD": 1, "BOL": 1}
