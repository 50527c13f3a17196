"""The pages about who works here."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import db
from app.desk.accounts import users
from app.desk.accounts.models import User
from tests.desk.accounts import factories
from tests.desk.accounts.factories import Browser


def test_a_new_person_signs_in_with_the_password_shown_once(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    admin = sign_in("admin")
    page = post(admin, "/desk/users", name="karen", display_name="Karen", role="peer", site="").get_data(as_text=True)
    (first,) = re.findall(r'first-password code" dir="ltr">([^<]+)<', page)
    karen = Browser(app, app.response_class)

    entered = karen.post("/desk/login", data=factories.form(karen, "login", name="karen", password=first))

    assert entered.status_code == 303
    assert karen.get("/desk").headers["Location"] == "/desk/password"
    assert first not in admin.get("/desk/users/karen").get_data(as_text=True)


def test_a_refused_person_comes_back_with_what_was_typed(sign_in: Callable[..., FlaskClient]) -> None:
    response = post(sign_in("admin"), "/desk/users", name="ærlig", display_name="Ærlig Talt", role="staff", site="GH2")
    page = response.get_data(as_text=True)

    assert response.status_code == 422
    assert 'value="Ærlig Talt"' in page
    assert '<option value="GH2" selected>' in page
    assert people() == 1


def test_an_administrator_changes_the_role_of_others(sign_in: Callable[..., FlaskClient]) -> None:
    factories.a_user("peer", name="pia")

    response = post(sign_in("admin"), "/desk/users/pia/role", role="staff", site="SIR1")

    assert response.headers["Location"] == "/desk/users/pia"
    assert (pia().role, pia().site_code) == ("staff", "SIR1")


@pytest.mark.parametrize("act", ["role", "reset", "leave", "phone"])
def test_nobody_changes_their_own_account(app: Flask, content: None, act: str) -> None:
    anna = factories.a_user("admin", name="anna")
    client = factories.browser_of(app, anna)

    response = post(client, f"/desk/users/anna/{act}", role="council", site="")

    assert response.status_code == 422
    assert f'action="/desk/users/anna/{act}"' not in client.get("/desk/users/anna").get_data(as_text=True)
    assert client.get("/desk/users").status_code == 200


def test_whose_role_changed_is_signed_out(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    browser = factories.browser_of(app, factories.a_user("peer", name="pia"))

    post(sign_in("admin"), "/desk/users/pia/role", role="staff", site="GH2")

    assert browser.get("/desk").status_code == 302


def test_whose_account_is_closed_is_out_at_once(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    browser = factories.browser_of(app, factories.a_user("peer", name="pia"))

    post(sign_in("admin"), "/desk/users/pia/leave")

    assert browser.get("/desk").status_code == 302
    assert not pia().is_active


def test_a_new_first_password_is_shown_to_the_administrator_once(sign_in: Callable[..., FlaskClient]) -> None:
    factories.a_user("peer", name="pia")

    response = post(sign_in("admin"), "/desk/users/pia/reset")

    assert 'class="first-password' in response.get_data(as_text=True)
    assert response.headers["Cache-Control"] == "no-store"
    assert pia().must_change


@pytest.mark.parametrize("act", ["", "/role", "/reset", "/leave", "/agree", "/refuse", "/phone"])
def test_nobody_by_that_name_is_not_found(sign_in: Callable[..., FlaskClient], act: str) -> None:
    client = sign_in("admin")

    response = post(client, f"/desk/users/nobody{act}", role="peer") if act else client.get("/desk/users/nobody")

    assert response.status_code in (404, 422)


def post(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    return client.post(address, data=factories.form(client, "users", **fields))


def people() -> int:
    count = db.db.session.query(User).count()
    db.db.session.rollback()
    return count


def pia() -> User:
    db.db.session.rollback()
    found = users.named("pia")
    db.db.session.refresh(found)
    db.db.session.expunge(found)
    db.db.session.rollback()
    return found
