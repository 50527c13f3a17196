"""Quotes at the desk: what two moderators and the council see and press, from an approved text to a page and back."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import jobs
from app.core import clock as clocks
from app.core import db
from app.desk.moderation.quoting import wording
from app.surveys import responses
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_response
from tests.desk.moderation.quoting.desks import SAID, Desk

pytestmark = pytest.mark.requirement("R17")


def test_two_moderators_sign_and_the_council_shows_it(printed: None, desk: Desk) -> None:
    found = [desk.draft().status_code]
    for client in (desk.mona, desk.malik):
        found.append(desk.sign(client).status_code)
    before = desk.carl.get("/desk/quotes").text
    found.append(desk.act(desk.carl, "release").status_code)

    assert found == [303] * 4
    assert SAID in before
    assert desk.row("state") == "released"
    assert [act for act, *_ in factories.acts() if act.startswith("quote.")] == [
        "quote.draft", "quote.sign", "quote.sign", "quote.release",
    ]  # fmt: skip


def test_the_same_person_is_not_asked_to_sign_twice_and_cannot(printed: None, desk: Desk) -> None:
    desk.draft()
    desk.sign(desk.mona)

    assert 'id="sign"' not in desk.page(desk.mona)
    assert 'id="sign"' in desk.page(desk.malik)
    assert desk.sign(desk.mona).status_code == 422
    assert desk.row("state") == "first_signed"


def test_every_question_is_answered_before_a_signature(printed: None, desk: Desk) -> None:
    desk.draft()

    assert desk.act(desk.mona, "sign", asked=list(wording.ASKED)[1:]).status_code == 422
    assert desk.row("state") == "draft"


def test_what_stands_in_the_way_is_said_in_words(app: Flask, clock: clocks.Clock) -> None:
    desk = Desk(app)
    desk.draft()

    page = desk.page(desk.mona)

    assert "The person can still take the words back. Wait until 13 April 2026." in page
    assert "No published table shows this theme" in page
    factories.post(desk.mona, desk.text_id, "tag", code="TREDJE", set="on")
    assert "Somebody could be recognised in these words." in desk.page(desk.mona)


def test_a_refused_quote_keeps_what_was_written(desk: Desk) -> None:
    answer = desk.draft("Noget helt andet, siger jeg", "verbatim")

    assert answer.status_code == 422
    assert "Noget helt andet, siger jeg" in answer.text
    assert factories.rows("SELECT count(*) FROM quote") == [(0,)]


def test_a_button_pressed_twice_writes_one_quote(desk: Desk) -> None:
    first, second = desk.draft(), desk.draft()

    assert (first.status_code, second.location) == (303, first.location)
    assert factories.rows("SELECT count(*) FROM quote") == [(1,)]
    desk.draft("Køen er for lang", "paraphrase")
    assert factories.rows("SELECT count(*) FROM quote") == [(2,)]
    assert [act for act, *_about in factories.acts() if act == "quote.draft"] == ["quote.draft"] * 2


def test_without_a_yes_the_persons_own_words_are_not_offered(app: Flask) -> None:
    desk = Desk(app, quote_ok=False)

    page = desk.mona.get(f"/desk/quotes/new/{desk.text_id.hex()}?lang=en").text

    assert 'value="verbatim" required disabled' in page
    assert desk.draft().status_code == 422
    assert desk.draft("Køen er for lang", "paraphrase").status_code == 303


@pytest.mark.requirement("R20")
def test_a_name_in_other_words_is_refused(desk: Desk) -> None:
    answer = desk.draft("En sagde til Karsten på 12 34 56 78, at køen er lang", "paraphrase")

    assert answer.status_code == 422
    assert "looks personal" in answer.text


def test_other_words_wipe_the_signatures_and_old_forms_are_refused(printed: None, desk: Desk) -> None:
    desk.draft()
    desk.sign(desk.mona)
    stale = desk.row("version")

    desk.act(desk.malik, "words", text="Badet er altid koldt", kind="verbatim", theme="ADG")

    assert (desk.row("state"), desk.row("first_by")) == ("draft", None)
    late = desk.post(desk.malik, f"{desk.quote_id.hex()}/sign", version=str(stale), asked=list(wording.ASKED))
    assert late.status_code == 409


def test_the_council_sees_neither_drafts_nor_the_text_behind(printed: None, desk: Desk) -> None:
    desk.draft("Badet er altid koldt")
    assert desk.carl.get(f"/desk/quotes/{desk.quote_id.hex()}").status_code == 404
    for client in (desk.mona, desk.malik):
        desk.sign(client)

    page = desk.page(desk.carl)

    assert "Badet er altid koldt" in page
    assert "lang kø" not in page
    assert "lang kø" in desk.page(desk.mona)


def test_who_has_ties_to_the_place_sees_and_signs_nothing(
    printed: None, desk: Desk, sign_in: Callable[..., FlaskClient]
) -> None:
    desk.draft()
    tied = sign_in("moderator", "GH1")

    assert tied.get(f"/desk/quotes/new/{desk.text_id.hex()}").status_code == 404
    assert tied.get(f"/desk/quotes/{desk.quote_id.hex()}").status_code == 404
    assert desk.sign(tied).status_code == 404
    assert SAID not in tied.get("/desk/quotes").text
    assert SAID in desk.mona.get("/desk/quotes").text


def test_a_case_about_another_text_of_the_same_person_stops_the_quote(printed: None, app: Flask, free: None) -> None:
    desk = Desk(app)
    desk.response_id = a_response(SAID, "Jeg kan ikke mere", quote_ok=True)
    quoted, worrying = sorted(
        factories.texts_of(desk.response_id), key=lambda one: factories.opened(one, a_moderator()).raw
    )
    db.db.session.rollback()
    desk.text_id = quoted
    factories.approve(quoted, a_moderator(), "ADG.KOE")
    desk.draft()
    factories.post(desk.mona, worrying, "escalate", version="1", concern="own_life")

    assert desk.sign(desk.mona).status_code == 422
    assert "Somebody is worried" in desk.page(desk.mona)


@pytest.mark.parametrize("what", ["flagged", "taken back", "nothing"])
def test_what_is_shown_comes_down_within_the_hour_when_it_should_not_be(printed: None, desk: Desk, what: str) -> None:
    desk.draft()
    for client in (desk.mona, desk.malik):
        desk.sign(client)
    desk.act(desk.carl, "release")
    if what == "flagged":
        factories.post(desk.mona, desk.text_id, "tag", code="PII", set="on")
    elif what == "taken back":
        responses.delete(desk.response_id)
        db.db.session.commit()

    jobs.forget(clocks.now())
    db.db.session.commit()

    gone = what != "nothing"
    assert (desk.row("state"), desk.row("text")) == (("taken_down", "–") if gone else ("released", SAID))


def test_a_quote_outlives_a_statement_that_goes_for_its_age(printed: None, desk: Desk, clock: clocks.Clock) -> None:
    desk.draft()
    for client in (desk.mona, desk.malik):
        desk.sign(client)
    desk.act(desk.carl, "release")
    clock.set(datetime(2031, 4, 20, 12, 0, tzinfo=UTC))

    jobs.forget(clocks.now())
    db.db.session.commit()

    assert factories.rows("SELECT count(*) FROM statement") == [(0,)]
    assert desk.row("state") == "released"


def test_what_is_shown_is_taken_down_with_a_reason(printed: None, desk: Desk) -> None:
    desk.draft()
    for client in (desk.mona, desk.malik):
        desk.sign(client)
    desk.act(desk.carl, "release")

    assert desk.act(desk.carl, "down", reason="because").status_code == 422
    assert desk.act(desk.carl, "down", reason="recognised").status_code == 303
    assert (desk.row("state"), desk.row("text")) == ("taken_down", "–")


def test_what_nobody_was_shown_is_thrown_away(desk: Desk) -> None:
    desk.draft()

    desk.act(desk.malik, "down", reason="mistake")

    assert factories.rows("SELECT count(*) FROM quote") == [(0,)]


def test_a_text_that_is_masked_further_wipes_what_was_signed(printed: None, desk: Desk) -> None:
    desk.draft()
    desk.sign(desk.mona)

    factories.post(desk.mona, desk.text_id, "remask", version="2", word="0-5", type="place")

    assert (desk.row("state"), desk.row("first_by")) == ("draft", None)
    assert desk.sign(desk.malik).status_code == 422  # the words are not the text's any more


def test_a_text_that_is_read_again_takes_down_what_is_shown_at_once(printed: None, desk: Desk) -> None:
    desk.draft()
    for client in (desk.mona, desk.malik):
        desk.sign(client)
    desk.act(desk.carl, "release")

    assert factories.post(desk.mona, desk.text_id, "reopen", version="2").status_code == 303

    assert (desk.row("state"), desk.row("text")) == ("taken_down", "–")


def test_the_queue_says_how_many_wait_for_ones_signature(desk: Desk) -> None:
    desk.draft()
    desk.sign(desk.mona)

    found = [
        re.search(r'/desk/quotes">\s*\w+ <span class="count">(\d)', c.get("/desk/queue").text)
        for c in (desk.mona, desk.malik)
    ]

    assert [one and one[1] for one in found] == ["0", "1"]


def test_moderators_keep_memos_on_a_quote_and_the_council_sees_none(printed: None, desk: Desk) -> None:
    desk.draft()
    fields = {"about": "quote", "of": desk.quote_id.hex(), "memo": "Spørg om morgenen"}

    answer = desk.mona.post("/desk/memos", data=accounts.form(desk.mona, "memo") | fields)

    assert answer.location == f"/desk/quotes/{desk.quote_id.hex()}"
    for client in (desk.mona, desk.malik):
        desk.sign(client)
    assert "Spørg om morgenen" in desk.page(desk.malik)
    assert "Spørg om morgenen" not in desk.page(desk.carl)
