"""A text with an alert word stands at the top before anybody has read it; the list is the administrators'."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import db
from app.desk.moderation import changing, intake
from app.desk.moderation.alerts import listing, matching, queries
from app.surveys import batches, responses
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


def marks() -> list[tuple[bool, bool, int]]:
    found = factories.rows("SELECT is_matched, is_alert, turn FROM text_item")
    return sorted((bool(matched), bool(alert), turn) for matched, alert, turn in found)


def test_a_text_is_held_against_the_list_as_it_comes_in() -> None:
    a_text("Der er nitazen i pillerne")
    a_text("Der er kø til badet")

    assert marks() == [(True, False, 2), (True, True, 1)]
    assert matching.match_new() == 0


def test_an_urgent_text_with_an_alert_word_stays_first() -> None:
    a_text("Jeg tog fentanyl og vil dø", is_urgent=True)

    assert marks() == [(True, True, 0)]


def test_nothing_is_matched_before_its_batch_is_let_out() -> None:
    response_id = responses.begin(responses.Setting(channel="web", lang="da", week=factories.WEEK, site_code="GH1"))
    responses.add(response_id, [responses.Said(question="change", kind="words", words="fentanyl")], week=factories.WEEK)
    intake.take_in()
    assert factories.rows("SELECT count(*) FROM text_item") == [(0,)]

    batches.release(factories.clock.now(), size=1)
    intake.take_in()
    db.db.session.commit()

    assert marks() == [(True, True, 1)]


def test_a_text_whose_key_is_gone_is_passed_over() -> None:
    a_text("fentanyl")
    db.connection().exec_driver_sql("UPDATE text_item SET is_matched = NULL, is_alert = NULL")
    db.connection().exec_driver_sql("DELETE FROM seal_month")

    assert matching.match_new() == 1
    assert factories.rows("SELECT count(*) FROM text_item WHERE is_alert") == [(0,)]


def test_a_new_word_is_looked_for_in_what_waits_and_one_taken_off_is_forgotten() -> None:
    a_text("De kalder det zombiesnus")
    assert marks() == [(True, False, 2)]

    assert listing.add("  Zombiesnus ") == "zombiesnus"
    matching.match_new()
    db.db.session.commit()
    assert marks() == [(True, True, 1)]

    listing.take_off("zombiesnus")
    matching.match_new()
    db.db.session.commit()
    assert marks() == [(True, False, 2)]
    assert [(act, target) for act, target, *_ in factories.acts()] == [
        ("alert.add", "zombiesnus"), ("alert.remove", "zombiesnus"),
    ]  # fmt: skip


def test_a_word_of_the_file_can_be_taken_off_and_put_back() -> None:
    listing.take_off("fentanyl")
    assert "fentanyl" not in listing.words()

    listing.add("fentanyl")
    listing.add("fentanyl")

    assert "fentanyl" in listing.words()
    assert len(list(factories.acts())) == 2


@pytest.mark.parametrize("written", ["", "ab", "x" * 41, "---", "   "])
def test_a_word_too_short_or_too_long_is_no_word(written: str) -> None:
    with pytest.raises(changing.NotYet):
        listing.add(written)


def test_the_number_stands_in_the_head_of_every_page_of_a_moderator(app: Flask) -> None:
    text_id = a_text("Der er nitazen i pillerne")
    mona, tied = a_moderator(), a_moderator("GH1")

    pages = [accounts.browser_of(app, one).get("/desk/codebook?lang=en").text for one in (mona, tied)]
    factories.approve(text_id, mona)
    app.extensions.pop("alerts_waiting")

    assert ["1 text with a word from the alert list</a>" in page for page in pages] == [True, False]
    assert queries.count_waiting(mona) == 0
    assert "a word from the alert list</a></p>" not in accounts.browser_of(app, mona).get("/desk/codebook?lang=en").text


def test_a_page_of_a_fault_counts_nothing(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    a_text("Der er nitazen i pillerne")

    page = sign_in("moderator").get(f"/desk/statements/{'0' * 32}")

    assert page.status_code == 404
    assert "alerts_waiting" not in app.extensions


def test_administrators_change_the_list_and_moderators_read_it(sign_in: Callable[..., FlaskClient]) -> None:
    admin, mona = sign_in("admin"), sign_in("moderator")

    added = admin.post("/desk/alerts", data=accounts.form(admin, "alerts") | {"word": "zombiesnus", "set": "on"})
    page = mona.get("/desk/alerts?lang=en").text

    assert added.status_code == 303
    assert "zombiesnus" in page
    assert "<form" not in page.split('id="main"')[1]
    removed = admin.post("/desk/alerts", data=accounts.form(admin, "alerts") | {"word": "zombiesnus", "set": "off"})
    assert removed.status_code == 303
    assert "zombiesnus" not in mona.get("/desk/alerts").text


def test_a_word_that_is_none_comes_back_with_a_sentence(sign_in: Callable[..., FlaskClient]) -> None:
    admin = sign_in("admin")

    page = admin.post("/desk/alerts?lang=en", data=accounts.form(admin, "alerts") | {"word": "ab", "set": "on"})

    assert page.status_code == 422
    assert "3 to 40 letters" in page.text
    assert 'value="ab"' in page.text
