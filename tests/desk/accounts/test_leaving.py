"""Who has left keeps an id; name and secrets go after thirty days."""

from datetime import timedelta

import pytest
from flask import Flask

from app import jobs
from app.core import clock as clocks
from app.core import db
from app.desk.accounts import audit, queries, users
from app.desk.accounts.factors.models import RecoveryCode
from app.desk.accounts.models import User
from app.desk.accounts.users import UserRefused
from tests.desk.accounts import telephones

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("content")]


@pytest.mark.requirement("R15")
def test_name_and_secrets_go_thirty_days_after_leaving(app: Flask, clock: clocks.Clock) -> None:
    left_long_ago("pia")
    clock.moved_by += timedelta(days=29).total_seconds()
    on_day_29 = after_the_job("pia")
    clock.moved_by += timedelta(days=1).total_seconds()
    on_day_30 = after_the_job("pia")

    assert on_day_29
    assert not on_day_30
    (user,) = db.db.session.query(User)
    told = f"{user.name} {user.display_name} {user.password_hash}"
    assert "pia" not in told.casefold()
    assert (user.password_hash, user.totp_secret, user.signed_in_on) == ("", None, None)
    assert db.db.session.query(RecoveryCode).count() == 0
    assert user.left_on is not None


def test_what_the_person_did_stands_under_the_id_that_is_left(app: Flask, clock: clocks.Clock) -> None:
    user_id = left_long_ago("pia")
    clock.moved_by += timedelta(days=31).total_seconds()
    after_the_job("pia")

    assert queries.user(user_id) is not None
    assert [row.act for row in queries.audit_page(actor=None, act="user.erase", before=None, limit=9)] == ["user.erase"]


def test_it_is_done_once(app: Flask, clock: clocks.Clock) -> None:
    left_long_ago("pia")
    clock.moved_by += timedelta(days=31).total_seconds()
    for _ in range(2):
        after_the_job("pia")

    assert len(queries.audit_page(actor=audit.OPERATOR, act="user.erase", before=None, limit=9)) == 1


def test_nobody_comes_back_as_somebody_who_was_erased(app: Flask, clock: clocks.Clock) -> None:
    user_id = left_long_ago("pia")
    clock.moved_by += timedelta(days=31).total_seconds()
    after_the_job("pia")

    with app.test_request_context(), pytest.raises(UserRefused):
        users.reset(f"-{user_id.hex()}", by_operator=True)


def left_long_ago(name: str) -> bytes:
    """Somebody with a telephone who leaves today."""
    user, _, _ = telephones.with_telephone("peer", name)
    users.leave(user.name, clocks.today())
    db.db.session.commit()
    user_id = user.id
    db.db.session.rollback()
    return user_id


def after_the_job(name: str) -> bool:
    """Whether the name is known after the hourly job."""
    jobs.run(_job("retention"), clocks.now())
    known = queries.user_named(name) is not None
    db.db.session.rollback()
    return known


def _job(name: str) -> jobs.Job:
    job = jobs.by_name(name)
    assert job is not None
    return job
