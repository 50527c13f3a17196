"""What takes two administrators, and how the second one agrees."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import clock, db
from app.desk.accounts import passwords, queries
from app.desk.accounts.granting import queries as wishes
from tests.desk.accounts import factories, grants, telephones
from tests.desk.accounts.grants import first_on, is_open, password_of, post, role_of, seen, stored

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("content")]


@pytest.mark.requirement("R8")
def test_one_administrator_alone_never_gets_at_words(app: Flask, figure: Callable[[str], None]) -> None:
    ways = grants.ways_of_one_alone(app)

    figure(f"{len(ways)} of {len(grants.WAYS)} ways lead one administrator to words")
    assert ways == []


def test_a_second_administrator_opens_the_account(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    anna, arne = sign_in("admin"), sign_in("admin")
    asked = post(anna, "", name="mette", display_name="Mette", role="moderator", site="")
    page = arne.get("/desk/users/mette?lang=en").text
    first = first_on(post(arne, "mette/agree", seen=seen("mette")))

    assert asked.headers["Location"] == "/desk/users/mette"
    assert "a new first password is shown to you, once" in page
    assert passwords.matches(password_of("mette"), first or "")
    assert is_open("mette")
    assert waits_for("mette") is False


def test_who_asked_sees_no_button_to_agree(sign_in: Callable[..., FlaskClient]) -> None:
    anna = sign_in("admin")
    post(anna, "", name="mette", display_name="Mette", role="moderator", site="")
    page = anna.get("/desk/users/mette").text

    assert 'action="/desk/users/mette/agree"' not in page
    assert 'action="/desk/users/mette/refuse"' in page


def test_a_second_administrator_sees_the_new_first_password(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    mona = factories.browser_of(app, factories.a_user("moderator", name="mona"))
    anna, arne = sign_in("admin"), sign_in("admin")
    asked = post(anna, "mona/reset")
    still_in = mona.get("/desk").status_code
    first = first_on(post(arne, "mona/agree", seen=seen("mona")))

    assert (asked.status_code, still_in) == (303, 200)
    assert mona.get("/desk").status_code == 302
    assert passwords.matches(password_of("mona"), first or "")


@pytest.mark.parametrize("answer", ["refuse", "agree"])
def test_what_falls_leaves_everything_as_it_was(sign_in: Callable[..., FlaskClient], answer: str) -> None:
    factories.a_user("peer", name="pia")
    anna, arne = sign_in("admin"), sign_in("admin")
    post(anna, "pia/role", role="moderator", site="")
    post(arne, f"pia/{answer}", seen="role council")

    assert role_of("pia") == "peer"
    assert waits_for("pia") is (answer == "agree")


def test_nobody_agrees_to_what_changed_since_the_page_was_opened(sign_in: Callable[..., FlaskClient]) -> None:
    factories.a_user("peer", name="pia")
    anna, arne = sign_in("admin"), sign_in("admin")
    post(anna, "pia/role", role="moderator", site="GH1")
    on_the_page = seen("pia")
    post(anna, "pia/role", role="moderator", site="")

    assert post(arne, "pia/agree", seen=on_the_page).status_code == 422
    assert role_of("pia") == "peer"


def test_what_somebody_asked_for_falls_when_they_leave(sign_in: Callable[..., FlaskClient], app: Flask) -> None:
    """An account that nobody opened is closed then, so that its name goes after thirty days."""
    factories.a_user("peer", name="pia")
    anna, arne = factories.browser_of(app, factories.a_user("admin", name="anna")), sign_in("admin")
    post(anna, "pia/role", role="moderator", site="")
    post(anna, "", name="mette", display_name="Mette", role="moderator", site="")
    post(arne, "anna/role", role="council", site="")
    still_waits = waits_for("pia")
    post(arne, "anna/leave")

    assert (still_waits, waits_for("pia"), waits_for("mette")) == (True, False, False)
    assert (stored("pia").left_on, stored("mette").left_on) == (None, clock.today())


def test_a_lost_telephone_waits_for_a_second_administrator_and_costs_no_password(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    user, _, _ = telephones.with_telephone("moderator", "mona")
    mona, anna, arne = factories.browser_of(app, user), sign_in("admin"), sign_in("admin")
    post(anna, "mona/phone")
    still_in = mona.get("/desk").status_code
    page = arne.get("/desk/users/mona?lang=en").text
    agreed = post(arne, "mona/agree", seen=seen("mona"))

    assert "asked to take the lost telephone out of use" in page
    assert (still_in, agreed.status_code, mona.get("/desk").status_code) == (200, 303, 302)
    assert (stored("mona").totp_secret, password_of("mona")) == (None, user.password_hash)


def test_nobody_gets_another_role_behind_a_closed_door(sign_in: Callable[..., FlaskClient]) -> None:
    factories.a_user("peer", name="pia")
    anna = sign_in("admin")
    post(anna, "pia/leave")

    assert post(anna, "pia/role", role="moderator", site="").status_code == 422
    assert waits_for("pia") is False


def test_an_account_that_nobody_opened_is_closed_when_its_wish_falls(sign_in: Callable[..., FlaskClient]) -> None:
    anna = sign_in("admin")
    post(anna, "", name="mette", display_name="Mette", role="moderator", site="")
    post(anna, "mette/refuse")
    user = queries.user_named("mette")

    assert user is not None
    assert user.left_on is not None
    assert not user.is_active


def test_in_the_demo_one_administrator_is_enough(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], env="demo")
    post(sign_in("admin"), "", name="mette", display_name="Mette", role="moderator", site="")

    assert is_open("mette")


def test_the_list_says_who_waits(sign_in: Callable[..., FlaskClient]) -> None:
    anna = sign_in("admin")
    post(anna, "", name="mette", display_name="Mette", role="moderator", site="")

    assert "Waits for a second administrator" in anna.get("/desk/users?lang=en").text


def waits_for(name: str) -> bool:
    user = queries.user_named(name)
    assert user is not None
    waits = wishes.wish_for(user.id) is not None
    db.db.session.rollback()
    return waits
