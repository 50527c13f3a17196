"""Keys that vanish and clocks that jump cost a polite restart, never an error and never a stored answer."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.channels.sms import wording
from app.core import clock, config, db, weeks
from app.core.clock import Clock
from app.core.i18n import translate
from app.privacy import keys
from app.surveys.models import Answer, Response
from tests.channels.sms.factories import a_number, text
from tests.channels.sms.fake_server import Fault
from tests.channels.sms.stage import Stage
from tests.conftest import NOON
from tests.faults import verdict
from tests.faults.stories import Row

ORPHAN = translate("da", wording.ORPHAN)
OFFER = translate("da", wording.OFFER)


@dataclass
class Wall(Clock):
    """A wall clock that somebody moves, while the boot clock goes on as it did."""

    boot_moved_by: float = 0.0

    def since_boot(self) -> float:
        return time.clock_gettime(time.CLOCK_BOOTTIME) + self.boot_moved_by


@pytest.fixture
def wall(app: Flask) -> Wall:
    app.extensions["clock"] = wall = Wall()
    wall.set(NOON)
    return wall


def emptied(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


def cut_to_nothing(folder: Path) -> None:
    for file in _keys(folder):
        file.write_bytes(b"")


def one_byte_short(folder: Path) -> None:
    for file in _keys(folder):
        file.write_bytes(file.read_bytes()[:39])


@pytest.mark.parametrize("lose", [emptied, cut_to_nothing, one_byte_short], ids=lambda lose: lose.__name__)
def test_a_lost_day_key_costs_a_polite_restart_and_no_stored_answer(
    app: Flask, content: None, lose: Callable[[Path], None]
) -> None:
    sender, other = a_number(), a_number()
    for said in ("GH1", "4", "ja", "Flere senge om natten", "nej"):
        text(app, said, sender=sender)
    text(app, "GH2", sender=other)

    lose(config.settings().keys_dir / "day")
    lost = text(app, "4", sender=other)
    for said in ("GH2", "2", "nej", "SPRING", "nej"):
        text(app, said, sender=other)

    assert lost == ORPHAN
    assert verdict.stored() == Counter({
        Row("GH1", (("last_time", "4"), ("respect", "yes")), ("Flere senge om natten",)): 1,
        Row("GH2", (("last_time", "2"), ("respect", "no"))): 1,
    })  # fmt: skip


@pytest.mark.requirement("R4")
@pytest.mark.one_database
@pytest.mark.parametrize("fails", [(), ("delete", "create")], ids=["carrier well", "carrier ill"])
def test_lost_keys_let_nothing_be_taken_twice_but_texts_of_the_last_ten_minutes(
    stage: Stage, fails: tuple[str, ...]
) -> None:
    """A copy that still lies at the carrier cannot be known again, unless a reply shows that it was taken."""
    sent_at: dict[str, datetime] = {}
    stage.twilio.faults += [Fault(act, status=503, times=10**6) for act in fails]
    for nth in range(9):
        said = f"Svar nummer {nth} om maden"
        sent_at[said] = clock.now()
        stage.twilio.loses_replies = 1
        stage.twilio.text(a_number(), said)
        stage.sweeps(minutes=2)

    lost_at = clock.now()
    emptied(config.settings().keys_dir / "day")
    stage.sweeps(minutes=6)
    stage.twilio.faults.clear()
    stage.sweeps(minutes=14)

    words = stage.words()
    assert set(words) == set(sent_at)
    assert max(words.values()) <= 2
    twice = {said for said, times in words.items() if times == 2}
    assert twice <= {said for said, at in sent_at.items() if lost_at - at <= timedelta(minutes=10)}
    assert bool(twice) is bool(fails)


@pytest.mark.parametrize("step", [timedelta(seconds=2), timedelta(hours=5)])
def test_midnight_in_a_conversation_changes_nothing(app: Flask, wall: Wall, content: None, step: timedelta) -> None:
    wall.set(datetime(2026, 3, 2, 23, 59, 59, tzinfo=UTC))
    sender = a_number()
    text(app, "GH1", sender=sender)
    text(app, "4", sender=sender)

    wall.moved_by += step.total_seconds()
    text(app, "ja", sender=sender)
    wall.moved_by -= 2 * step.total_seconds()  # stepped back over midnight: tomorrow's key is still good
    offered = text(app, "Flere senge om natten", sender=sender)

    assert offered == OFFER
    assert verdict.stored() == Counter(
        [Row("GH1", (("last_time", "4"), ("respect", "yes")), ("Flere senge om natten",))]
    )


ODD_NIGHTS = (
    (datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC), "2026-W13", "2026-W13"),  # an hour is left out
    (datetime(2026, 10, 25, 0, 59, 59, tzinfo=UTC), "2026-W43", "2026-W43"),  # an hour comes twice
    (datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC), "2026-W53", "2026-W53"),  # New Year in a week 53
    (datetime(2027, 1, 3, 22, 59, 59, tzinfo=UTC), "2026-W53", "2027-W01"),
    (datetime(2028, 2, 28, 22, 59, 59, tzinfo=UTC), "2028-W09", "2028-W09"),  # into 29 February
    (datetime(2028, 2, 29, 22, 59, 59, tzinfo=UTC), "2028-W09", "2028-W09"),
)
"""A moment before an hour, day or week of Copenhagen ends, its week, and the week a moment later."""


def test_answers_around_odd_nights_lie_in_the_week_of_copenhagen_and_its_month(
    app: Flask, wall: Wall, content: None
) -> None:
    expected = Counter[tuple[str, str]]()
    for night, *around in ODD_NIGHTS:
        sender = a_number()
        wall.set(night)
        text(app, "GH1", sender=sender)  # on its way when the hour strikes
        for week in around:
            text(app, f"Flere senge i uge {week}")
            expected[week, weeks.month_of_week(week)] += 1
            wall.moved_by += 2
        assert text(app, "4", sender=sender) != ORPHAN

    rows = db.connection().execute(sa.select(Response.week, Answer.month).join(Answer).where(Answer.kind == "words"))
    assert Counter((week, month) for week, month in rows) == expected


@pytest.mark.parametrize("days", [3, -3, 365, -365, 366])
def test_a_clock_that_jumps_ends_conversations_politely_and_loses_no_answer(
    app: Flask, wall: Wall, content: None, days: int
) -> None:
    sender, done = a_number(), Row("GH1", (("last_time", "5"), ("respect", "yes")))
    text(app, "GH1", sender=sender)

    wall.moved_by += timedelta(days=days).total_seconds()
    replies = [text(app, "4", sender=sender)]
    _say_all(app, sender)
    keys.DayKeys(config.settings().keys_dir).bury(wall.now(), wall.since_boot())
    wall.moved_by -= timedelta(days=days).total_seconds()
    replies.append(text(app, "4", sender=sender))
    _say_all(app, sender)

    assert replies == [ORPHAN, ORPHAN]
    assert verdict.stored() == Counter({done: 2})


@pytest.mark.requirement("R2")
@pytest.mark.parametrize("days", [3, -3, 365, -365])
def test_no_key_outlives_a_jump_of_the_clock(app: Flask, wall: Wall, days: int) -> None:
    before = {key.secret for key in keys.usable()}

    wall.moved_by += timedelta(days=days).total_seconds()

    assert not before & {key.secret for key in keys.usable()}


@pytest.mark.requirement("R2")
def test_a_clock_held_back_keeps_no_key_alive(app: Flask, wall: Wall) -> None:
    before = {key.secret for key in keys.usable()}

    wall.boot_moved_by += keys.LONGEST_LIFE

    assert not before & {key.secret for key in keys.usable()}


def _say_all(app: Flask, sender: str) -> None:
    for said in ("GH1", "5", "ja", "SPRING", "nej"):
        text(app, said, sender=sender)


def _keys(folder: Path) -> list[Path]:
    return [file for file in folder.iterdir() if file.name.isdecimal()]
