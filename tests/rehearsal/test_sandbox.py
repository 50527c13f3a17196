"""A rehearsal lives in its folder: any process opens it, one at a time, and it forgets like the house."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from app import create_app
from app.channels.sms import queries
from app.core import clock
from app.rehearsal import clocks, sandbox, stage, stored
from app.rehearsal.phones import NothingToRepeat
from app.rehearsal.sandbox import NoSuchRehearsal
from tests.rehearsal.conftest import Begin


def test_it_goes_on_where_it_was_left(tmp_path: Path) -> None:
    folder = sandbox.begin(create_app, stage.of_files(), owner="mona", place="GH1", within=tmp_path)
    with sandbox.opened(create_app, folder) as one:
        one.phones.say("A", "GH1")
        one.wait(timedelta(hours=20))

    with sandbox.opened(create_app, folder) as one:
        assert clock.now() == clocks.BEGINNING + timedelta(hours=20)
        assert [act.kind for act in one.phones.acts] == ["text", "time"]
        assert "respekt" in one.phones.say("A", "4").reply


def test_day_keys_and_what_hung_on_them_die_at_the_second_midnight(begin: Begin) -> None:
    one = begin()
    one.phones.say("A", "GH1")

    one.end_day()
    assert (queries.open_conversations(), stored.look(one).day_keys) == (1, 1)
    one.end_day()
    assert (queries.open_conversations(), stored.look(one).day_keys) == (0, 0)
    assert clock.now() == clocks.BEGINNING + timedelta(hours=38)


def test_two_who_write_at_once_wait_for_each_other(tmp_path: Path) -> None:
    folder = sandbox.begin(create_app, stage.of_files(), within=tmp_path)

    def speak(name: str) -> None:
        with sandbox.opened(create_app, folder) as one:
            one.phones.say(name, "GH1")

    threads = [threading.Thread(target=speak, args=(name,)) for name in "ABCD"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with sandbox.opened(create_app, folder) as one:
        assert sorted(act.phone for act in one.phones.acts) == list("ABCD")
        assert queries.open_conversations() == 4


def test_nothing_can_be_repeated_before_anything_was_sent(begin: Begin) -> None:
    with pytest.raises(NothingToRepeat):
        begin().phones.again("A")


def test_a_folder_that_is_gone_is_no_rehearsal(tmp_path: Path) -> None:
    with pytest.raises(NoSuchRehearsal), sandbox.opened(create_app, tmp_path / "gone"):
        pass


def test_only_its_owner_can_read_the_folder(tmp_path: Path) -> None:
    folder = sandbox.begin(create_app, stage.of_files(), within=tmp_path)

    assert folder.stat().st_mode & 0o077 == 0
