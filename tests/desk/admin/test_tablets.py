"""How a tablet is doing, in words: days and classes only, what is wrong and what to do about it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from app.core import clock as clocks
from app.core import db
from app.desk.admin import tablets
from app.surveys import kiosk_settings, kiosks
from app.surveys.models import Kiosk
from tests.desk.admin import factories
from tests.desk.admin.test_kiosks import address, text

SignIn = Callable[..., FlaskClient]
TIME = re.compile(r"\d\d:\d\d(?![–\d])")


def test_a_sound_tablet_has_nothing_to_say(content: None) -> None:
    found = shown(factories.a_sound_tablet())

    assert (found.state, found.warnings, found.checklist_left) == ("open", (), 0)


def test_contact_is_a_day_and_never_a_time(content: None) -> None:
    device = factories.a_sound_tablet()

    said = [shown(silent_for(device, days)).contact for days in (-1, 0, 1, 2, 40)]

    assert said == ["i dag", "i dag", "i går", "28. februar 2026", "21. januar 2026"]


def test_silence_is_told_from_the_third_day(content: None) -> None:
    device = factories.a_sound_tablet()

    assert [len(shown(silent_for(device, days)).warnings) for days in (2, 3, 40)] == [0, 1, 1]


def test_the_age_of_what_waits_is_told_from_three_days_up(content: None) -> None:
    device = factories.a_sound_tablet()

    told = [shown(saying(device, oldest_days=days)) for days in (None, 2, 3, 29)]

    assert [(one.oldest, len(one.warnings)) for one in told] == [("", 0), ("", 0), ("3 dage", 1), ("29 dage", 1)]


def test_the_room_in_use_is_told_in_large_steps(content: None) -> None:
    device = factories.a_sound_tablet()

    told = {percent: shown(saying(device, storage_pct=percent)).storage for percent in (0, 1, 19, 20, 39, 97)}

    assert told == dict.fromkeys((0, 1, 19), "under 20 %") | dict.fromkeys((20, 39), "20 % eller mere") | {
        97: "80 % eller mere"
    }


def test_what_waits_a_month_is_to_be_taken_out_as_a_file(content: None) -> None:
    (warning,) = shown(saying(factories.a_sound_tablet(), oldest_days=30)).warnings

    assert warning.is_bad
    assert "fil" in warning.todo


def test_each_fault_is_one_warning_with_something_to_do(content: None) -> None:
    device = factories.a_sound_tablet()

    for fault in ({"quarantined": 1}, {"storage_pct": 80}, {"is_persisted": False}):
        (warning,) = shown(saying(device, **fault)).warnings
        assert warning.words
        assert warning.todo


def test_a_tablet_says_what_it_still_needs(content: None) -> None:
    fresh, _code = kiosks.create("GH1", "Ny", clocks.now())
    db.db.session.commit()
    waiting = shown(fresh)
    clocks.clock().set(clocks.now() + timedelta(minutes=16))
    late = shown(fresh)
    kiosks.revoke(fresh)
    closed = shown(fresh)

    assert [waiting.state, late.state, closed.state] == ["waiting", "off", "revoked"]
    assert [len(waiting.warnings), len(late.warnings), len(closed.warnings)] == [1, 1, 0]


def test_the_checklist_is_left_until_every_tick_is_set(content: None) -> None:
    device = factories.a_sound_tablet()
    kiosk_settings.check_off(device, kiosk_settings.CHECKS[:-1])

    assert set(tablets.CHECKLIST) == set(kiosk_settings.CHECKS)
    assert shown(device).checklist_left == 1


def test_a_page_about_a_tablet_shows_no_count_of_answers_and_no_time(sign_in: SignIn) -> None:
    device = saying(factories.a_sound_tablet(), quarantined=4711, queue="5+", oldest_days=4)
    db.db.session.commit()
    page = text(sign_in("staff", "GH1").get(address(device)))
    main = page[page.index("<main") : page.index("</main>")]

    assert "5 eller flere" in main
    assert "4711" not in main
    assert TIME.findall(main) == []


def test_the_answer_of_one_person_changes_nothing_on_the_page(sign_in: SignIn) -> None:
    device, client = factories.a_sound_tablet(), sign_in("staff", "GH1")
    before = tokenless(text(client.get(address(device))))
    kiosks.hear(device, replace(factories.WELL, queue="0-4"), clocks.today())
    db.db.session.commit()

    assert tokenless(text(client.get(address(device)))) == before


def saying(device: Kiosk, **said: Any) -> Kiosk:
    """The tablet after it said this today."""
    kiosks.hear(device, replace(factories.WELL, **said), clocks.today())
    return device


def silent_for(device: Kiosk, days: int) -> Kiosk:
    """The tablet when it last spoke so many days ago."""
    device.contact_day = kiosks.day_number(clocks.today()) - days
    return device


def shown(device: Kiosk) -> tablets.Tablet:
    return tablets.shown([device], now=clocks.now(), today=clocks.today(), lang="da")[0]


def tokenless(page: str) -> str:
    return re.sub(r'name="form_token" value="[^"]+"', "", page)
