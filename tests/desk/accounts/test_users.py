"""Accounts: who may be made what, and what follows from it."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.core import db
from app.desk.accounts import audit, passwords, queries, users
from app.desk.accounts.granting import granting
from app.desk.accounts.models import StaffSession, User
from app.desk.accounts.users import UserRefused
from tests.desk.accounts import factories


@pytest.fixture
def in_a_request(app: Flask, content: None) -> object:
    with app.test_request_context():
        yield


@pytest.mark.usefixtures("in_a_request")
class TestAdding:
    def test_a_new_account_has_a_first_password_to_be_changed(self) -> None:
        first = users.add("Karen.Hansen", "Karen  Hansen", "peer")
        user = users.named("karen.hansen")

        assert passwords.matches(user.password_hash, first or "")
        assert (user.must_change, user.display_name, user.is_active) == (True, "Karen Hansen", True)
        assert (last_act(), last_detail()) == ("user.add", "peer")

    def test_staff_belong_to_a_place_that_exists(self) -> None:
        users.add("karen", "Karen", "staff", "gh 1")

        assert users.named("karen").site_code == "GH1"
        for place in (None, "", "XX9"):
            with pytest.raises(UserRefused):
                users.add("kurt", "Kurt", "staff", place)

    @pytest.mark.parametrize("name", ["", "a", "9karen", "kar en", "karen<", "k" * 41, "ærlig"])
    def test_a_name_that_could_be_misread_is_refused(self, name: str) -> None:
        with pytest.raises(UserRefused):
            users.add(name, "Karen", "peer")

    def test_a_name_is_taken_once(self) -> None:
        users.add("karen", "Karen", "peer")

        with pytest.raises(UserRefused):
            users.add("KAREN", "En anden Karen", "peer")

    def test_an_unknown_role_is_refused(self) -> None:
        with pytest.raises(UserRefused):
            users.add("karen", "Karen", "root")

    @pytest.mark.parametrize("role", sorted(granting.PAIRED))
    def test_the_operator_opens_every_account_at_once(self, role: str) -> None:
        users.add("karen", "Karen", role, by_operator=True)

        assert (users.named("karen").role, users.named("karen").is_active) == (role, True)


@pytest.mark.usefixtures("in_a_request")
class TestChanging:
    def test_another_role_ends_every_session(self, app: Flask) -> None:
        user = factories.a_user("peer")
        factories.browser_of(app, user)

        users.change_role(user.name, "staff", "GH2")

        assert db.db.session.query(StaffSession).count() == 0
        assert (user.role, user.site_code, last_detail()) == ("staff", "GH2", "peer > staff GH2")

    def test_the_same_role_again_changes_nothing(self, app: Flask) -> None:
        user = factories.a_user("peer")
        factories.browser_of(app, user)

        users.change_role(user.name, "peer", "")

        assert db.db.session.query(StaffSession).count() == 1
        assert queries.last_audit() is None

    def test_a_new_first_password_ends_every_session_and_must_be_changed(self, app: Flask) -> None:
        user = factories.a_user("peer", password=factories.PASSWORD)
        factories.browser_of(app, user)

        first = users.reset(user.name)

        assert first
        assert passwords.matches(user.password_hash, first)
        assert user.must_change
        assert db.db.session.query(StaffSession).count() == 0
        assert last_act() == "user.reset"

    def test_leaving_closes_the_account_at_once(self, app: Flask) -> None:
        user = factories.a_user("peer", password=factories.PASSWORD)
        factories.browser_of(app, user)

        users.leave(user.name, date(2026, 3, 2))

        assert (user.is_active, user.left_on) == (False, date(2026, 3, 2))
        assert db.db.session.query(StaffSession).count() == 0

    def test_nobody_by_that_name_is_refused(self) -> None:
        with pytest.raises(UserRefused):
            users.reset("nobody")


def test_the_people_of_the_demo_are_there_once_with_the_password_of_the_settings(app: Flask, content: None) -> None:
    users.add_demo()
    people = users.add_demo()

    assert {user.name: user.role for user in people} == {name: role for name, _, role in users.DEMO}
    assert [user.site_code for user in people if user.site_code] == ["GH1"]
    assert all(passwords.matches(user.password_hash, "et-kodeord-til-demo") for user in people[:2])
    assert not any(user.must_change for user in people)


@pytest.mark.parametrize(
    ("column", "value"), [("role", "'root'"), ("site_code", "'XX9'"), ("site_code", "NULL"), ("name", "'pia'")]
)
def test_the_database_holds_the_rules_too(app: Flask, content: None, column: str, value: str) -> None:
    factories.a_user("peer", name="pia")
    factories.a_user("staff", name="stine")

    with pytest.raises(IntegrityError):
        db.connection().execute(text(f"UPDATE \"user\" SET {column} = {value} WHERE name = 'stine'"))
    db.db.session.rollback()


def test_what_is_stored_names_no_password(app: Flask, content: None) -> None:
    user = factories.a_user("peer", password=factories.PASSWORD)
    stored = db.db.session.get(User, user.id)

    assert stored is not None
    assert factories.PASSWORD not in repr(vars(stored))


def last_act() -> str:
    head = queries.last_audit()
    assert head is not None
    assert head.actor == audit.OPERATOR
    return head.act


def last_detail() -> str:
    head = queries.last_audit()
    assert head is not None
    return head.detail
