"""The two ends of the audit trail: the old one is cut off after two years, the young one is kept outside as well."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app import jobs
from app.commands.verifying import verify
from app.core import clock as clocks
from app.core import config, db
from app.desk.accounts import anchor, audit
from app.desk.accounts.models import Audit, AuditCut
from tests.desk.accounts import trails

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TWO_YEARS_LATER = datetime(2028, 3, 2, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.requirement("R18")


@pytest.fixture
def outside(environ: dict[str, str], tmp_path: Path) -> Path:
    """A file on what would be another disk."""
    environ["STEMME_AUDIT_ANCHOR"] = str(tmp_path / "heads")
    return tmp_path / "heads"


@pytest.fixture
def acts(app: Flask, clock: clocks.Clock) -> Callable[..., None]:
    """acts(2, on=NOON) are two things done at that time."""

    def done(number: int, *, on: datetime) -> None:
        clock.set(on)
        for _ in range(number):
            audit.record("site.open", "GH1")
        db.db.session.commit()

    return done


def seqs() -> list[int]:
    return [row.seq for row in db.db.session.query(Audit).order_by(Audit.seq)]


def every_fault(day: datetime) -> list[str]:
    return [*audit.faults(), *anchor.faults(day.date())]


def cut_and_keep(now: datetime) -> None:
    """As the worker does, once an hour and once a day."""
    audit.cut_off(now)
    db.db.session.commit()
    anchor.keep(now)
    db.db.session.rollback()


def test_the_worker_cuts_the_trail_and_keeps_its_head(outside: Path, acts: Callable[..., None]) -> None:
    acts(1, on=NOON)
    acts(1, on=TWO_YEARS_LATER)
    for name in ("retention", "anchor"):
        job = jobs.by_name(name)
        assert job
        jobs.run(job, TWO_YEARS_LATER + timedelta(days=1))

    assert seqs() == [2]
    assert outside.exists()


def test_a_row_stays_two_years_and_goes_on_the_next_day(acts: Callable[..., None]) -> None:
    acts(2, on=NOON)
    acts(1, on=NOON + timedelta(days=1))

    cut_and_keep(TWO_YEARS_LATER)
    kept = seqs()
    cut_and_keep(TWO_YEARS_LATER + timedelta(days=1))

    assert kept == [1, 2, 3]
    assert seqs() == [3]
    assert list(audit.faults()) == []


def test_the_chain_goes_on_from_the_cut_also_when_nothing_is_left(acts: Callable[..., None]) -> None:
    acts(2, on=NOON)
    cut_and_keep(TWO_YEARS_LATER + timedelta(days=1))
    acts(2, on=TWO_YEARS_LATER + timedelta(days=1))

    assert seqs() == [3, 4]
    assert list(audit.faults()) == []


def test_rows_behind_one_of_a_clock_gone_wrong_wait_for_it(acts: Callable[..., None]) -> None:
    acts(1, on=NOON)
    acts(1, on=NOON + timedelta(days=400))
    acts(1, on=NOON + timedelta(hours=1))

    cut_and_keep(TWO_YEARS_LATER + timedelta(days=2))

    assert seqs() == [2, 3]
    assert list(audit.faults()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit WHERE seq = 3",
        "DELETE FROM audit_cut",
        "UPDATE audit_cut SET seq = 1",
        "UPDATE audit_cut SET last_mac = mac",
    ],
)
def test_the_database_lets_go_what_was_cut_and_nothing_else(acts: Callable[..., None], statement: str) -> None:
    acts(2, on=NOON)
    acts(2, on=NOON + timedelta(days=9))
    cut_and_keep(TWO_YEARS_LATER + timedelta(days=5))

    with pytest.raises(DBAPIError, match="never change|only moves on"):
        db.connection().execute(text(statement))
    db.db.session.rollback()
    assert seqs() == [3, 4]


@pytest.mark.parametrize("table", ["audit", "audit_cut"])
def test_no_row_is_replaced_under_its_own_number(acts: Callable[..., None], table: str) -> None:
    acts(2, on=NOON)
    acts(1, on=TWO_YEARS_LATER)
    cut_and_keep(TWO_YEARS_LATER + timedelta(days=1))
    if not db.is_sqlite():
        pytest.skip("a way around triggers that only SQLite has")

    with pytest.raises(DBAPIError, match="never change|only moves on"):
        db.connection().execute(text(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"))
    db.db.session.rollback()


def test_a_cut_by_hand_is_seen(acts: Callable[..., None]) -> None:
    acts(3, on=NOON)
    second = db.db.session.get(Audit, 2)
    assert second
    db.db.session.add(AuditCut(seq=2, last_mac=second.mac, mac=b"\0" * 32))
    db.db.session.flush()
    db.connection().execute(text("DELETE FROM audit WHERE seq <= 2"))

    assert list(audit.faults()) == ["audit: what says that rows 1 to 2 were cut off is not sealed"]


def test_the_head_is_added_outside_every_day_and_read_by_nobody_else(outside: Path, acts: Callable[..., None]) -> None:
    for day in (0, 1):
        acts(2, on=NOON + timedelta(days=day))
        cut_and_keep(NOON + timedelta(days=day))

    lines = [line.split() for line in outside.read_text("ascii").splitlines()]
    assert [(day, seq) for day, seq, _mac in lines] == [("2026-03-02", "2"), ("2026-03-03", "4")]
    assert [bytes.fromhex(mac) for *_, mac in lines] == [
        row.mac for row in db.db.session.query(Audit).order_by(Audit.seq) if row.seq in (2, 4)
    ]
    assert outside.stat().st_mode & 0o777 == 0o600
    assert every_fault(NOON + timedelta(days=1)) == []


def test_a_tail_that_is_missing_differs_from_the_head_outside(outside: Path, acts: Callable[..., None]) -> None:
    acts(5, on=NOON)
    cut_and_keep(NOON)
    trails.behind_the_triggers("DELETE FROM audit WHERE seq > 3")

    assert list(audit.faults()) == []
    assert every_fault(NOON) == ["audit: tail missing: row 5 was there, the last one now is 3"]


def test_a_trail_sealed_anew_with_the_right_key_differs_from_the_seals_outside(
    outside: Path, acts: Callable[..., None]
) -> None:
    acts(3, on=NOON)
    cut_and_keep(NOON)
    trails.behind_the_triggers("DELETE FROM audit WHERE seq > 1")
    acts(3, on=NOON + timedelta(hours=1))

    assert list(audit.faults()) == []
    assert every_fault(NOON) == ["audit: row 3 is not the one whose seal was kept outside"]


def test_after_a_restore_older_heads_are_set_aside_and_a_change_is_seen_again(
    outside: Path, acts: Callable[..., None]
) -> None:
    acts(4, on=NOON)
    cut_and_keep(NOON)
    trails.behind_the_triggers("DELETE FROM audit WHERE seq > 2")
    assert anchor.restored(NOON) == [4]
    audit.record(anchor.RESTORE)
    acts(3, on=NOON + timedelta(days=1))
    cut_and_keep(NOON + timedelta(days=1))

    assert every_fault(NOON + timedelta(days=1)) == []
    assert anchor.restores() == [(NOON.date(), 2)]

    trails.behind_the_triggers("DELETE FROM audit WHERE seq > 5")
    assert every_fault(NOON + timedelta(days=1)) == ["audit: tail missing: row 6 was there, the last one now is 5"]


def test_a_restore_of_an_older_backup_sets_the_one_before_aside(outside: Path, acts: Callable[..., None]) -> None:
    acts(4, on=NOON)
    for left in (3, 1):
        trails.behind_the_triggers(f"DELETE FROM audit WHERE seq > {left}")
        anchor.restored(NOON)
        audit.record(anchor.RESTORE)
        acts(4, on=NOON)

    assert every_fault(NOON) == []
    assert anchor.restores() == [(NOON.date(), 1)]


def test_a_restore_that_only_the_file_outside_tells_of_is_named(outside: Path, acts: Callable[..., None]) -> None:
    acts(4, on=NOON)
    cut_and_keep(NOON)
    trails.behind_the_triggers("DELETE FROM audit WHERE seq > 2")
    anchor.restored(NOON)
    acts(2, on=NOON)

    assert every_fault(NOON) == ["audit: row 3 does not tell of the restore that is kept outside"]


def test_what_was_cut_off_is_missed_by_nobody(outside: Path, acts: Callable[..., None]) -> None:
    acts(2, on=NOON)
    cut_and_keep(NOON)
    acts(2, on=TWO_YEARS_LATER)

    cut_and_keep(TWO_YEARS_LATER + timedelta(days=1))

    assert seqs() == [3, 4]
    assert every_fault(TWO_YEARS_LATER + timedelta(days=1)) == []


@pytest.mark.parametrize(("days", "is_told"), [(2, False), (3, True)])
def test_two_days_without_a_head_outside_are_told(
    outside: Path, acts: Callable[..., None], days: int, is_told: bool
) -> None:
    acts(1, on=NOON)

    said = ["audit: no head was kept outside since 2026-03-02"] if is_told else []
    assert every_fault(NOON + timedelta(days=days)) == said
    cut_and_keep(NOON)
    assert every_fault(NOON + timedelta(days=days)) == said


def test_a_line_outside_that_nobody_can_read_is_told(outside: Path, acts: Callable[..., None]) -> None:
    acts(1, on=NOON)
    cut_and_keep(NOON)
    outside.write_text(outside.read_text("ascii") + "2026-03-03 2 torn", "ascii")

    assert every_fault(NOON) == ["audit: 1 lines kept outside cannot be read"]


def test_verify_says_the_head_and_fails_where_the_tail_is_missing(
    outside: Path, acts: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    acts(5, on=NOON)
    cut_and_keep(NOON)
    in_this_app = verify.callback.__wrapped__  # type: ignore[union-attr]
    verify_here = partial(in_this_app, **verify.make_context("verify", []).params)
    head = anchor.head_in_words()
    verify_here()
    whole = capsys.readouterr().out
    trails.behind_the_triggers("DELETE FROM audit WHERE seq = 5")

    with pytest.raises(SystemExit):
        verify_here()

    assert f"Head of the audit trail: {head}" in whole
    assert "audit: tail missing: row 5 was there, the last one now is 4" in capsys.readouterr().err


def test_without_a_file_outside_nothing_is_written(settings: config.Settings, acts: Callable[..., None]) -> None:
    acts(1, on=NOON)

    cut_and_keep(NOON)

    assert settings.audit_anchor is None
    assert every_fault(NOON + timedelta(days=30)) == []
