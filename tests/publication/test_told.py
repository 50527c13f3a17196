"""I sagde – vi gjorde: what is told, where, about which place, and what has no room there."""

import pytest
from flask import Flask

from app.publication import told
from app.publication.told import NotTellable, Wording
from tests.publication.telling import DAY, tell


def test_what_is_told_stands_newest_first_and_by_main_theme(app: Flask) -> None:
    tell("B1", on=DAY.replace(day=1), themes=("ADG.AAB", "TRY"))
    tell("B2", on=DAY.replace(day=9), themes=("TRY",))

    assert [item.code for item in told.live()] == ["B2", "B1"]
    assert [item.code for item in told.live("ADG.LUK")] == ["B1"]


def test_what_is_told_again_replaces_what_was_told_on_every_channel(app: Flask) -> None:
    tell()
    item = tell(said="Der er koldt.", channels=("web",))

    assert told.on(item, "web")["da"].said == "Der er koldt."
    assert told.nearest("sms") == told.nearest("kiosk") == told.nearest("poster") == []


def test_what_is_retired_is_gone_from_every_channel(app: Flask) -> None:
    tell()
    assert told.nearest("kiosk")

    told.retire("B1")

    assert [told.live(), *map(told.nearest, ("poster", "kiosk", "sms"))] == [[], [], [], []]


def test_a_place_reads_its_own_news_first_and_never_those_of_another(app: Flask) -> None:
    tell("B1", on=DAY.replace(day=1), places=("K-helsingoer",))
    tell("B2", on=DAY.replace(day=2))
    tell("B3", on=DAY.replace(day=3), places=("MUE2",))

    assert [item.code for item in told.nearest("sms", {"GH1", "K-helsingoer"})] == ["B1", "B2"]
    assert [item.code for item in told.nearest("sms")] == ["B2"]


def test_a_line_says_what_was_said_and_what_came_of_it() -> None:
    words = Wording("sms", "da", "Der er lukket.", "der er ikke penge.")

    assert told.line("did", words) == "I sagde: Der er lukket. Vi gjorde: der er ikke penge."
    assert told.line("did_not", words) == "I sagde: Der er lukket. Vi gjorde det ikke, fordi der er ikke penge."


@pytest.mark.parametrize(("channel", "room"), [("web", 600), ("poster", 220), ("kiosk", 140), ("sms", 160)], ids=str)
def test_a_channel_has_room_for_so_many_characters_and_not_one_more(channel: str, room: int) -> None:
    around = len(told.line("did", Wording(channel, "da", "", ""))) if channel in ("kiosk", "sms") else 0

    assert not told.is_too_long("did", Wording(channel, "da", "a" * 40, "b" * (room - around - 40)))
    assert told.is_too_long("did", Wording(channel, "da", "a" * 40, "b" * (room - around - 39)))


def test_nothing_empty_or_long_is_told(app: Flask) -> None:
    for body in ("", "  ", "a" * 601):
        with pytest.raises(NotTellable):
            tell(body=body, channels=("web",))
