"""One reader at a time decides: who opens a text holds it for a quarter of an hour."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import clock, db
from app.desk.accounts.models import User
from app.desk.moderation.dealing import claims
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_text, post, rows, yes


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


@pytest.fixture
def mona(content: None) -> User:
    return accounts.a_user("moderator", name="mona")


@pytest.fixture
def malik(content: None) -> User:
    return accounts.a_user("moderator", name="malik")


def later(minutes: int) -> None:
    clock.clock().set(clock.now() + timedelta(minutes=minutes))


def opened(client: FlaskClient, text_id: bytes) -> str:
    return client.get(f"/desk/statements/{text_id.hex()}?lang=en").text


def holders() -> list[bytes]:
    return [bytes(user_id) for (user_id,) in rows("SELECT user_id FROM claim")]


def test_opening_takes_the_text_and_others_may_only_read_along(app: Flask, mona: User, malik: User) -> None:
    text_id = a_text("Spørg efter Karsten")
    first, second = accounts.browser_of(app, mona), accounts.browser_of(app, malik)

    mine, theirs = opened(first, text_id), opened(second, text_id)

    assert 'id="approve"' in mine
    assert "Moderator is reading it" in theirs
    assert "[navn]" in theirs
    assert 'id="approve"' not in theirs
    assert holders() == [mona.id]


def test_who_does_not_hold_it_decides_nothing_and_keeps_what_was_filled_in(app: Flask, mona: User, malik: User) -> None:
    text_id = a_text("Spørg efter Karsten")
    opened(accounts.browser_of(app, mona), text_id)
    other = accounts.browser_of(app, malik)

    for act in ("approve", "reject", "hold", "mask", "look", "escalate"):
        answer = post(other, text_id, act, **yes(1, "ADG.KOE", reason="spam", concern="other"))

        assert answer.status_code == 409, act
        assert 'value="ADG.KOE" checked' in answer.text, act
        assert rows("SELECT state, version FROM text_item") == [("waiting", 1)], act


def test_what_may_be_hard_to_read_is_closed_for_who_reads_along_too(app: Flask, mona: User, malik: User) -> None:
    text_id = a_text("Jeg kan ikke mere", is_urgent=True)
    opened(accounts.browser_of(app, mona), text_id)

    assert '<details class="urgent card"><summary>' in opened(accounts.browser_of(app, malik), text_id)


def test_after_a_quarter_of_an_hour_somebody_else_takes_over(app: Flask, mona: User, malik: User) -> None:
    text_id = a_text()
    slow, quick = accounts.browser_of(app, mona), accounts.browser_of(app, malik)
    opened(slow, text_id)
    later(16)

    assert 'id="approve"' in opened(quick, text_id)

    assert holders() == [malik.id]
    assert post(slow, text_id, "approve", **yes(1, "MOD")).status_code == 409
    assert ("text.take_over", "", 1, "") in list(factories.acts())


def test_asking_for_the_head_of_a_page_takes_nothing(app: Flask, mona: User) -> None:
    text_id = a_text("Flere senge")

    answer = accounts.browser_of(app, mona).head(f"/desk/statements/{text_id.hex()}")

    assert answer.status_code == 200
    assert holders() == []


def test_each_act_renews_the_claim(app: Flask, mona: User, malik: User) -> None:
    text_id = a_text("Spørg efter Karsten i køkkenet")
    reader, other = accounts.browser_of(app, mona), accounts.browser_of(app, malik)
    opened(reader, text_id)
    later(10)
    post(reader, text_id, "mask", word=["0-5"], type="place")
    later(10)

    assert "is reading it" in opened(other, text_id)


def test_looking_again_within_five_minutes_writes_nothing(app: Flask, mona: User) -> None:
    text_id = a_text()
    reader = accounts.browser_of(app, mona)
    opened(reader, text_id)
    before = rows("SELECT until FROM claim")
    later(4)
    opened(reader, text_id)

    assert rows("SELECT until FROM claim") == before
    later(2)
    opened(reader, text_id)
    assert rows("SELECT until FROM claim") != before


def test_the_claim_goes_with_the_decision(app: Flask, mona: User) -> None:
    reader = accounts.browser_of(app, mona)

    for act, fields in {"approve": yes(1), "reject": {"version": "1", "reason": "spam"}, "skip": {}}.items():
        text_id = a_text()
        opened(reader, text_id)
        assert holders() == [mona.id], act
        post(reader, text_id, act, **fields)
        assert holders() == [], act


def test_a_person_has_one_text_open_at_a_time(app: Flask, mona: User) -> None:
    texts = [a_text(), a_text("Flere senge")]
    reader = accounts.browser_of(app, mona)

    for text_id in texts:
        opened(reader, text_id)

    assert [bytes(one) for (one,) in rows("SELECT item_id FROM claim")] == [texts[1]]


def test_what_is_over_is_swept_and_what_runs_stays(app: Flask, mona: User, malik: User) -> None:
    old, new = a_text(), a_text("Flere senge")
    opened(accounts.browser_of(app, mona), old)
    later(16)
    opened(accounts.browser_of(app, malik), new)

    claims.forget()
    db.db.session.commit()

    assert holders() == [malik.id]


def test_the_list_says_who_reads_what(app: Flask, mona: User, malik: User) -> None:
    text_id = a_text()
    opened(accounts.browser_of(app, mona), text_id)

    assert "Moderator is reading it" in accounts.browser_of(app, malik).get("/desk/queue?lang=en").text
    assert "is reading it" not in accounts.browser_of(app, mona).get("/desk/queue?lang=en").text


def test_a_stale_form_is_told_what_the_text_is_now(
    app: Flask, mona: User, malik: User, sign_in: Callable[..., FlaskClient]
) -> None:
    text_id = a_text()
    slow = accounts.browser_of(app, malik)
    factories.approve(text_id, mona)

    answer = slow.post(
        f"/desk/statements/{text_id.hex()}/approve?lang=en", data=accounts.form(slow, "text") | yes(1, "MOD")
    )

    assert answer.status_code == 409
    assert "It is now: Approved." in answer.text
