"""Tablets at the desk: who sees which, codes shown once, what is done with them and what the trail keeps."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import clock as clocks
from app.core import db
from app.desk.accounts import queries
from app.surveys import kiosk_settings, kiosks
from app.surveys.models import Kiosk
from tests.desk.accounts import factories as people
from tests.desk.admin import factories

SignIn = Callable[..., FlaskClient]
HOSTILE = '<img src=x onerror="alert(1)">'
TIMES = {"idle": "60", "idle_words": "120", "warn": "30"}


def test_readers_see_every_tablet_and_staff_those_of_their_own_place(sign_in: SignIn) -> None:
    factories.a_tablet("Ved døren", "GH1")
    factories.a_tablet("I bussen", "MUE1")

    for role in ("admin", "moderator", "council", "analyst"):
        page = text(sign_in(role).get("/desk/kiosks"))
        assert "Ved døren" in page
        assert "I bussen" in page
    own = text(sign_in("staff", "MUE1").get("/desk/kiosks"))
    assert "I bussen" in own
    assert "Ved døren" not in own


def test_a_tablet_of_another_place_is_as_unknown_to_staff_as_no_tablet(sign_in: SignIn) -> None:
    device = factories.a_tablet(site_code="GH1")
    stranger = sign_in("staff", "MUE1")

    asked = [stranger.get(address(device)), stranger.get("/desk/kiosks/" + "0" * 32), stranger.get("/desk/kiosks/zz")]
    sent = [post(stranger, device, "checklist", "kiosk.tick"), post(stranger, device, "file", "kiosk.read_in")]

    assert [answer.status_code for answer in asked + sent] == [404] * 5
    assert len({len(answer.get_data()) for answer in asked}) == 1


def test_only_the_administrator_gets_codes_pins_times_and_the_end_of_a_tablet(sign_in: SignIn) -> None:
    device, acts = factories.a_tablet(), ("code", "pin", "times", "revoke")

    for role in ("staff", "moderator", "council", "analyst"):
        client = sign_in(role)
        offered = set(re.findall(rf'action="{address(device)}/(\w+)"', text(client.get(address(device)))))
        assert offered == ({"checklist", "file"} if role == "staff" else set())
        assert {post(client, device, act, f"kiosk.{act}").status_code for act in acts} == {403}


def test_a_new_tablet_gets_a_code_that_is_shown_once_with_its_15_minutes(sign_in: SignIn) -> None:
    client = sign_in("admin")
    page = text(create(client, label="  Ved   døren "))
    shown = code_in(page)
    device = the_tablet()

    assert device.label == "Ved døren"
    assert "15 minut" in page
    assert 'src="data:image/svg+xml' in page
    assert shown.replace("-", "") not in text(client.get(address(device))).replace("-", "")
    assert enrols(shown)
    assert last_act() == ("kiosk.add", "GH1 Ved døren", "")


def test_a_code_opens_nothing_after_15_minutes_or_after_another_was_made(sign_in: SignIn, clock: clocks.Clock) -> None:
    client = sign_in("admin")
    first = code_in(text(create(client)))
    device = the_tablet()
    second = code_in(text(post(client, device, "code", "kiosk.code")))

    assert not enrols(first)
    clock.set(clock.now() + timedelta(minutes=16))
    assert not enrols(second)


def test_add_pressed_twice_at_the_same_moment_is_one_tablet_and_one_refusal(app: Flask, sign_in: SignIn) -> None:
    admin = people.a_user("admin")
    browsers = [people.browser_of(app, admin) for _ in range(4)]

    statuses = at_once(app, browsers, create)

    assert sorted(statuses) == [200, 422, 422, 422]
    assert len(kiosks.listed("GH1")) == 1
    assert acts("kiosk.add") == 1


def test_of_codes_made_at_the_same_moment_one_opens(app: Flask, sign_in: SignIn) -> None:
    device, admin = factories.a_tablet(), people.a_user("admin")
    browsers = [people.browser_of(app, admin) for _ in range(3)]
    codes: list[str] = []

    def press(client: FlaskClient) -> TestResponse:
        answer = post(client, device, "code", "kiosk.code")
        codes.append(code_in(text(answer)))
        return answer

    assert at_once(app, browsers, press) == [200] * 3
    assert sum(enrols(code) for code in codes) == 1


def test_closing_asks_first_and_pressed_twice_at_once_is_done_and_written_once(app: Flask, sign_in: SignIn) -> None:
    device, admin = factories.a_tablet(), people.a_user("admin")
    browsers = [people.browser_of(app, admin) for _ in range(3)]

    asked = text(browsers[0].get(f"{address(device)}/revoke"))
    before = factories.stored(device).is_revoked
    statuses = at_once(app, browsers, lambda client: post(client, device, "revoke", "kiosk.revoke"))

    assert 'class="danger"' in asked
    assert (before, statuses, factories.stored(device).is_revoked) == (False, [303] * 3, True)
    assert acts("kiosk.revoke") == 1


def test_a_pin_that_anybody_would_try_first_is_refused(sign_in: SignIn) -> None:
    device, client = factories.a_tablet(), sign_in("admin")
    pins = ("123456", "654321", "111111", "121212", "123123", "890123", "12345", "1234567", "abcdef", "")

    answers = [post(client, device, "pin", "kiosk.pin", pin=pin) for pin in pins]

    assert {answer.status_code for answer in answers} == {422}
    assert all('<a href="#pin">' in text(answer) for answer in answers)
    assert factories.stored(device).pin is None


def test_a_pin_is_kept_as_what_it_is_checked_against_and_stands_nowhere(sign_in: SignIn) -> None:
    device, client = factories.a_tablet(), sign_in("admin")

    answer = post(client, device, "pin", "kiosk.pin", pin="402917")
    kept = factories.stored(device).pin

    assert answer.status_code == 303
    assert kept is not None
    assert "402917" not in f"{kept}{last_act()}{text(client.get(address(device)))}"


def test_times_out_of_bounds_change_nothing_and_stay_in_the_form(sign_in: SignIn) -> None:
    device, client = factories.a_tablet(), sign_in("admin")

    for name, seconds in (("idle", "29"), ("idle", "181"), ("warn", "19"), ("warn", "x"), ("idle", "")):
        answer = post(client, device, "times", "kiosk.times", **(TIMES | {"keep_partial": "yes", name: seconds}))
        assert answer.status_code == 422
        assert f'<a href="#{name}">' in text(answer)
        assert re.search(rf'id="{name}"[^>]* value="{seconds}"[^>]* aria-invalid="true"', text(answer))
        assert re.search(r'name="keep_partial" value="yes" checked', text(answer))
    assert kiosk_settings.of(factories.stored(device)) == kiosk_settings.USUAL


def test_times_within_bounds_hold_and_the_trail_says_which_changed(sign_in: SignIn) -> None:
    device, client = factories.a_tablet(), sign_in("admin")

    post(client, device, "times", "kiosk.times", **(TIMES | {"idle": "180", "warn": "20"}))

    settings = kiosk_settings.of(factories.stored(device))
    assert (settings["idle"], settings["warn"], settings["keep_partial"]) == (180, 20, False)
    assert last_act() == ("kiosk.times", "GH1 Ved døren", "idle=180 warn=20")


def test_the_words_screen_waits_for_the_keyboard_and_goes_with_its_tick(sign_in: SignIn) -> None:
    device, client = factories.a_tablet(), sign_in("admin")
    on = TIMES | {"words_screen": "yes"}

    too_early = post(client, device, "times", "kiosk.times", **on).status_code
    post(client, device, "checklist", "kiosk.tick", checked="keyboard")
    in_time = post(client, device, "times", "kiosk.times", **on).status_code
    is_on = kiosk_settings.of(factories.stored(device))["words_screen"]
    post(client, device, "checklist", "kiosk.tick", checked="lock")

    assert (too_early, in_time, is_on) == (422, 303, True)
    assert not kiosk_settings.of(factories.stored(device))["words_screen"]


def test_staff_tick_the_checklist_of_their_own_tablet_and_twice_is_once(sign_in: SignIn) -> None:
    device, client = factories.a_tablet(), sign_in("staff", "GH1")

    for _ in range(2):
        post(client, device, "checklist", "kiosk.tick", checked=["lock", "sound", "no such tick"])

    assert kiosk_settings.checked(factories.stored(device)) == ("lock", "sound")
    assert acts("kiosk.tick") == 1
    assert last_act()[2] == "lock sound"


def test_a_label_nobody_can_read_is_refused(sign_in: SignIn) -> None:
    client = sign_in("admin")

    answers = [create(client, label=label) for label in ("", "   ", "x" * 41, "Dør\x07", "Dør\u202egnp")]

    assert {answer.status_code for answer in answers} == {422}
    assert all('<a href="#label">' in text(answer) for answer in answers)
    assert len(kiosks.listed()) == 0


def test_a_place_that_does_not_exist_gets_no_tablet(sign_in: SignIn) -> None:
    client = sign_in("admin")

    assert [create(client, site=site).status_code for site in ("", "XX9")] == [422, 422]


def test_markup_in_a_label_stays_text_on_every_page(sign_in: SignIn) -> None:
    client = sign_in("admin")
    pages = [text(create(client, label=HOSTILE))]
    device = the_tablet()
    pages += [text(create(client, label=HOSTILE))]
    for where in ("/desk/kiosks", address(device), f"{address(device)}/revoke", "/desk/sites/GH1", "/desk/audit"):
        pages.append(text(client.get(where)))

    assert [page for page in pages if HOSTILE in page] == []
    assert all("&lt;img" in page for page in pages)


def test_a_form_of_another_session_does_nothing(sign_in: SignIn) -> None:
    device, client, other = factories.a_tablet(), sign_in("admin"), sign_in("admin")

    answer = client.post(f"{address(device)}/revoke", data=people.form(other, "kiosk.revoke"))

    assert answer.status_code == 422
    assert not factories.stored(device).is_revoked


def the_tablet() -> Kiosk:
    found = kiosks.listed("GH1")[0]
    db.db.session.expunge(found)
    db.db.session.rollback()
    return found


def address(device: Kiosk) -> str:
    return f"/desk/kiosks/{device.id.hex()}"


def create(client: FlaskClient, *, label: str = "Ved døren", site: str = "GH1") -> TestResponse:
    return client.post("/desk/kiosks", data=people.form(client, "kiosk.create", label=label, site=site))


def post(client: FlaskClient, device: Kiosk, act: str, form_id: str, **fields: str | list[str]) -> TestResponse:
    return client.post(f"{address(device)}/{act}", data=people.form(client, form_id) | fields)


def at_once(app: Flask, browsers: list[FlaskClient], press: Callable[[FlaskClient], TestResponse]) -> list[int]:
    """What each browser gets when all press at the same moment."""
    db.db.session.rollback()

    def pressed(client: FlaskClient) -> int:
        with app.app_context():
            return press(client).status_code

    with ThreadPoolExecutor(len(browsers)) as crowd:
        return list(crowd.map(pressed, browsers))


def enrols(code: str) -> bool:
    db.db.session.rollback()
    found = kiosks.enrol(code, clocks.now())
    db.db.session.commit()
    return found is not None


def code_in(page: str) -> str:
    found = re.search(r'id="code">([0-9A-Z]{4}-[0-9A-Z]{4})<', page)
    assert found, "the page shows no code"
    return found[1]


def text(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


def acts(act: str) -> int:
    db.db.session.rollback()
    return len(queries.audit_page(actor=None, act=act, before=None, limit=9))


def last_act() -> tuple[str, str, str]:
    db.db.session.rollback()
    head = queries.last_audit()
    assert head is not None
    return head.act, head.target, head.detail
