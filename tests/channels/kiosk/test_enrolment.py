"""A tablet comes in with a code: once, in time, and at most ten tries a minute; its cookie opens nothing else."""

import re
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import clock, db
from app.core.environment import KEY_BYTES
from app.surveys import kiosks
from tests.channels.kiosk.tablet import HEARTBEAT, PRESSED, Tablet, made, row


def test_a_stranger_is_asked_for_a_code(app: Flask, content: None) -> None:
    page = app.test_client().get("/kiosk?code=ABCD2345")

    assert page.status_code == 200
    assert 'name="code"' in page.text
    assert 'value="ABCD2345"' in page.text


def test_a_code_has_eight_signs_that_nobody_mixes_up(app: Flask, content: None) -> None:
    _, code = made()

    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{8}", code)
    assert len(kiosks.CODE_SIGNS) == 32


@pytest.mark.parametrize("typed", ["{}", " {} ", "{:.4}-{rest}", "{lower}"])
def test_a_code_is_taken_however_it_is_typed(app: Flask, content: None, typed: str) -> None:
    device, code = made()

    answered = Tablet(app.test_client(), device).enrol(typed.format(code, rest=code[4:], lower=code.lower()))

    assert (answered.status_code, answered.headers["Location"]) == (303, "/kiosk")


def test_the_cookie_is_the_tablets_alone(app: Flask, content: None) -> None:
    device, code = made()

    cookie = Tablet(app.test_client(), device).enrol(code).headers["Set-Cookie"]

    assert cookie.startswith("kiosk=")
    assert {"HttpOnly", "Path=/kiosk", "SameSite=Strict", "Max-Age=34560000"} <= set(cookie.split("; "))
    token = cookie.split(";")[0].removeprefix("kiosk=")
    assert len(token) >= KEY_BYTES * 4 / 3
    assert token.encode() not in (row(device).token_hash or b"")


def test_over_tls_the_cookie_is_secure_by_its_name(app: Flask, content: None) -> None:
    object.__setattr__(app.extensions["settings"], "public_base_url", "https://stemme.example")
    device, code = made()

    cookie = app.test_client().post("/kiosk/enrol", json={"code": code}, headers=PRESSED).headers["Set-Cookie"]

    assert cookie.startswith("__Secure-kiosk=")
    assert "Secure" in cookie.split("; ")


def test_a_code_works_once(app: Flask, content: None) -> None:
    device, code = made()
    Tablet(app.test_client(), device).enrol(code)

    again = Tablet(app.test_client(), device).enrol(code)

    assert again.status_code == 422
    assert "Set-Cookie" not in again.headers


def test_of_two_browsers_with_one_code_one_gets_in(app: Flask, content: None) -> None:
    device, code = made()
    together, answered = Barrier(2), []

    def try_it() -> None:
        client = app.test_client()
        together.wait()
        answered.append(Tablet(client, device).enrol(code).status_code)

    threads = [Thread(target=try_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answered) == [303, 422]


@pytest.mark.parametrize(("minutes", "status"), [(14.9, 303), (15.1, 422)])
def test_a_code_works_for_fifteen_minutes(app: Flask, content: None, minutes: float, status: int) -> None:
    device, code = made()
    clock.clock().moved_by += timedelta(minutes=minutes).total_seconds()

    assert Tablet(app.test_client(), device).enrol(code).status_code == status


def test_a_new_code_ends_the_one_before(app: Flask, content: None) -> None:
    device, old = made()
    new = kiosks.new_code(row(device), clock.now())
    db.db.session.commit()

    assert Tablet(app.test_client(), device).enrol(old).status_code == 422
    assert Tablet(app.test_client(), device).enrol(new).status_code == 303


def test_a_tablet_that_connects_again_takes_no_code_of_another_one(tablet: Tablet) -> None:
    other, code = made(label="Ved trappen")
    own = kiosks.new_code(row(tablet.device), clock.now())
    db.db.session.commit()

    def connect(code: str, device: object) -> int:
        return tablet.client.post("/kiosk/enrol", json={"code": code, "device": device}, headers=PRESSED).status_code

    assert [connect(code, device) for device in (tablet.device, "", "x" * 32, 7, ["a"])] == [422] * 5
    assert connect(own, tablet.device) == 303
    assert tablet.says().status_code == 201
    assert Tablet(tablet.client, other).enrol(code).status_code == 303  # it was not used up


def test_after_ten_tries_everybody_waits(app: Flask, content: None) -> None:
    device, code = made()
    tried = [Tablet(app.test_client(), device).enrol("AAAAAAAA").status_code for _ in range(10)]

    late = Tablet(app.test_client(), device).enrol(code)
    clock.clock().moved_by += 6.1
    later = Tablet(app.test_client(), device).enrol(code)

    assert tried == [422] * 10
    assert late.status_code == 429
    assert 1 <= int(late.headers["Retry-After"]) <= 6
    assert later.status_code == 303


def test_a_script_hears_why_as_json(app: Flask, content: None) -> None:
    refused = app.test_client().post("/kiosk/enrol", json={"code": "AAAAAAAA"}, headers=PRESSED)

    assert refused.status_code == 422
    assert refused.get_json()["refused"]


def test_what_is_no_code_opens_nothing(app: Flask, content: None) -> None:
    client = app.test_client()
    for body in ({}, {"code": 7}, [], "ABCD2345", None):
        assert client.post("/kiosk/enrol", json=body, headers=PRESSED).status_code == 422


def test_no_other_page_can_connect_a_browser(app: Flask, content: None) -> None:
    device, code = made()

    sent = app.test_client().post("/kiosk/enrol", data={"code": code}, headers={"Sec-Fetch-Site": "cross-site"})

    assert sent.status_code == 403
    assert row(device).token_hash is None


def test_a_session_of_staff_ends_on_a_browser_that_becomes_a_tablet(
    app: Flask, content: None, sign_in: Callable[..., FlaskClient]
) -> None:
    browser = sign_in("admin")
    staff = browser.get_cookie("stemme")
    device, code = made()

    Tablet(browser, device).enrol(code)

    assert browser.get_cookie("stemme") is None
    assert staff is not None
    browser.set_cookie("stemme", staff.value)
    assert browser.get("/desk").status_code == 302


def test_a_revoked_tablet_is_told_so_everywhere(tablet: Tablet) -> None:
    kiosks.revoke(row(tablet.device))
    db.db.session.commit()

    asked = [tablet.client.get(path).status_code for path in ("/kiosk", "/kiosk/pack.json", "/kiosk/sw.js")]
    sent = [tablet.says().status_code, tablet.client.post("/kiosk/api/v1/heartbeat", json=HEARTBEAT).status_code]

    assert (asked, sent) == ([403] * 3, [403] * 2)


def test_a_tablet_that_was_found_again_comes_back_with_a_new_code(app: Flask, tablet: Tablet) -> None:
    device = row(tablet.device)
    kiosks.revoke(device)
    code = kiosks.new_code(device, clock.now())
    db.db.session.commit()
    thief = Tablet(app.test_client(), tablet.device)
    thief.client.set_cookie("kiosk", tablet.client.get_cookie("kiosk", path="/kiosk").value, path="/kiosk")  # type: ignore[union-attr]

    tablet.enrol(code)

    assert tablet.says().status_code == 201
    assert thief.client.get("/kiosk/pack.json").status_code == 401


def test_a_tablet_gives_its_token_back(tablet: Tablet) -> None:
    left = tablet.client.post("/kiosk/unenrol", headers=PRESSED)

    assert (left.status_code, left.headers["Location"]) == (303, "/kiosk")
    assert row(tablet.device).token_hash is None
    assert 'name="code"' in tablet.page()
    assert "Clear-Site-Data" not in left.headers


def test_a_house_without_a_key_has_no_tablets(app: Flask, content: None) -> None:
    object.__setattr__(app.extensions["settings"], "kiosk_private_keys", ())

    assert app.test_client().get("/kiosk").status_code == 404
