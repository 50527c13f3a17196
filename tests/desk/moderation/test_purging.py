"""When the key of a month dies, so do undecided texts; a statement lives on without its response, then ends too."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from app import jobs
from app.core import db
from app.core.clock import Clock
from app.desk.accounts.models import User
from app.desk.moderation import masks, reading, states, tagging
from app.desk.moderation.purging import purging
from app.desk.moderation.undoing import masses
from app.surveys import queries as surveys
from app.surveys import responses
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text, item
from tests.desk.moderation.undoing.factories import undo_last

BEFORE = datetime(2028, 3, 30, 12, tzinfo=UTC)
"""The texts are of week 10 in 2026: March."""
AFTER = datetime(2028, 4, 2, 12, tzinfo=UTC)
AFTER_ALL = datetime(2031, 4, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


@pytest.fixture
def mona() -> User:
    return a_moderator()


def forget(clock: Clock, now: datetime) -> None:
    clock.set(now)
    jobs.forget(now)
    db.db.session.commit()


def put(state: str, mona: User) -> bytes:
    """A text in this state, with a mask and a translation where it can have them."""
    text_id = a_text("Karsten sagde det, den eneste", lang="pl")
    if state in ("waiting", "held"):
        masks.mask(item(text_id, mona), [(19, 22)], "place", "", mona)
    if state == "held":
        reading.hold(item(text_id, mona), 2, "unclear", mona)
    elif state == "rejected":
        reading.reject(item(text_id, mona), 1, "spam", "", mona)
    elif state == "escalated":
        row = {"state": "escalated", "decided_by": mona.id}
        assert factories.queries.decide(text_id, 1, **row)
    elif state == "approved_masked":
        factories.approve(text_id, mona, "MOD")
    db.db.session.commit()
    return text_id


@pytest.mark.requirement("R15")
@pytest.mark.parametrize("state", ["waiting", "held", "rejected", "escalated", "approved_masked"])
def test_a_text_ends_with_its_key(clock: Clock, mona: User, state: str) -> None:
    text_id = put(state, mona)

    forget(clock, BEFORE)
    assert item(text_id, mona).state == state

    forget(clock, AFTER)
    assert item(text_id, mona).state == states.PURGED
    assert factories.rows("SELECT count(*) FROM mask_span") == [(0,)]


def test_nothing_can_be_done_with_what_is_purged(clock: Clock, mona: User) -> None:
    text_id = put("rejected", mona)
    forget(clock, AFTER)

    with pytest.raises(states.NotAllowed):
        reading.reopen(item(text_id, mona), item(text_id, mona).version, mona)


@pytest.mark.requirement("R15")
def test_a_statement_lives_on_with_its_codes_its_place_and_its_quarter(clock: Clock, mona: User) -> None:
    put("approved_masked", mona)

    forget(clock, AFTER)

    about = factories.rows("SELECT response_id, answer_id, site_code, week, lang FROM statement")
    assert about == [(None, None, "GH1", "2026-W01", "pl")]
    assert factories.rows("SELECT count(*) FROM tagging") == [(1,)]


def test_what_could_be_undone_does_not_lead_from_a_response_to_its_statement(clock: Clock, mona: User) -> None:
    put("approved_masked", mona)
    made = [bytes(row[0]) for row in factories.rows("SELECT id FROM statement")]
    masses.add(mona, "bulk_tag", made, tagging.code("ADG"), source="bulk", version=1)
    db.db.session.commit()
    named = "SELECT count(*) FROM undo_entry JOIN undo_field ON entry_id = undo_entry.id WHERE item_id IS NOT NULL"
    assert factories.rows(named) != [(0,)]

    forget(clock, AFTER)

    assert factories.rows(named) == [(0,)]
    assert factories.rows("SELECT answer_id FROM undo_tagging") == [(None,)]
    undo_last(mona)
    assert factories.rows("SELECT count(*) FROM tagging") == [(1,)]


@pytest.mark.requirement("R15")
def test_a_statement_ends_after_sixty_months(clock: Clock, mona: User) -> None:
    put("approved_masked", mona)
    forget(clock, AFTER)

    forget(clock, AFTER_ALL)

    for table in ("statement", "tagging", "text_item", "answer"):
        assert factories.rows(f"SELECT count(*) FROM {table}") == [(0,)]


def test_lists_show_a_statement_that_hangs_on_no_text_with_its_quarter(
    clock: Clock, mona: User, sign_in: Callable[..., FlaskClient]
) -> None:
    put("approved_masked", mona)
    forget(clock, AFTER)

    page = sign_in("moderator").get("/desk/queue?tray=read&lang=en").text

    assert "[navn] sagde det, den eneste" in page
    assert "quarter 1, 2026" in page
    assert "week 1, 2026" not in page


@pytest.mark.parametrize(
    ("week", "first"),
    [("2026-W10", "2026-W01"), ("2026-W14", "2026-W14"), ("2026-W53", "2026-W40"), ("2025-W01", "2025-W01")],
)
def test_of_a_week_the_quarter_is_left(week: str, first: str) -> None:
    assert purging.quarter_begins(week) == first


def test_of_what_was_taken_back_a_number_for_the_quarter_is_left(mona: User) -> None:
    for week in ("2026-W10", "2026-W11", "2026-W20"):
        responses.delete(factories.a_response("Køen er lang", week=week))
    responses.delete(b"\0" * 16)
    db.db.session.commit()

    assert surveys.withdrawals() == {"2026-Q1": 2, "2026-Q2": 1}
    assert factories.rows("SELECT count(*) FROM text_item") == [(0,)]
