"""An approved text that is read again: it is gone from everything that counts, and its codes come back."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import opening, queries, reading, states, tagging
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text, item

TAGS = "SELECT code_guid, round, coder FROM {} ORDER BY 1, 2"


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


@pytest.fixture
def mona() -> User:
    return a_moderator()


def reopen(text_id: bytes, by: User) -> None:
    row = item(text_id, by)
    reading.reopen(row, row.version, by)
    db.db.session.commit()


def test_a_reopened_text_is_found_and_counted_nowhere(mona: User) -> None:
    text_id = a_text()
    factories.approve(text_id, mona, "ADG.KOE", "MOD", type_="KRITIK")

    reopen(text_id, mona)

    assert item(text_id, mona).state == states.WAITING
    for table in ("statement", "tagging"):
        assert factories.rows(f"SELECT count(*) FROM {table}") == [(0,)]
    assert queries.voices_by_code(mona) == {}


def test_codes_that_are_chosen_again_are_still_those_of_who_set_them(mona: User) -> None:
    text_id, malik = a_text(), a_moderator()
    factories.approve(text_id, mona, "ADG.KOE", "MOD", type_="KRITIK")
    before = factories.rows(TAGS.format("tagging"))

    reopen(text_id, malik)
    factories.approve(text_id, malik, "ADG.KOE", "MOD", type_="KRITIK")

    assert factories.rows(TAGS.format("tagging")) == before
    assert factories.rows("SELECT count(*) FROM kept_tag") == [(0,)]


def test_codes_that_are_left_out_are_gone_and_new_ones_are_the_new_readers(mona: User) -> None:
    text_id, malik = a_text(), a_moderator()
    factories.approve(text_id, mona, "ADG.KOE", "MOD", type_="KRITIK")

    reopen(text_id, malik)
    factories.approve(text_id, malik, "ADG.KOE", "BAS.HYG", type_="ROS")

    by_key = "SELECT key, coder FROM tagging JOIN code ON guid = code_guid"
    coders = {key: bytes(coder) for key, coder in factories.rows(by_key)}
    assert coders == {"ADG.KOE": mona.id, "BAS.HYG": malik.id, "ROS": malik.id}


def test_a_second_coding_comes_back_whatever_is_chosen(mona: User) -> None:
    text_id, malik = a_text(), a_moderator()
    factories.approve(text_id, mona, "MOD")
    db.connection().exec_driver_sql("UPDATE tagging SET round = 'second'")
    db.db.session.commit()

    reopen(text_id, malik)
    factories.approve(text_id, malik)

    assert factories.rows("SELECT round FROM tagging") == [("second",)]


def test_the_codes_come_back_ticked_with_a_word_about_it(mona: User, sign_in: Callable[..., FlaskClient]) -> None:
    text_id = a_text()
    factories.approve(text_id, mona, "MOD", type_="KRITIK")
    reopen(text_id, mona)

    page = sign_in("moderator").get(f"/desk/statements/{text_id.hex()}?lang=en").text

    assert "approved before" in page
    for ticked in ('name="code" value="MOD"', 'name="type" value="KRITIK"'):
        assert "checked" in page.split(ticked)[1].split(">")[0]


def test_what_was_masked_stays_masked_when_the_text_is_read_again(mona: User, monkeypatch: pytest.MonkeyPatch) -> None:
    text_id = a_text("Spørg efter Karsten, den eneste i kørestol")
    factories.approve(text_id, mona)
    monkeypatch.setattr(opening.masking, "spans", lambda *_: [])  # a later masker that sees less

    reopen(text_id, mona)

    (mark,) = factories.opened(text_id, mona).marks
    assert (mark.label, mark.is_found) == ("[navn]", True)


def test_a_text_whose_key_is_gone_stays_as_it_is(mona: User) -> None:
    text_id = a_text()
    factories.approve(text_id, mona)
    db.connection().exec_driver_sql("DELETE FROM seal_month")
    db.db.session.commit()

    with pytest.raises(opening.CannotRead):
        reading.reopen(item(text_id, mona), 2, mona)
    db.db.session.rollback()

    assert factories.rows("SELECT count(*) FROM statement") == [(1,)]


def test_the_receipt_still_says_that_somebody_has_read_it(mona: User) -> None:
    response_id = factories.a_response("Køen er lang")
    tagging.tell_receipt(response_id)
    text_id = factories.text_of(response_id)
    factories.approve(text_id, mona, "MOD")

    reopen(text_id, mona)

    assert list(factories.acts())[-1] == ("text.reopen", "", 1, "")
