"""`stemme release publish`: by two people whom the desk would let sign, and written down."""

from datetime import UTC, datetime

import click
import pytest
from flask import Flask

from app.commands.publishing import publish
from app.core import clock, db
from app.desk.accounts import audit, queries
from app.desk.accounts.models import User
from app.publication import published
from tests.desk.accounts import factories

pytestmark = pytest.mark.one_database

PERIOD = "2026-M03"
IN_TIME = datetime(2026, 8, 3, 10, tzinfo=UTC)


def said(first: str, second: str) -> None:
    """The command, in this app."""
    publish.callback.__wrapped__(PERIOD, first, second)  # type: ignore[union-attr]


@pytest.fixture
def carl(app: Flask, content: None) -> User:
    return factories.a_user("council", name="carl")


@pytest.mark.requirement("R18")
@pytest.mark.parametrize("second", ["mona", "carl", "closed", "anna"])
def test_a_release_is_not_signed_by_whom_the_desk_would_not_let_sign(carl: User, second: str) -> None:
    factories.a_user("admin", name="anna")
    factories.a_user("moderator", name="closed").is_active = False
    db.db.session.commit()

    with pytest.raises(click.ClickException, match=f"{second} is nobody of the desk who may sign"):
        said("carl", second)
    assert published.get(PERIOD) is None


@pytest.mark.requirement("R18")
def test_who_published_a_release_by_command_is_in_the_audit_trail(carl: User) -> None:
    mona = factories.a_user("moderator", name="mona")
    clock.clock().set(IN_TIME)

    said("carl", "mona")

    done, row = published.get(PERIOD), queries.last_audit()
    assert done
    assert (done.signed_first, done.signed_second) == (carl.id.hex(), mona.id.hex())
    assert row
    assert (row.actor, row.act, row.target) == (audit.OPERATOR, "release.publish", PERIOD)
