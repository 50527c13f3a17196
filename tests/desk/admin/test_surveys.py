"""Surveys: what is open, and closing a version."""

from collections.abc import Callable

from flask.testing import FlaskClient

from app.core import db
from app.desk.accounts import queries
from app.surveys import versions
from tests.desk.accounts import factories


def test_every_version_is_listed_with_its_questions(sign_in: Callable[..., FlaskClient]) -> None:
    page = sign_in("analyst").get("/desk/surveys").get_data(as_text=True)
    survey = versions.get("five_tap", 1)

    assert survey is not None
    assert all(f'id="{survey_id}"' in page for survey_id in ("five_tap", "sms_core"))
    assert all(question.text["da"] in page for question in survey.questions)


def test_staff_see_the_surveys_of_their_place(sign_in: Callable[..., FlaskClient]) -> None:
    page = sign_in("staff", "GH1").get("/desk/surveys").get_data(as_text=True)

    assert 'id="five_tap"' in page
    assert 'id="track_core"' not in page
    assert "Gadens Hus Møllen" not in page


def test_closing_a_version_lets_no_new_answers_begin(sign_in: Callable[..., FlaskClient]) -> None:
    client = sign_in("admin")

    response = client.post("/desk/surveys/five_tap/1/close", data=factories.form(client, "survey"))
    head = queries.last_audit()

    assert response.headers["Location"] == "/desk/surveys"
    assert versions.open_one("five_tap") is None
    assert versions.get("five_tap", 1) is not None
    assert head is not None
    assert (head.act, head.target) == ("survey.close", "five_tap 1")


def test_closing_twice_says_so_and_writes_nothing(sign_in: Callable[..., FlaskClient]) -> None:
    client = sign_in("admin")
    for _ in range(2):
        response = client.post("/desk/surveys/five_tap/1/close", data=factories.form(client, "survey"))

    assert response.status_code == 422
    assert len(queries.audit_page(actor=None, act="survey.close", before=None, limit=9)) == 1
    db.db.session.rollback()


def test_a_version_nobody_made_cannot_be_closed(sign_in: Callable[..., FlaskClient]) -> None:
    client = sign_in("admin")

    assert client.post("/desk/surveys/five_tap/7/close", data=factories.form(client, "survey")).status_code == 404
