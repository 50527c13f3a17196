"""One rejected text in twenty is read again by somebody who does not know, and that says how well we reject."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import chance, db
from app.desk.accounts.models import User
from app.desk.moderation import reading, states
from app.desk.moderation.rereading import draw
from app.desk.moderation.rereading import queries as rereading
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text, item, post
from tests.desk.moderation.undoing import factories as undoing


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


@pytest.fixture
def mona() -> User:
    return a_moderator()


@pytest.fixture
def malik() -> User:
    return a_moderator()


@pytest.fixture
def drawn(app: Flask) -> None:
    """The dice say yes."""
    app.extensions["dice"] = lambda _sides: 0


def reject(text_id: bytes, by: User, reason: str = "spam") -> None:
    row = item(text_id, by)
    reading.reject(row, row.version, reason, "et angreb på en gruppe", by)
    db.db.session.commit()


def test_one_in_twenty_is_drawn_by_chance(app: Flask) -> None:
    del app.extensions["dice"]

    hits = sum(chance.one_in(draw.ONE_IN) for _ in range(4000))

    assert 140 < hits < 260  # 200 expected; outside in one run of 100,000


def test_a_rejection_that_is_not_drawn_stands(mona: User, malik: User) -> None:
    text_id = a_text()

    reject(text_id, mona)

    assert item(text_id, malik).state == states.REJECTED


def test_a_drawn_rejection_waits_for_the_other_and_stays_rejected_for_the_first(
    drawn: None, mona: User, malik: User
) -> None:
    text_id = a_text()

    reject(text_id, mona)

    seen, left = item(text_id, malik), item(text_id, mona)
    assert (seen.state, seen.reason, seen.decided_by, seen.note) == (states.WAITING, None, None, None)
    assert (left.state, left.reason, left.decided_by) == (states.REJECTED, "spam", mona.id)


def test_nothing_on_the_page_or_in_the_log_marks_it(
    drawn: None, app: Flask, mona: User, sign_in: Callable[..., FlaskClient]
) -> None:
    marked, fresh, other = a_text("Køen er lang"), a_text("Køen er lang"), sign_in("moderator")
    reject(marked, mona)

    pages = [other.get(f"/desk/statements/{text_id.hex()}").text for text_id in (marked, fresh)]

    plain = [
        page.replace(text_id.hex(), "").replace('name="version" value="2"', 'name="version" value="1"')
        for page, text_id in zip(pages, (marked, fresh), strict=True)
    ]
    shown = [[line for line in page.splitlines() if "form_token" not in line] for page in plain]
    assert shown[0] == shown[1]
    assert "Køen er lang" in plain[0]
    assert [act for act, *_ in factories.acts() if act == "text.reject"] == ["text.reject"]


def test_the_first_does_not_meet_it_in_the_queue(drawn: None, app: Flask, mona: User, malik: User) -> None:
    text_id = a_text()
    reject(text_id, mona)

    for reader, is_there in ((mona, False), (malik, True)):
        page = accounts.browser_of(app, reader).get("/desk/queue").text
        assert (text_id.hex() in page) is is_there


def test_who_presses_twice_is_told_that_it_is_rejected(drawn: None, app: Flask, mona: User, malik: User) -> None:
    text_id = a_text()
    client = accounts.browser_of(app, mona)

    answers = [post(client, text_id, "reject", version="1", reason="spam") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert item(text_id, malik).version == 2


@pytest.mark.parametrize(("reason", "agreed"), [("empty", False), ("hate", True)])
def test_two_who_say_no_without_knowing_of_each_other_uphold_it(
    drawn: None, mona: User, malik: User, reason: str, agreed: bool
) -> None:
    text_id = a_text()
    reject(text_id, mona)

    reject(text_id, malik, reason)

    found = item(text_id, a_moderator())
    assert (found.state, found.reason, found.decided_by) == (states.REJECTED, reason, malik.id)
    assert (found.agreed_by == mona.id) is agreed
    assert draw.reversals(malik) == draw.Reversals(1, 0)


def test_an_approval_reverses_it(drawn: None, mona: User, malik: User) -> None:
    kept, lost = a_text(), a_text("asdf")
    for text_id in (kept, lost):
        reject(text_id, mona)

    factories.approve(kept, malik)
    reject(lost, malik)

    assert draw.reversals(malik) == draw.Reversals(2, 1)
    assert draw.reversals(malik).rate == 0.5
    assert draw.reversals(a_moderator("GH1")) == draw.Reversals(0, 0)
    assert draw.reversals(a_moderator("GH2")) == draw.Reversals(2, 1)


def test_a_text_is_drawn_once(drawn: None, mona: User, malik: User) -> None:
    text_id = a_text()
    reject(text_id, mona)
    reject(text_id, malik)

    assert item(text_id, mona).state == states.REJECTED
    assert factories.rows("SELECT count(*) FROM rereading") == [(1,)]


def test_without_anybody_else_to_read_it_a_rejection_stands(drawn: None, mona: User) -> None:
    a_moderator("GH1")
    text_id = a_text()

    reject(text_id, mona)

    assert item(text_id, mona).state == states.REJECTED


def test_of_two_who_rejected_it_neither_reads_it_again(drawn: None, mona: User, malik: User) -> None:
    text_id, third = a_text(), a_moderator()
    reject(text_id, mona, "hate")
    reject(text_id, malik, "hate")

    assert [item(text_id, one).state for one in (mona, malik, third)] == ["rejected", "rejected", "waiting"]


def test_a_first_reader_who_takes_it_back_ends_the_reading_again(drawn: None, mona: User, malik: User) -> None:
    text_id = a_text()
    reject(text_id, mona)

    reading.reopen(item(text_id, mona), 2, mona)

    assert item(text_id, mona).state == states.WAITING
    assert rereading.pending(text_id) is None


def test_undoing_a_rejection_that_was_drawn_ends_the_reading_again(drawn: None, mona: User, malik: User) -> None:
    text_id = a_text()
    reject(text_id, mona)

    undoing.undo_last(mona)

    assert [item(text_id, one).state for one in (mona, malik)] == [states.WAITING, states.WAITING]
    assert rereading.pending(text_id) is None
