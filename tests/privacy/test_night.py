"""The night run: step by step, again until it is whole, and an alarm when two nights in a row are not."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app import jobs
from app.core import clock as clocks
from app.core import config, db, leases
from app.privacy import night, night_report
from app.privacy.night import Step
from tests.desk.moderation.factories import a_response
from tests.mutants import storage_mutants

Reader = Callable[[], sa.Connection]
NIGHT = datetime(2026, 3, 3, 2, 30, tzinfo=UTC)
"""Half past three in Copenhagen."""


@pytest.fixture
def reader(app: Flask, content: None) -> Iterator[Reader]:
    """Somebody who begins to read and does not end: a report that runs for hours."""
    opened: list[sa.Connection] = []

    def read() -> sa.Connection:
        with db.reading():
            opened.append(db.db.engine.connect())
            opened[-1].exec_driver_sql("SELECT count(*) FROM response").all()
        return opened[-1]

    yield read
    for connection in opened:
        connection.close()


@pytest.fixture
def quick(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A night in which the last steps do nothing."""
    monkeypatch.setattr(night, "LAST_STEPS", tuple(replace(step, act=lambda _: None) for step in night.LAST_STEPS))


def told() -> dict[str, str]:
    """What the report says of each step."""
    found: dict[str, str] = json.loads((config.settings().instance_dir / "night.json").read_text("ascii"))["steps"]
    return found


def noting(ran: list[str], name: str) -> Step:
    """A step that says that it ran."""
    return Step(name, lambda _: ran.append(name))


def broken(_: datetime) -> None:
    raise ValueError("no disk")


def test_a_whole_night_says_of_each_step_that_it_is_done(app: Flask, content: None) -> None:
    jobs.night_run(NIGHT)

    assert set(told().values()) == {"done"}
    assert list(told())[-2:] == ["shuffled", "log emptied"]


def test_what_fails_keeps_nothing_else_from_being_done(quick: None) -> None:
    with pytest.raises(night.NightNotWhole):
        night.run(NIGHT, Step("printed", broken), Step("indexed", lambda _: None))

    assert told() == {"printed": "failed: ValueError", "indexed": "done", "shuffled": "done", "log emptied": "done"}


def test_the_next_run_of_the_night_goes_on_with_what_was_not_done(quick: None) -> None:
    ran: list[str] = []
    first, second, third = (noting(ran, name) for name in ("first", "second", "third"))
    with pytest.raises(night.NightNotWhole):
        night.run(NIGHT, first, Step("second", broken), third)

    night.run(NIGHT + timedelta(minutes=15), first, second, third)

    assert ran == ["first", "third", "second", "third"]
    assert set(told().values()) == {"done"}


def test_after_a_whole_night_everything_is_done_again_when_asked(quick: None) -> None:
    ran: list[str] = []
    for _ in range(2):
        night.run(NIGHT, noting(ran, "first"))

    assert ran == ["first", "first"]


def impatient(patch: pytest.MonkeyPatch) -> None:
    """Nobody waits for another for seconds."""
    patch.setattr(db, "PRAGMAS", tuple(p if p[0] != "busy_timeout" else (p[0], "50", 50) for p in db.PRAGMAS))
    hurried = tuple(s if s[0] != "lock_timeout" else (s[0], "50ms") for s in db.POSTGRES_SETTINGS)
    patch.setattr(db, "POSTGRES_SETTINGS", hurried)
    db.db.engine.dispose()


def night_with(reader: Reader, now: datetime = NIGHT) -> bool:
    """Whether a night in which somebody reads what came in is reported as not whole."""
    reading = reader()
    a_response("Flere senge")
    try:
        night.run(now)
    except night.NightNotWhole:
        return True
    finally:
        reading.close()
    return False


def bytes_of_log() -> int:
    """How long SQLite's log is; PostgreSQL's own names no answer once the rows are shuffled."""
    return Path(f"{db.db.engine.url.database}-wal").stat().st_size if db.is_sqlite() else 0


@pytest.mark.requirement("R13")
def test_a_reader_at_night_is_reported_and_the_rest_is_done_when_it_is_gone(
    app: Flask, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite cannot empty its log then, PostgreSQL cannot empty the tables it shuffles."""
    impatient(monkeypatch)

    is_reported = night_with(reader)
    busy, log = {step for step, how in told().items() if how == "busy"}, bytes_of_log()
    night.run(NIGHT)

    assert is_reported
    assert busy == ({"log emptied"} if db.is_sqlite() else {"shuffled"})
    assert bool(log) is db.is_sqlite()
    assert set(told().values()) == {"done"}
    assert bytes_of_log() == 0


def test_somebody_who_reads_two_nights_long_is_an_alarm_until_a_night_is_whole(
    app: Flask, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(monkeypatch)
    alarms = []
    for nth, is_read in enumerate((True, True, False)):
        now = NIGHT + timedelta(days=nth)
        if is_read:
            assert night_with(reader, now)
        else:
            night.run(now)
        clocks.clock().set(now + timedelta(hours=4))
        alarms.append(bool(night_report.fault()))

    assert alarms == [False, True, False]


@pytest.mark.requirement("R13", mutants=True)
def test_a_log_that_was_not_emptied_and_a_night_that_says_nothing_are_found(
    app: Flask, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not db.is_sqlite():
        pytest.skip("PostgreSQL waits for the reader where it shuffles: it has no answer one could ignore")
    impatient(monkeypatch)
    monkeypatch.setattr(night, "shuffle", lambda: None)  # it would wait for the reader as well, and say so
    storage_mutants.checkpoint_ignored(monkeypatch)

    is_reported, log = night_with(reader), bytes_of_log()

    assert (is_reported, log > 0) == (False, True)


@pytest.fixture
def failing(app: Flask, content: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[int]]:
    """A night that always fails, worked on at these minutes after half past three; how often it ran by then."""

    def work(*minutes: int) -> list[int]:
        ran: list[int] = []

        def night_run(now: datetime) -> None:
            ran.append(1)
            broken(now)

        monkeypatch.setattr(jobs, "JOBS", (jobs.Job("night", night_run, at=(3, 30), again_until=(6, 0)),))
        counts = []
        for after in minutes:
            clocks.clock().set(NIGHT + timedelta(minutes=after))
            jobs.work(app, pause=0, rounds=2)
            counts.append(len(ran))
        return counts

    return work


def test_a_night_that_fails_comes_again_every_quarter_of_an_hour_until_six(failing: Callable[..., list[int]]) -> None:
    assert failing(0, 10, 16, 32, 120, 140, 156, 300) == [1, 1, 2, 3, 4, 5, 5, 5]


def test_another_worker_does_not_take_a_night_that_waits(app: Flask, content: None) -> None:
    now = NIGHT.timestamp()
    assert leases.take("night", "one", now)
    leases.put_off("night", "one", now)

    assert not leases.take("night", "two", now + 890)
    assert leases.take("night", "two", now + 910)


def report(night_of: datetime, how: str) -> None:
    """A night that ended like this."""
    night_report.write(night_report.tonight(night_of).noted("shuffled", how).ended())


@pytest.mark.parametrize(("nights", "is_bad"), [(0, False), (1, False), (2, True), (3, True)])
def test_two_nights_that_are_not_whole_are_an_alarm(app: Flask, nights: int, is_bad: bool) -> None:
    report(NIGHT, "done")
    for nth in range(nights):
        report(NIGHT + timedelta(days=nth + 1), "busy")

    clocks.clock().set(NIGHT + timedelta(days=nights, hours=4))

    assert bool(night_report.fault()) is is_bad


def test_a_worker_that_is_not_there_is_an_alarm_too_and_the_first_days_are_not(app: Flask) -> None:
    clocks.clock().set(NIGHT)
    assert night_report.fault() is None
    report(NIGHT, "done")

    clocks.clock().set(NIGHT + timedelta(days=2))
    assert night_report.fault() is None  # the second night is not over yet
    clocks.clock().set(NIGHT + timedelta(days=2, hours=4))
    assert night_report.fault()


def test_a_report_that_is_damaged_begins_anew(quick: None) -> None:
    (config.settings().instance_dir / "night.json").write_text("{", "ascii")

    night.run(NIGHT)

    assert set(told().values()) == {"done"}


def test_every_table_that_forgets_is_there() -> None:
    assert set(night.FORGETFUL) <= set(db.Model.metadata.tables)
