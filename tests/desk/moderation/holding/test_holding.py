"""What came in a flood waits, shows a morning later, and leaves with a batch when a moderator lets it in."""

from collections.abc import Callable
from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient

from app.core import clock, db
from app.desk.accounts import queries as accounts
from app.surveys import batches, queries, responses
from app.surveys.responses import Setting
from tests.desk.accounts import factories

CALM = Setting(channel="web", lang="da", week="2026-W10", site_code="GH1", survey_id="five_tap", version=1)
SignIn = Callable[..., FlaskClient]


def held(n: int = 3) -> None:
    for _ in range(n):
        responses.begin(replace(CALM, is_held=True))
    db.db.session.commit()


def test_held_answers_leave_with_no_batch(app: Flask, content: None) -> None:
    held()
    responses.begin(CALM)

    assert batches.release(clock.now(), size=1) == 1


def test_held_answers_hide_nobody_in_a_batch(app: Flask, content: None) -> None:
    held(9)
    responses.begin(CALM)

    assert batches.release(clock.now(), size=5) == 0


def test_what_is_held_shows_the_morning_after(app: Flask, sign_in: SignIn) -> None:
    moderator = sign_in("moderator")
    held()
    before = moderator.get("/desk/held").text

    queries.mark_due()
    db.db.session.commit()

    assert "<button>" not in before
    assert "3" in moderator.get("/desk/held").text.split("</h1>")[1].split("<form")[0]


def test_a_moderator_lets_them_in_and_it_is_written_down(app: Flask, sign_in: SignIn) -> None:
    moderator = sign_in("moderator")
    held()
    queries.mark_due()
    db.db.session.commit()

    done = moderator.post("/desk/held", data=factories.form(moderator, "held"))

    assert done.status_code == 303
    assert queries.count_held() == 0
    assert batches.release(clock.now(), size=1) == 3
    assert [row.count for row in accounts.audit_page(actor=None, act="held.let_in", before=None, limit=9)] == [3]
