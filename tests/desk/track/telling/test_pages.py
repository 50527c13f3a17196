"""The pages of what is told back: counted without being kept, approved by another, with every word that was refused."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import db
from app.desk.accounts.models import Audit, User
from app.desk.track import board
from app.desk.track.telling import queries, telling
from app.publication import told
from tests.desk.accounts.factories import a_user, form
from tests.desk.track import factories
from tests.desk.track.factories import TODAY

SignIn = Callable[..., FlaskClient]
PAGE = "/desk/track/telling/B1"


def post(client: FlaskClient, address: str, form_id: str, **fields: object) -> TestResponse:
    return client.post(address, data=form(client, form_id) | fields)


def fields(**changes: str) -> dict[str, str]:
    written = {"outcome": "did"}
    for one in factories.told_words():
        written[f"said.{one.channel}.{one.lang}"] = one.said
        written[f"body.{one.channel}.{one.lang}"] = one.body
    return written | {name.replace("_", "."): text for name, text in changes.items()}


def marks_of(code: str, *channels: str) -> list[str]:
    found = [one.mark for one in telling.of(code) if not channels or one.channel in channels]
    db.db.session.rollback()  # reading would keep the next visitor waiting
    return found


def test_one_writes_another_approves_and_everybody_reads(quarter: None, sign_in: SignIn) -> None:
    factories.a_decision("published")
    carl, mona = sign_in("council"), sign_in("moderator")

    assert carl.get(f"{PAGE}/edit").status_code == 200
    assert post(carl, PAGE, "telling", **fields()).status_code == 303
    marks = marks_of("B1")
    assert 'name="read"' not in carl.get(PAGE).text, "nobody is asked to approve their own words"
    assert post(carl, f"{PAGE}/approve", "telling.approve", read=marks).status_code == 422
    assert all(f'value="{mark}" checked' in mona.get(PAGE).text for mark in marks)
    assert post(mona, f"{PAGE}/approve", "telling.approve", read=marks).status_code == 303

    assert "B1: Huset holder åbent om aftenen." in mona.get("/desk/track/telling").text
    down = marks_of("B1", "sms")
    assert post(mona, f"{PAGE}/take-down", "telling.take_down", read=down).status_code == 303
    assert (told.nearest("sms"), [item.code for item in told.live()]) == ([], ["B1"])
    assert carl.get(PAGE).text.count("You said: The door is locked at night.") == 2, "on the tablet, and before by text"
    acts = [(row.act, row.target, row.count) for row in db.db.session.query(Audit).order_by(Audit.seq)]
    assert acts == [("telling.write", "B1", 8), ("telling.approve", "B1", 8), ("telling.take_down", "B1", 2)]


def test_a_refused_form_comes_back_with_every_word_and_counting_keeps_nothing(quarter: None, sign_in: SignIn) -> None:
    factories.a_decision("taken")
    carl = sign_in("council")
    words = fields(body_sms_da="Nu – og her.", said_web_da="Der er lukket for <os> & dem.")

    refused = post(carl, PAGE, "telling", **words)
    counted = post(carl, PAGE, "telling", measure="yes", **words)
    swap = carl.post(PAGE, data=form(carl, "telling") | words, headers={"HX-Request": "true"})

    assert (refused.status_code, counted.status_code, swap.status_code) == (422, 200, 200)
    assert 'role="alert"' in refused.text
    for page in (refused.text, counted.text):
        assert "Der er lukket for &lt;os&gt; &amp; dem." in page
        assert "<mark>–</mark>" in page
    assert swap.text.count('hx-swap-oob="true"') == 8
    assert "<form" not in swap.text
    assert queries.of("B1", ("drafted",)) == []


def test_a_code_nobody_knows_is_not_found_and_old_forms_change_nothing(quarter: None, sign_in: SignIn) -> None:
    factories.a_decision("taken")
    carl = sign_in("council")

    for code in ("B2", "B0", "B", "U1", "A1", "X", "B1x", "B99999999999999999999", "B01", "B١"):
        assert carl.get(f"/desk/track/telling/{code}").status_code == 404
        assert post(carl, f"/desk/track/telling/{code}", "telling", **fields()).status_code == 404
    assert carl.post(PAGE, data=fields()).status_code == 422
    assert queries.of("B1", ("drafted",)) == []


def waiting(app: Flask, reader: User) -> list[str]:
    with app.test_request_context():
        return [task.address for task in board.tasks(reader, TODAY) if "/telling/" in task.address]


def test_the_clock_runs_from_the_day_a_decision_is_public_until_it_is_told(app: Flask, quarter: None) -> None:
    factories.a_decision("published")
    reader = a_user("council")

    (clock,) = (one for one in board.clocks(reader, TODAY) if one.kind == "told_back")
    assert (clock.code, clock.due_on) == ("B1", TODAY + timedelta(days=14))
    assert [clock.days_late(TODAY + timedelta(days=days)) for days in (14, 15)] == [0, 1]
    assert waiting(app, reader) == [PAGE]

    factories.tell("B1")

    assert [one for one in board.clocks(reader, TODAY) if one.kind == "told_back"] == []
    assert waiting(app, reader) == []
