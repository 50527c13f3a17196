"""What a tablet says of itself is overwritten and holds no count and no time; what it hears is what holds now."""

import pytest
from flask import Flask

from app.core import db
from app.surveys import kiosk_settings
from tests.channels.kiosk.tablet import DAY, HEARTBEAT, Tablet, row

ADDRESS = "/kiosk/api/v1/heartbeat"


def beat(tablet: Tablet, **changes: object) -> int:
    return tablet.client.post(ADDRESS, json={**HEARTBEAT, **changes}).status_code


def test_what_it_says_is_overwritten(tablet: Tablet) -> None:
    beat(tablet, app="one", queue="5+", oldest_days=4, quarantined=2, persisted=False, storage_pct=81)
    told = row(tablet.device)
    first = (told.app_version, told.queue, told.oldest_days, told.quarantined, told.is_persisted, told.storage_pct)
    beat(tablet)
    told = row(tablet.device)

    assert first == ("one", "5+", 4, 2, False, 81)
    assert (told.app_version, told.queue, told.oldest_days, told.contact_day) == ("1", "0-4", None, DAY)


def test_an_age_under_three_days_is_not_kept(tablet: Tablet) -> None:
    beat(tablet, oldest_days=2)

    assert row(tablet.device).oldest_days is None


def test_what_is_no_class_and_no_number_is_a_bad_request(tablet: Tablet) -> None:
    wrong: list[dict[str, object]] = [
        {"queue": "17"},
        {"queue": 3},
        {"queue": None},
        {"oldest_days": "4"},
        {"quarantined": None},
        {"storage_pct": 1.5},
    ]

    assert [beat(tablet, **one) for one in wrong] == [400] * len(wrong)
    assert row(tablet.device).contact_day is None


def test_nothing_of_the_tablet_changes_when_somebody_answers(tablet: Tablet) -> None:
    beat(tablet)
    before = {column.name: getattr(row(tablet.device), column.name) for column in row(tablet.device).__table__.columns}

    tablet.says()

    after = row(tablet.device)
    assert {name: getattr(after, name) for name in before} == before


def test_it_hears_what_was_set_at_the_desk(tablet: Tablet) -> None:
    device = row(tablet.device)
    kiosk_settings.change(device, idle=90)
    kiosk_settings.set_pin(device, "381946")
    db.db.session.commit()

    told = tablet.client.post(ADDRESS, json=HEARTBEAT)

    heard = told.get_json()
    assert heard["settings"]["idle"] == 90
    assert (heard["pin"]["rounds"], len(heard["pin"]["salt"])) == (200_000, 24)
    assert heard["pack"] == tablet.pack()["id"]
    assert heard["kid"] == tablet.kid
    assert "Max-Age=34560000" in told.headers["Set-Cookie"]


def test_no_token_no_heartbeat(app: Flask, content: None) -> None:
    assert app.test_client().post(ADDRESS, json=HEARTBEAT).status_code == 401


def test_a_ping_gives_the_nonce_back(app: Flask, content: None) -> None:
    answered = app.test_client().get("/kiosk/api/v1/ping?n=aB3_-9")

    assert (answered.text, answered.mimetype) == ("aB3_-9", "text/plain")
    assert answered.headers["Cache-Control"] == "no-store"


def test_a_ping_repeats_nothing_else(app: Flask, content: None) -> None:
    client = app.test_client()
    for nonce in ["", "<script>", "a" * 65, "æ"]:
        assert client.get("/kiosk/api/v1/ping", query_string={"n": nonce}).status_code == 400


@pytest.mark.parametrize(
    "pin",
    ["123456", "654321", "111111", "135791", "890123", "121212", "112211", "246246", "12345", "12345a"],
)
def test_a_pin_that_anybody_would_try_is_refused(tablet: Tablet, pin: str) -> None:
    with pytest.raises(kiosk_settings.SettingRefused):
        kiosk_settings.set_pin(row(tablet.device), pin)


def test_a_time_out_of_bounds_is_refused(tablet: Tablet) -> None:
    wrong: list[dict[str, object]] = [
        {"idle": 29},
        {"idle": 181},
        {"warn": 19},
        {"thanks": 61},
        {"volume": 1.1},
        {"idle": "60"},
    ]
    for one in wrong:
        with pytest.raises(kiosk_settings.SettingRefused):
            kiosk_settings.change(row(tablet.device), **one)
