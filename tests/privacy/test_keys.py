"""Day keys: shared by many processes, dead within 48 hours by either clock."""

import multiprocessing
import random
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from app.privacy import keys
from app.privacy.keys import DayKeys
from tests.requirements import IN_FULL, Figure

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
BOOT = 500_000.0


PROCESSES, ROUNDS = (32, 200) if IN_FULL else (8, 10)


class Racers:
    """Processes that ask for the first key of a folder at the same moment."""

    start: Barrier

    @classmethod
    def line_up(cls, start: Barrier) -> None:
        """In each process: know where all of them meet."""
        cls.start = start

    @classmethod
    def first(cls, folder: Path) -> bytes:
        """The key this process got."""
        cls.start.wait(60)
        return DayKeys(folder).usable(NOW, BOOT)[0].secret


def test_processes_that_race_for_a_new_key_agree(tmp_path: Path, figure: Figure) -> None:
    context = multiprocessing.get_context("fork")
    with context.Pool(PROCESSES, Racers.line_up, (context.Barrier(PROCESSES),)) as pool:
        for attempt in range(ROUNDS):
            folder = tmp_path / str(attempt)
            secrets = pool.map(Racers.first, [folder] * PROCESSES, chunksize=1)

            assert [len(secret) for secret in set(secrets)] == [32]
            assert [one.name for one in (folder / "day").iterdir() if one.name != ".lock"] == [str(keys.epoch_of(NOW))]
    figure(f"{PROCESSES} processes raced {ROUNDS} times, each time one key")


@pytest.mark.requirement("R2")
def test_yesterdays_key_is_usable_and_the_day_befores_is_not(tmp_path: Path) -> None:
    days = DayKeys(tmp_path)
    made = [days.usable(NOW + timedelta(days=n), BOOT + n * 86400)[0].epoch for n in range(3)]

    usable = days.usable(NOW + timedelta(days=2), BOOT + 2 * 86400 - 60)

    assert [key.epoch for key in usable] == [made[2], made[1]]


@pytest.mark.requirement("R2")
def test_a_clock_that_stands_still_does_not_keep_a_key_alive(tmp_path: Path) -> None:
    days = DayKeys(tmp_path)
    before = days.usable(NOW, BOOT)[0]

    after = days.usable(NOW, BOOT + keys.LONGEST_LIFE)[0]

    assert (after.epoch, after.secret == before.secret) == (before.epoch, False)


@pytest.mark.requirement("R2")
def test_no_jump_of_the_clock_uses_an_old_key(tmp_path: Path) -> None:
    days, chance = DayKeys(tmp_path), random.Random(4)
    born: dict[bytes, float] = {}
    boot, wall = BOOT, NOW
    for _ in range(2000):
        boot += chance.uniform(0, 20_000)
        wall = NOW + timedelta(seconds=boot - BOOT) + timedelta(days=chance.choice((0, 0, 0, 1, -1, 3, -3, 365)))
        for key in days.usable(wall, boot):
            assert boot - born.setdefault(key.secret, boot) < keys.LONGEST_LIFE + 1
        if chance.random() < 0.1:
            days.bury(wall, boot)


@pytest.mark.requirement("R2")
def test_burying_destroys_what_is_dead_and_nothing_else(tmp_path: Path) -> None:
    days = DayKeys(tmp_path)
    days.usable(NOW, BOOT)
    days.usable(NOW + timedelta(days=1), BOOT + 86400)

    assert days.bury(NOW + timedelta(days=1), BOOT + 86400) == 0
    assert days.bury(NOW + timedelta(days=2), BOOT + 2 * 86400) == 1
    assert days.alive() == {keys.epoch_of(NOW) + 1}


@pytest.mark.parametrize("size", [0, 39, 41])
def test_a_file_of_the_wrong_size_is_no_key(tmp_path: Path, size: int) -> None:
    days = DayKeys(tmp_path)
    (tmp_path / "day" / str(keys.epoch_of(NOW))).write_bytes(b"x" * size)

    assert len(days.usable(NOW, BOOT)[0].secret) == 32


def test_a_file_system_without_hard_links_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(keys.os, "link", no_links)

    with pytest.raises(keys.NoHardLinks, match="hard links"):
        DayKeys(tmp_path).usable(NOW, BOOT)


def test_files_are_for_the_owner_alone(tmp_path: Path) -> None:
    days = DayKeys(tmp_path)
    days.usable(NOW, BOOT)

    assert (tmp_path / "day").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "day").iterdir()} == {0o600}


def test_a_key_never_shows() -> None:
    assert "secret" not in repr(keys.DayKey(1, b"s" * 32))
