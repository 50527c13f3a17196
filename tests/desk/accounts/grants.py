"""One administrator alone, who would like to read what people wrote: every way they could try."""

import re
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import db
from app.desk.accounts import queries
from app.desk.accounts.granting import granting
from app.desk.accounts.granting import queries as wishes
from tests.desk.accounts import factories

PAGES_OF_WORDS = ("/desk/queue", "/desk/search", "/desk/cases", "/desk/quotes", "/desk/bulk", "/desk/memos",
                  "/desk/translations", "/desk/export", "/desk/second", "/desk/disagreements")  # fmt: skip


def ways_of_one_alone(app: Flask) -> list[str]:
    """The ways by which one administrator gets at words, or at an account that does."""
    return [way.__name__ for way in WAYS if way(app)]


def becomes_a_moderator(app: Flask) -> bool:
    anna = factories.a_user("admin", name="anna")
    post(factories.browser_of(app, anna), "anna/role", role="moderator", site="")
    return role_of("anna") != "admin"


def makes_a_moderator(app: Flask) -> bool:
    post(an_administrator(app), "", name="mette", display_name="Mette", role="moderator", site="")
    return is_open("mette")


def makes_a_second_administrator(app: Flask) -> bool:
    post(an_administrator(app), "", name="arne", display_name="Arne", role="admin", site="")
    return is_open("arne")


def makes_a_peer_read_cases(app: Flask) -> bool:
    factories.a_user("peer", name="pia")
    post(an_administrator(app), "pia/role", role="safeguarding", site="")
    return role_of("pia") != "peer"


def takes_the_place_of_a_moderator_away(app: Flask) -> bool:
    """The wall goes by the place: without it, a colleague at a place reads what was said there."""
    factories.a_user("moderator", "GH1", name="malik")
    post(an_administrator(app), "malik/role", role="moderator", site="")
    return role_of("malik") != "moderator GH1"


def makes_a_first_password_of_a_moderator(app: Flask) -> bool:
    factories.a_user("moderator", name="mona")
    page = post(an_administrator(app), "mona/reset").get_data(as_text=True)
    return bool(re.search("first-password", page))


def agrees_with_themselves(app: Flask) -> bool:
    anna = an_administrator(app)
    factories.a_user("council", name="carl")
    post(anna, "carl/role", role="moderator", site="")
    post(anna, "carl/agree", seen=seen("carl"))
    return role_of("carl") != "council"


def lets_the_person_agree(app: Flask) -> bool:
    arne = factories.a_user("admin", name="axel")
    post(an_administrator(app), "axel/role", role="moderator", site="")
    post(factories.browser_of(app, arne), "axel/agree", seen=seen("axel"))
    return role_of("axel") != "admin"


def opens_a_page_of_words(app: Flask) -> bool:
    anna = an_administrator(app)
    return any(anna.get(page).status_code != 403 for page in PAGES_OF_WORDS)


WAYS: tuple[Callable[[Flask], bool], ...] = (
    becomes_a_moderator, makes_a_moderator, makes_a_second_administrator, makes_a_peer_read_cases,
    takes_the_place_of_a_moderator_away, makes_a_first_password_of_a_moderator, agrees_with_themselves,
    lets_the_person_agree, opens_a_page_of_words,
)  # fmt: skip


def an_administrator(app: Flask) -> FlaskClient:
    """Another one each time, as each way is tried for itself."""
    return factories.sign_in(app, "admin")


def post(client: FlaskClient, act: str, **fields: str) -> TestResponse:
    """What the buttons of /desk/users send."""
    address = f"/desk/users/{act}".rstrip("/")
    return client.post(address, data=factories.form(client, "users", **fields))


def seen(name: str) -> str:
    """What the page says that waits for this person."""
    user = queries.user_named(name)
    wish = wishes.wish_for(user.id) if user else None
    told = granting.in_short(wish) if wish else ""
    db.db.session.rollback()
    return told


def role_of(name: str) -> str:
    """Role and place of somebody, as stored."""
    db.db.session.rollback()
    user = queries.user_named(name)
    assert user is not None
    db.db.session.refresh(user)
    told = " ".join(part for part in (user.role, user.site_code) if part)
    db.db.session.rollback()
    return told


def is_open(name: str) -> bool:
    """Whether the account exists and lets somebody in."""
    db.db.session.rollback()
    user = queries.user_named(name)
    found = user is not None and user.is_active
    db.db.session.rollback()
    return found
