"""Somebody signs in at the moment their account changes: no session outlives the change (PostgreSQL).

On SQLite one of the two is over before the other begins to write.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app.core import clock, db
from app.desk.accounts import queries, session, users
from app.desk.accounts.factors import sealed_secrets
from app.desk.accounts.models import HALF, StaffSession
from app.desk.accounts.outside import errands
from app.desk.accounts.outside import queries as outside
from app.desk.accounts.outside.authlib_client import Proof
from app.desk.accounts.outside.errands import ErrandRefused
from tests.desk.accounts import factories
from tests.desk.accounts.factories import PASSWORD, Browser

PATIENCE = 20  # seconds, for a machine that does much else
pytestmark = [pytest.mark.usefixtures("on_postgresql", "content")]


@pytest.fixture
def on_postgresql(database_kind: str) -> None:
    if database_kind != "postgresql":
        pytest.skip("one writer at a time")


def resets() -> None:
    users.reset("pia", by_operator=True)


def closes() -> None:
    users.leave("pia", clock.today())


def sets_a_telephone_up() -> None:
    user = users.named("pia", to_change=True)
    user.totp_secret = sealed_secrets.sealed("A" * 32, user.id)
    queries.delete_sessions_of(user.id)


@pytest.mark.parametrize(("change", "left"), [(resets, []), (closes, []), (sets_a_telephone_up, [HALF])])
def test_a_sign_in_waits_for_the_change_and_looks_again(
    app: Flask, change: Callable[[], None], left: list[str]
) -> None:
    factories.a_user("peer", name="pia", password=PASSWORD)
    with app.test_request_context():
        change()
        db.db.session.flush()
    visitor = Browser(app, app.response_class)
    form = factories.form(visitor, "login", name="pia", password=PASSWORD)

    while_waiting(lambda: visitor.post("/desk/login", data=form))

    assert sessions() == left


def test_an_account_elsewhere_that_is_untied_meanwhile_lets_nobody_in(app: Flask) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], oidc_issuer="https://elsewhere.example")
    outside.connect(factories.a_user("peer", name="pia").id, "https://elsewhere.example", "12345")
    db.db.session.commit()
    with app.test_request_context():
        resets()
        db.db.session.flush()

    while_waiting(lambda: comes_back(app, "12345"))

    assert sessions() == []


def test_a_change_waits_for_the_sign_in_and_ends_its_session(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    pia, anna = factories.a_user("peer", name="pia", password=PASSWORD), sign_in("admin")
    form = factories.form(anna, "users")
    held = queries.user(pia.id, to_change=True)
    assert held is not None
    session.begin(held, clock.now())
    db.db.session.flush()

    while_waiting(lambda: anna.post("/desk/users/pia/reset", data=form))

    assert sessions() == []


def comes_back(app: Flask, subject: str) -> None:
    with app.test_request_context(), suppress(ErrandRefused):
        errands.enter(Proof(subject, "", ("mfa",)), clock.now())
        db.db.session.commit()


def while_waiting(act: Callable[[], object]) -> None:
    """Begin an act, commit when it waits for us, and let it end."""
    with ThreadPoolExecutor(1) as hand:
        acting = hand.submit(act)
        wait_for(acting)
        db.db.session.commit()
        acting.result()


def wait_for(acting: Future[object]) -> None:
    """Until the act waits for a lock, or is over, which it should not be."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not acting.done():
        with db.db.engine.connect() as other:
            if other.execute(waiting).scalar_one():
                return
        time.sleep(0.01)
    assert not acting.done(), "it did not wait"


def sessions() -> list[str]:
    """What was shown for each session of Pia that is there."""
    db.db.session.rollback()
    found = [row.proven for row in db.db.session.query(StaffSession) if row.user.name == "pia"]
    db.db.session.rollback()
    return found
