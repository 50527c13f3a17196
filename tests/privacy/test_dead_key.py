"""When a day key is dead nothing leads from a number to what it said, whatever else somebody has."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.channels.sms import queries
from app.core import clock, config
from app.privacy import keys
from app.privacy.backups import copies
from app.privacy.boxes import CannotOpen
from app.privacy.keys import DayKey
from tests.channels.sms.factories import text
from tests.mutants import trace_mutants
from tests.privacy import dead_key, forensics
from tests.privacy.conftest import Disk
from tests.privacy.dead_key import two_days_later
from tests.privacy.many_conversations import Crowd
from tests.requirements import IN_FULL

PEOPLE = 200 if IN_FULL else 5
CANDIDATES = [f"+4500{n:06}" for n in range(100_000, 100_000 + (50_000 if IN_FULL else 500))]
"""Numbers that somebody tries."""
NUMBER = CANDIDATES[321]


@pytest.fixture
def thread(app: Flask, content: None) -> None:
    """Somebody has begun to answer."""
    text(app, "GH1", sender=NUMBER)
    text(app, "4", sender=NUMBER)


def found_afterwards() -> tuple[list[str], int]:
    """Whom somebody finds in a copy that was stolen two days ago, and with how many keys: all that still exist."""
    stolen, secrets = dead_key.stolen_threads(), config.settings().secret_keys
    assert stolen
    two_days_later()
    living = keys.usable()
    known = [*living, *(DayKey(key.epoch, secret[:32]) for key in living for secret in secrets)]
    return dead_key.threads_found(stolen, CANDIDATES, known), len(known)


def day_keys_on(disk: Disk) -> list[str]:
    """Where today's key stands beside its own file."""
    secrets = {key.epoch: forensics.secrets(key.secret) for key in keys.usable()}
    needles = {f"{how} of {epoch}": raw for epoch, spelled in secrets.items() for how, raw in spelled.items()}
    return disk(needles, but=config.settings().keys_dir)


@pytest.mark.requirement("R2")
def test_with_a_living_key_an_open_conversation_is_found_and_read(app: Flask, thread: None) -> None:
    """What we cannot prevent (docs/privacy.md, L2); and the proof that the attack would find something."""
    living, stolen = keys.usable(), dead_key.stolen_threads()

    assert dead_key.threads_found(stolen, CANDIDATES, living) == [NUMBER]
    assert dead_key.conversation(stolen, NUMBER, living[0]).place == "GH1"


@pytest.mark.requirement("R2")
def test_without_its_key_a_stolen_copy_leads_from_no_number_to_a_conversation(
    app: Flask, thread: None, figure: Callable[[str], None]
) -> None:
    stolen = dead_key.stolen_threads()

    found, n = found_afterwards()

    assert found == []
    with pytest.raises((CannotOpen, KeyError)):
        dead_key.conversation(stolen, NUMBER, keys.usable()[0])
    figure(f"{len(found)} of {len(CANDIDATES):,} numbers found with {n} keys that still exist")


@pytest.mark.requirement("R2", mutants=True)
@pytest.mark.parametrize("mutant", trace_mutants.FOUND_BY_NUMBER, ids=lambda mutant: mutant.__name__)
def test_a_number_that_is_kept_under_no_dying_key_is_found(
    app: Flask, content: None, monkeypatch: pytest.MonkeyPatch, mutant: trace_mutants.Mutant
) -> None:
    mutant(app, monkeypatch)
    text(app, "GH1", sender=NUMBER)

    assert found_afterwards()[0] == [NUMBER]


@pytest.mark.requirement("R2")
def test_without_its_key_the_carriers_ids_lead_to_no_remembered_reply(app: Flask, content: None) -> None:
    crowd = Crowd(app, seed="ids")
    crowd.speak(2)
    ids = [one for person in crowd.people for one in person.ids]
    stolen = dead_key.stolen_replies()
    assert set(dead_key.replies_found(stolen, ids, keys.usable())) == set(ids)

    two_days_later()

    assert dead_key.replies_found(stolen, ids, keys.usable()) == []


@pytest.mark.requirement("R2")
def test_nothing_that_lived_under_a_dead_key_is_left(app: Flask, thread: None) -> None:
    assert queries.open_conversations() == 1

    two_days_later()

    assert queries.open_conversations() == 0
    assert dead_key.stolen_replies() == {}


@pytest.mark.requirement("R2")
def test_the_same_stories_from_other_numbers_leave_the_same_database(
    app: Flask, content: None, figure: Callable[[str], None]
) -> None:
    one = dead_key.told(app, numbers="one", people=PEOPLE), dead_key.dump()
    dead_key.empty()
    other = dead_key.told(app, numbers="other", people=PEOPLE), dead_key.dump()

    assert not one[0] & other[0]
    assert one[1]["response"]
    assert [name for name, found in one[1].items() if found != other[1][name]] == []
    rows = sum(len(found) for found in one[1].values())
    figure(f"{PEOPLE} conversations from other numbers: {rows:,} rows alike, 0 differ")


@pytest.mark.requirement("R2")
def test_a_day_key_stands_nowhere_but_in_its_file_and_then_not_even_there(app: Flask, thread: None, disk: Disk) -> None:
    secrets = [raw for key in keys.usable() for raw in forensics.secrets(key.secret).values()]
    assert disk({"key": secrets[0]})
    assert day_keys_on(disk) == []

    two_days_later()

    assert disk({str(nth): raw for nth, raw in enumerate(secrets)}) == []


@pytest.mark.requirement("R2", mutants=True)
def test_a_day_key_in_a_table_is_found(app: Flask, content: None, disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    trace_mutants.day_key_in_a_table(app, monkeypatch)
    text(app, "GH1", sender=NUMBER)

    assert day_keys_on(disk) != []


@pytest.mark.requirement("R2")
def test_a_backup_holds_neither_a_day_key_nor_what_lives_under_one(
    app: Flask, thread: None, tmp_path: Path, disk: Disk
) -> None:
    stolen = {**dead_key.stolen_threads(), **dead_key.stolen_replies()}
    needles = {str(nth): raw for nth, raw in enumerate((*stolen, *stolen.values()))}

    copies.make(tmp_path / "backup", clock.now())

    assert day_keys_on(disk) == []
    assert forensics.found([tmp_path], needles, but=config.settings().instance_dir) == []


@pytest.mark.requirement("R2", mutants=True)
def test_a_day_key_in_a_backup_is_found(app: Flask, thread: None, tmp_path: Path, disk: Disk) -> None:
    trace_mutants.back_up_the_whole_house(tmp_path)

    assert day_keys_on(disk) != []


@pytest.mark.requirement("R2")
@pytest.mark.parametrize("is_wall_held_back", [False, True], ids=["the clock goes on", "the clock is held back"])
def test_no_process_uses_a_key_of_two_days_ago(app: Flask, is_wall_held_back: bool) -> None:
    assert not dead_key.one_key_two_days_later(app, is_wall_held_back=is_wall_held_back)


@pytest.mark.requirement("R2", mutants=True)
@pytest.mark.parametrize("mutant", trace_mutants.KEPT_TOO_LONG, ids=lambda mutant: mutant.__name__)
def test_a_key_that_is_kept_too_long_is_found(
    app: Flask, monkeypatch: pytest.MonkeyPatch, mutant: trace_mutants.Mutant
) -> None:
    mutant(app, monkeypatch)

    assert dead_key.one_key_two_days_later(app, is_wall_held_back=True)
