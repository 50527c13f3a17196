"""Quotes at the desk: what two moderators and the council see and press, from an approved text to a page and back."""

import html
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app import jobs
from app.core import clock as clocks
from app.core import db
from app.desk.moderation.quoting import wording
from app.publication.models import Cell, Release
from app.surveys import responses
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_response

SAID = "Badet er altid koldt, og der er lang kø om morgenen."
FREE = datetime(2026, 4, 13, 10, 0, tzinfo=UTC)
"""A Monday, the first day on which what was said in week 10 cannot be taken back any more."""


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


@pytest.fixture
def printed(app: Flask) -> None:
    """A release that shows how many spoke of access in the street houses of the region of GH1."""
    db.db.session.add(Release(id="2026-Q1", catalogue="2026", period="2026-Q1", state="ready"))
    db.db.session.flush()
    db.db.session.add(
        Cell(release_id="2026-Q1", table="T5", place="R-hoved/street_house", period="2026-Q1", split="theme",
             category="ADG", position=0, value=7)
    )  # fmt: skip
    db.db.session.flush()
    db.connection().execute(
        text(
            "UPDATE release SET state = 'published', number = 1, published_on = '2026-04-12', signed_first = 'carl', "
            "signed_second = 'mona', hash = 'sha256:1', previous_hash = 'sha256:0'"
        )
    )
    db.db.session.commit()


@pytest.fixture
def free(clock: clocks.Clock) -> None:
    """The weeks in which words can be taken back are over."""
    clock.set(FREE)


class Desk:
    """Mona, Malik and Carl, with one approved text between them."""

    def __init__(self, app: Flask, *codes: str, quote_ok: bool = True, said: str = SAID) -> None:
        self.mona, self.malik = (accounts.sign_in(app, "moderator") for _ in range(2))
        self.carl = accounts.sign_in(app, "council")
        self.response_id = a_response(said, quote_ok=quote_ok)
        self.text_id = factories.text_of(self.response_id)
        factories.approve(self.text_id, a_moderator(), *(codes or ("ADG.KOE",)))

    def draft(self, words: str = SAID, kind: str = "verbatim", theme: str = "ADG") -> Any:
        fields = {"text": words, "kind": kind, "theme": theme}
        return self.post(self.mona, f"new/{self.text_id.hex()}", **fields)

    def act(self, client: FlaskClient, act: str, **fields: Any) -> Any:
        return self.post(client, f"{self.quote_id.hex()}/{act}", version=str(self.row("version")), **fields)

    def sign(self, client: FlaskClient) -> Any:
        return self.act(client, "sign", asked=list(wording.ASKED))

    def post(self, client: FlaskClient, address: str, **fields: Any) -> Any:
        return client.post(f"/desk/quotes/{address}?lang=en", data=accounts.form(client, "quote") | fields)

    def page(self, client: FlaskClient) -> str:
        return html.unescape(client.get(f"/desk/quotes/{self.quote_id.hex()}?lang=en").text)

    @property
    def quote_id(self) -> bytes:
        return bytes(self.row("id"))

    def row(self, column: str) -> Any:
        return factories.rows(f"SELECT {column} FROM quote")[0][0]


@pytest.fixture
def desk(app: Flask, book: None, free: None) -> Desk:
    return Desk(app)


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

    assert "The person can still take the words back. Wait until 2026-04-13." in page
    assert "No published table shows this theme" in page
    factories.post(desk.mona, desk.text_id, "tag", code="TREDJE", set="on")
    assert "Somebody could be recognised in these words." in desk.page(desk.mona)


def test_a_refused_quote_keeps_what_was_written(desk: Desk) -> None:
    answer = desk.draft("Noget helt andet, siger jeg", "verbatim")

    assert answer.status_code == 422
    assert "Noget helt andet, siger jeg" in answer.text
    assert factories.rows("SELECT count(*) FROM quote") == [(0,)]


def test_without_a_yes_the_persons_own_words_are_not_offered(app: Flask) -> None:
    desk = Desk(app, quote_ok=False)

    page = desk.mona.get(f"/desk/quotes/new/{desk.text_id.hex()}?lang=en").text

    assert 'value="verbatim" required disabled' in page
    assert desk.draft().status_code == 422
    assert desk.draft("Køen er for lang", "paraphrase").status_code == 303


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
