"""One administrator alone, who would like to read what people wrote: every way they could try."""

import re
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import db
from app.desk.accounts import passwords, queries
from app.desk.accounts.granting import granting
from app.desk.accounts.granting import queries as wishes
from app.desk.accounts.models import User
from tests.desk.accounts import factories, telephones

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


def makes_an_analyst(app: Flask) -> bool:
    post(an_administrator(app), "", name="aksel", display_name="Aksel", role="analyst", site="")
    return is_open("aksel")


def makes_a_council_member(app: Flask) -> bool:
    post(an_administrator(app), "", name="carla", display_name="Carla", role="council", site="")
    return is_open("carla")


def makes_a_peer_read_cases(app: Flask) -> bool:
    factories.a_user("peer", name="pia")
    post(an_administrator(app), "pia/role", role="safeguarding", site="")
    return role_of("pia") != "peer"


def takes_the_place_of_a_moderator_away(app: Flask) -> bool:
    """The wall goes by the place: without it, a colleague at a place reads what was said there."""
    factories.a_user("moderator", "GH1", name="malik")
    post(an_administrator(app), "malik/role", role="moderator", site="")
    return role_of("malik") != "moderator GH1"


def makes_an_analyst_of_a_moderator_at_a_place(app: Flask) -> bool:
    factories.a_user("moderator", "GH1", name="maja")
    post(an_administrator(app), "maja/role", role="analyst", site="")
    return role_of("maja") != "moderator GH1"


def makes_a_peer_of_a_moderator(app: Flask) -> bool:
    """And with that an account whose password one administrator may make anew."""
    factories.a_user("moderator", name="mads")
    anna = an_administrator(app)
    post(anna, "mads/role", role="peer", site="")
    return first_on(post(anna, "mads/reset")) is not None


def takes_the_place_of_an_analyst_away(app: Flask) -> bool:
    factories.a_user("analyst", "GH1", name="asta")
    post(an_administrator(app), "asta/role", role="analyst", site="")
    return role_of("asta") != "analyst GH1"


def takes_the_place_of_a_peer_away(app: Flask) -> bool:
    """A peer reads the words behind a finding, but for those from where they work."""
    factories.a_user("peer", "GH1", name="per")
    post(an_administrator(app), "per/role", role="peer", site="")
    return role_of("per") != "peer GH1"


def makes_a_peer_of_staff_by_way_of_another_place(app: Flask) -> bool:
    factories.a_user("staff", "GH1", name="stine")
    anna = an_administrator(app)
    post(anna, "stine/role", role="staff", site="GH2")
    post(anna, "stine/role", role="peer", site="GH2")
    return role_of("stine") == "peer GH2"


def makes_a_first_password_of_a_moderator(app: Flask) -> bool:
    factories.a_user("moderator", name="mona")
    return first_on(post(an_administrator(app), "mona/reset")) is not None


def makes_a_first_password_of_an_analyst(app: Flask) -> bool:
    factories.a_user("analyst", name="alma")
    return first_on(post(an_administrator(app), "alma/reset")) is not None


def knows_the_password_of_whom_another_promotes(app: Flask) -> bool:
    """A first password of an account that reads nothing, and then, in good faith, a second administrator."""
    factories.a_user("peer", name="petra")
    anna = an_administrator(app)
    first = first_on(post(anna, "petra/reset"))
    post(anna, "petra/role", role="moderator", site="")
    post(an_administrator(app), "petra/agree", seen=seen("petra"))
    return role_of("petra") == "moderator" and passwords.matches(password_of("petra"), first or "")


def knows_the_password_of_a_new_account(app: Flask) -> bool:
    asked = post(an_administrator(app), "", name="milan", display_name="Milan", role="moderator", site="")
    post(an_administrator(app), "milan/agree", seen=seen("milan"))
    return is_open("milan") and first_on(asked) is not None


def takes_the_telephone_of_a_moderator_away(app: Flask) -> bool:
    telephones.with_telephone("moderator", "magda")
    post(an_administrator(app), "magda/phone")
    return stored("magda").totp_secret is None


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
    becomes_a_moderator, makes_a_moderator, makes_a_second_administrator, makes_an_analyst, makes_a_council_member,
    makes_a_peer_read_cases, takes_the_place_of_a_moderator_away, makes_an_analyst_of_a_moderator_at_a_place,
    takes_the_place_of_an_analyst_away, takes_the_place_of_a_peer_away, makes_a_peer_of_staff_by_way_of_another_place,
    makes_a_peer_of_a_moderator, makes_a_first_password_of_a_moderator, makes_a_first_password_of_an_analyst,
    knows_the_password_of_whom_another_promotes, knows_the_password_of_a_new_account,
    takes_the_telephone_of_a_moderator_away, agrees_with_themselves, lets_the_person_agree, opens_a_page_of_words,
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


def first_on(page: TestResponse) -> str | None:
    """The first password that a page shows."""
    found = re.search(r'first-password code" dir="ltr">([^<]+)<', page.text)
    return found[1] if found else None


def stored(name: str) -> User:
    """Somebody as the database has them, and no transaction open."""
    db.db.session.rollback()
    user = queries.user_named(name)
    assert user is not None
    db.db.session.refresh(user)
    db.db.session.expunge(user)
    db.db.session.rollback()
    return user


def role_of(name: str) -> str:
    """Role and place of somebody, as stored."""
    user = stored(name)
    return " ".join(part for part in (user.role, user.site_code) if part)


def password_of(name: str) -> str:
    """The password of somebody, as stored."""
    return stored(name).password_hash


def is_open(name: str) -> bool:
    """Whether the account exists and lets somebody in."""
    db.db.session.rollback()
    user = queries.user_named(name)
    found = user is not None and user.is_active
    db.db.session.rollback()
    return found
