"""Numbers beside the queue: trays, the day's work, the oldest text, and when a break is due."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from app.core import clock, db
from app.desk.accounts import audit
from app.desk.moderation.dealing import counting
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text, post

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


@pytest.mark.requirement("R8")
def test_every_tray_is_counted_within_the_wall() -> None:
    a_text(is_urgent=True)
    a_text("Bussen kom ikke", site_code="MUE2")
    factories.approve(a_text("Badet er koldt"), a_moderator())

    everything, other_place = counting.numbers(a_moderator()), counting.numbers(a_moderator("GH1"))

    assert {key: everything.trays[key] for key in ("waiting", "urgent", "held", "untagged", "read")} == {
        "waiting": "2", "urgent": "1", "held": "0", "untagged": "1", "read": "1",
    }  # fmt: skip
    assert (other_place.trays["waiting"], other_place.trays["read"]) == ("1", "0")


def test_another_language_waits_in_a_tray_of_its_own(sign_in: Callable[..., FlaskClient]) -> None:
    client = sign_in("moderator")
    post(client, a_text("Where is the key"), "hold", version="1", reason="needs_language")
    post(client, a_text("Hvad?"), "hold", version="1", reason="unclear")

    found = counting.numbers(a_moderator()).trays

    assert (found["language"], found["held"]) == ("1", "1")
    assert "Show more" not in client.get("/desk/queue?tray=language&lang=en").text


def test_the_days_work_is_everybodys_and_the_oldest_has_waited_since_its_week_ended(
    sign_in: Callable[..., FlaskClient],
) -> None:
    clock.clock().set(NOON)
    for text_id in (a_text(week="2026-W40"), a_text(week="2026-W40")):
        post(sign_in("moderator"), text_id, "approve", **factories.yes(1))
    a_text(week="2026-W45")
    a_text(week="2026-W46")

    page = sign_in("moderator").get("/desk/queue?lang=en").text

    assert "2 of 4 today" in page
    assert "oldest from week 45, 2026, at least 12 days" in " ".join(page.split()).replace(" , ", ", ")


def test_a_break_is_offered_on_the_page(sign_in: Callable[..., FlaskClient]) -> None:
    client = sign_in("moderator")
    me = factories.rows("SELECT user_id FROM staff_session")[0][0]
    for ago in (50, 42, 34, 26, 18, 10, 2):
        clock.clock().set(NOON - timedelta(minutes=ago))
        audit.record("text.tag", count=1, actor=bytes(me).hex())
    db.db.session.commit()
    clock.clock().set(NOON)

    factories.rows("SELECT 1")
    client = _still_signed_in(client)
    assert "Take a break" in client.get("/desk/queue?lang=en").text


def _still_signed_in(client: FlaskClient) -> FlaskClient:
    db.connection().exec_driver_sql(
        f"UPDATE staff_session SET seen_at = '{NOON:%Y-%m-%d %H:%M:%S}', began_at = '{NOON:%Y-%m-%d %H:%M:%S}'"
    )
    db.db.session.commit()
    return client


def test_numbers_may_be_ten_seconds_old_but_not_after_an_own_decision(sign_in: Callable[..., FlaskClient]) -> None:
    me, client = a_moderator(), sign_in("moderator")
    text_id = a_text()
    assert counting.numbers(me).left == "1"

    a_text("Flere senge")
    assert counting.numbers(me).left == "1"

    post(client, text_id, "approve", **factories.yes(1))
    assert counting.numbers(me).left == "1"
    a_text("Mere mad")
    clock.clock().set(clock.now() + timedelta(seconds=11))
    assert counting.numbers(me).left == "2"


@pytest.mark.parametrize("tray", ["waiting", "read"])
def test_a_page_of_the_queue_asks_the_database_at_most_eight_times(
    sign_in: Callable[..., FlaskClient], tray: str
) -> None:
    client = sign_in("moderator")
    for n in range(21):
        text_id = a_text(f"Badet er koldt {n}")
        if tray == "read":
            factories.approve(text_id, a_moderator(), "BAS.HYG")
    client.post("/desk/filters?channel=web", data=factories.accounts.form(client, "filters") | {"name": "Nettet"})
    seen: list[str] = []
    event.listen(db.db.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))

    def asked() -> int:
        seen.clear()
        assert len(gzip.compress(client.get(f"/desk/queue?tray={tray}").data)) <= 40_000
        return len([one for one in seen if one.lstrip().upper().startswith("SELECT")])

    assert asked() <= 12  # counts, the day's work and saved filters are asked for every ten seconds
    assert asked() <= 8
