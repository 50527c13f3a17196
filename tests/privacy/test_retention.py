"""Everything is there until its time is over and gone afterwards: each line of docs/privacy.md, "How long"."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask

from app import jobs
from app.commands import backing_up
from app.core import clock, db, weeks
from app.desk.accounts.models import StaffSession
from app.privacy import receipts, sealing
from app.privacy.backups import copies
from app.privacy.boxes import CannotOpen
from app.privacy.models import SealMonth
from tests.channels.sms.factories import a_number, text
from tests.databases import Databases
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.mutants import retention_mutants
from tests.privacy import forensics
from tests.privacy.conftest import Disk
from tests.requirements import IN_FULL, Figure

SAID = "Der er altid nogen, der lytter"
DEATH = datetime(2028, 3, 31, 22, 30, tzinfo=UTC)
"""Half past midnight in Copenhagen on 1 April: the keys of March 2026 have had their 24 months."""
AGES = range(31) if IN_FULL else (1, 30)
"""How many days before the death of a month a backup was made."""


@pytest.fixture(autouse=True)
def stage(content: None) -> None:
    factories.the_codebook()


def at(day: str, hour: int = 12, minute: int = 0) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=UTC)


def a_conversation(app: Flask) -> None:
    text(app, "GH1", sender=a_number())


def an_approved_statement(_: Flask) -> None:
    factories.approve(factories.a_text(SAID), factories.a_moderator(), "MOD")
    db.db.session.commit()


def an_answer(_: Flask) -> None:
    factories.a_response(SAID, values={"safe": "4"})


def a_receipt(_: Flask) -> None:
    receipts.issue(factories.a_response(SAID), factories.WEEK)
    db.db.session.commit()


def a_session(app: Flask) -> None:
    accounts.sign_in(app, "moderator")


def a_withdrawal(_: Flask) -> None:
    db.connection().execute(sa.text("INSERT INTO withdrawal (quarter, responses) VALUES ('2026-Q1', 3)"))
    db.db.session.commit()


@dataclass(frozen=True)
class Kept:
    """What is put on Monday 2 March 2026 at ten, where it stands, a last look that finds it, a first that does not."""

    what: str
    put: Callable[[Flask], None]
    counted: str
    there: datetime
    gone: datetime | None


LINES = (
    Kept("an open conversation", a_conversation, "sms_session", at("2026-03-03", 23), at("2026-03-04", 0, 1)),
    Kept("a delivered message", a_conversation, "seen", at("2026-03-03", 23), at("2026-03-04", 0, 1)),
    Kept(
        "the pointer of a receipt", a_receipt, "receipt WHERE response_id IS NOT NULL",
        at("2026-04-07"), at("2026-04-08"),
    ),
    Kept("a receipt", a_receipt, "receipt", at("2028-03-01"), at("2028-03-02")),
    Kept("sealed words", an_answer, "answer WHERE sealed IS NOT NULL", at("2028-03-31"), at("2028-04-01")),
    Kept("the key of a month", an_answer, "seal_month WHERE month = '2026-03'", at("2028-03-31"), at("2028-04-01")),
    Kept("a response", an_answer, "response", at("2031-03-01"), at("2031-03-02")),
    Kept("an answer of a menu", an_answer, "answer WHERE kind = 'value'", at("2031-03-01"), at("2031-03-02")),
    Kept("a statement", an_approved_statement, "statement", at("2030-12-28"), at("2030-12-29")),
    Kept("the codes of a statement", an_approved_statement, "tagging", at("2030-12-28"), at("2030-12-29")),
    Kept("a session of staff", a_session, "staff_session", at("2026-03-02", 10, 29), at("2026-03-02", 10, 31)),
    Kept("how many took an answer back", a_withdrawal, "withdrawal", at("2046-03-02"), None),
)  # fmt: skip


@pytest.mark.requirement("R15")
@pytest.mark.parametrize("line", LINES, ids=lambda line: line.what)
def test_it_is_there_until_its_time_is_over_and_gone_afterwards(app: Flask, line: Kept) -> None:
    line.put(app)

    assert left(line, line.there) > 0
    if line.gone:
        assert left(line, line.gone) == 0


def left(line: Kept, now: datetime) -> int:
    """How many rows are left after the hourly forgetting."""
    clock.clock().set(now)
    jobs.forget(now)
    db.db.session.commit()
    return int(factories.rows(f"SELECT count(*) FROM {line.counted}")[0][0])


@pytest.mark.requirement("R15")
def test_a_session_that_is_used_all_day_ends_after_ten_hours(app: Flask) -> None:
    a_session(app)
    for hour in (19, 21):
        clock.clock().set(at("2026-03-02", hour))
        db.connection().execute(sa.update(StaffSession).values(seen_at=clock.now()))
        jobs.forget(clock.now())
        db.db.session.commit()
        assert len(factories.rows("SELECT 1 FROM staff_session")) == int(hour < 20)


def wrapped_key() -> dict[str, bytes]:
    """The wrapped key of March 2026, as it could lie on a disk."""
    found = db.connection().execute(sa.select(SealMonth.wrapped).where(SealMonth.month == "2026-03")).scalar_one()
    db.db.session.rollback()
    return forensics.secrets(bytes(found))


def after_the_death(disk: Disk) -> list[str]:
    """Where the wrapped key of a month still stands, the night after its time was over."""
    factories.a_response(SAID)
    needles = wrapped_key()
    assert disk(needles)
    clock.clock().set(DEATH)
    jobs.night_run(clock.now())
    return disk(needles)


@pytest.mark.requirement("R15")
def test_of_a_destroyed_key_no_byte_is_left(app: Flask, disk: Disk, figure: Figure) -> None:
    found = after_the_death(disk)

    assert found == []
    figure(f"{db.db.engine.dialect.name}: {len(found)} hits of a destroyed month's wrapped key")


@pytest.mark.requirement("R15", mutants=True)
@pytest.mark.parametrize("mutant", [retention_mutants.key_only_unlinked, retention_mutants.key_left_in_its_page])
def test_a_key_that_is_not_destroyed_is_found(
    app: Flask, disk: Disk, monkeypatch: pytest.MonkeyPatch, mutant: retention_mutants.Mutant
) -> None:
    if mutant is retention_mutants.key_left_in_its_page and db.is_sqlite():
        pytest.skip("SQLite overwrites what it deletes")
    mutant(monkeypatch)

    assert after_the_death(disk) != []


def opened_from_backups(folder: Path, *, oldest: int = 30) -> int:
    """How many expired texts open with the sealing key and every backup of so many days, when the month is dead."""
    for _ in range(3):
        factories.a_response(SAID)
    made = []
    for age in sorted({*AGES, oldest}, reverse=True):
        if age <= oldest:
            clock.clock().set(DEATH - timedelta(days=age))
            jobs.forget(clock.now())
            db.db.session.commit()
            made.append(folder / f"backup-{age}")
            copies.make(made[-1], clock.now())
    return sum(texts_in(path) for path in made)


def texts_in(backup: Path) -> int:
    """How many texts of March 2026 whoever has a backup, without its age key, and the sealing key can read."""
    engine = sa.create_engine(f"sqlite:///{backup}")
    with engine.connect() as connection:
        wrapped = connection.execute(sa.select(SealMonth.wrapped).where(SealMonth.month == "2026-03")).scalar()
        boxes = connection.exec_driver_sql("SELECT id, sealed FROM answer WHERE sealed IS NOT NULL").all()
    engine.dispose()
    return sum(opens(bytes(box), bytes(answer_id), wrapped) for answer_id, box in boxes)


def opens(box: bytes, answer_id: bytes, wrapped: bytes | None) -> bool:
    """Whether a text opens with this wrapped key, put back where it was."""
    if wrapped is None:
        return False
    db.connection().execute(sa.delete(SealMonth).where(SealMonth.month == "2026-03"))
    db.connection().execute(
        sa.insert(SealMonth), {"month": "2026-03", "public": secrets.token_bytes(32), "wrapped": wrapped}
    )
    try:
        return sealing.unseal(box, answer_id=answer_id, month="2026-03") == SAID
    except CannotOpen:
        return False
    finally:
        db.db.session.rollback()


@pytest.mark.requirement("R15")
def test_with_every_backup_of_thirty_days_no_expired_text_opens(app: Flask, tmp_path: Path, figure: Figure) -> None:
    found = opened_from_backups(tmp_path)

    assert found == 0
    figure(f"{found} of 3 expired texts opened with the sealing key and {len(AGES)} backups of 30 days")


@pytest.mark.requirement("R15")
def test_a_backup_that_is_kept_too_long_would_open_them(app: Flask, tmp_path: Path) -> None:
    """Why thirty days are the longest; and the proof that the attack can see."""
    if not db.is_sqlite():
        pytest.skip("the same code on both")
    assert opened_from_backups(tmp_path, oldest=40) == 3


@pytest.mark.requirement("R15", mutants=True)
def test_a_backup_with_dying_keys_is_found(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not db.is_sqlite():
        pytest.skip("the same code on both")
    retention_mutants.every_key_in_the_backup(monkeypatch)

    assert opened_from_backups(tmp_path) > 0


def restored(environ: dict[str, str], databases: Databases, folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    """The weeks of the responses on a new host, after a backup in which one is eleven years old."""
    factories.a_response(SAID, week="2015-W10")
    factories.a_response(SAID, week=weeks.week_of(datetime.now(UTC).date()))
    copies.make(folder / "backup", clock.now())
    url = databases.another()
    elsewhere = environ | {"STEMME_DATABASE_URL": url, "STEMME_INSTANCE_DIR": str(folder / "elsewhere")}
    for name, value in elsewhere.items():
        patch.setenv(name, value)
    answer = CliRunner().invoke(backing_up.restore, [str(folder / "backup")])
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT week FROM response").scalars().all()
    engine.dispose()
    assert "restored" in answer.output, answer.output
    return list(found)


@pytest.mark.skipif(not IN_FULL, reason="a whole restore; a small one is in tests/privacy/backups")
@pytest.mark.requirement("R15")
def test_what_is_restored_is_forgotten_before_anybody_asks(
    app: Flask, environ: dict[str, str], databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = restored(environ, databases, tmp_path, monkeypatch)

    assert len(found) == 1
    assert "2015-W10" not in found


@pytest.mark.skipif(not IN_FULL, reason="a whole restore")
@pytest.mark.requirement("R15", mutants=True)
def test_a_restore_that_forgets_nothing_is_found(
    app: Flask, environ: dict[str, str], databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    retention_mutants.restored_and_not_forgotten(monkeypatch)

    assert "2015-W10" in restored(environ, databases, tmp_path, monkeypatch)
