"""A file of sealed answers: stored once however often it is read in, told to nobody, refused if it is not ours."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.core import db
from app.desk.admin import tablet_files
from app.surveys import kiosks
from app.surveys.models import Kiosk, Response
from tests.desk.accounts import factories as people
from tests.desk.admin import factories
from tests.desk.admin.test_kiosks import acts, address, at_once, last_act, text

SignIn = Callable[..., FlaskClient]
FULL_TABLET = 2000
"""So many answers wait on a tablet at most; what it has set aside comes on top."""


def test_a_file_is_stored_once_however_often_it_is_read_in(sign_in: SignIn) -> None:
    device, client = factories.a_tablet(), sign_in("staff", "GH1")
    file = factories.a_file(device, *[factories.an_answer() for _ in range(45)])

    first, second = send(client, device, file), send(client, device, file)

    assert [first.headers["Location"], second.headers["Location"]] == [f"{address(device)}?read=all"] * 2
    assert counted() == {("kiosk", "GH1", False): 45}


def test_the_same_file_at_the_same_moment_from_three_is_stored_once(app: Flask, sign_in: SignIn) -> None:
    device, staff = factories.a_tablet(), people.a_user("staff")
    file = factories.a_file(device, *[factories.an_answer() for _ in range(25)])
    browsers = [people.browser_of(app, staff) for _ in range(3)]

    statuses = at_once(app, browsers, lambda client: send(client, device, file))

    assert statuses == [303] * 3
    assert counted() == {("kiosk", "GH1", False): 25}


def test_neither_page_nor_trail_says_how_many_there_were(sign_in: SignIn) -> None:
    device, client = factories.a_tablet(), sign_in("admin")

    page = text(client.get(send(client, device, factories.a_file(device, *[factories.an_answer()] * 37)).location))
    main = re.sub(r'="[^"]*"', "", page[page.index("<main") : page.index("</main>")])

    assert "Filen er læst ind" in main
    assert "37" not in main
    assert last_act() == ("kiosk.read_in", "GH1 Ved døren", "")


def test_what_does_not_fit_is_said_and_the_rest_is_stored(sign_in: SignIn) -> None:
    device, client = factories.a_tablet(), sign_in("admin")
    file = factories.a_file(device, factories.an_answer(survey="no_such"), factories.an_answer(test=True))

    answer = send(client, device, file)

    assert answer.headers["Location"].endswith("?read=some")
    assert "passede ikke" in text(client.get(answer.location))
    assert counted() == {("kiosk", "GH1", True): 1}


def test_a_box_of_another_tablet_does_not_open_here(sign_in: SignIn) -> None:
    device, other, client = factories.a_tablet("A"), factories.a_tablet("B"), sign_in("admin")
    moved = json.loads(factories.a_file(other, factories.an_answer()))
    moved["device"] = device.id.hex()

    answer = send(client, device, json.dumps(moved).encode())

    assert answer.headers["Location"].endswith("?read=some")
    assert counted() == {}


def test_the_file_of_another_tablet_is_refused_by_name(sign_in: SignIn) -> None:
    device, other, client = factories.a_tablet("A"), factories.a_tablet("B"), sign_in("admin")

    answer = send(client, device, factories.a_file(other, factories.an_answer()))

    assert answer.status_code == 422
    assert "en anden tablet" in text(answer)
    assert acts("kiosk.read_in") == 0


def test_what_is_no_file_of_a_tablet_is_refused_kindly(sign_in: SignIn) -> None:
    device, client = factories.a_tablet(), sign_in("admin")

    for written in (b"", b"hej", b"[]", b"{}", b'{"v":1}', b"\xff\xfe", b"[" * 100_000):
        answer = send(client, device, written)
        assert answer.status_code == 422
        assert "ikke en fil fra en tablet" in text(answer)


def test_a_file_with_something_wrong_in_it_stores_nothing(sign_in: SignIn) -> None:
    device, client = factories.a_tablet(), sign_in("admin")
    strange = {"key": "0b7ab5b4-7a8c-4c1e-9d0c-3a3f7f3f0001", "kid": "k", "box": "?"}

    for wrong in (
        {"v": 2},
        {"day_now": "1"},
        {"day_now": True},
        {"records": 5},
        {"records": ["x"]},
        {"records": [{}]},
        {"records": [strange]},
        {"records": [strange | {"key": "x", "box": "AA=="}]},
        {"records": [strange | {"kid": "\ud800", "box": "AA=="}]},
    ):
        answer = send(client, device, factories.a_file(device, factories.an_answer(), **wrong))
        assert answer.status_code == 422
    assert counted() == {}


def test_a_desk_that_does_not_know_the_key_says_so_and_stores_nothing(app: Flask, sign_in: SignIn) -> None:
    device, client = factories.a_tablet(), sign_in("admin")
    file = factories.a_file(device, factories.an_answer())
    app.extensions["settings"] = replace(app.extensions["settings"], kiosk_private_keys=())

    answer = send(client, device, file)

    assert answer.status_code == 422
    assert "kan ikke læses ind her" in text(answer)
    assert counted() == {}


def test_a_name_that_is_known_under_a_key_of_no_alphabet_is_refused(sign_in: SignIn) -> None:
    device, client = factories.a_tablet(), sign_in("admin")
    file = factories.a_file(device, factories.an_answer())
    send(client, device, file)
    written = json.loads(file)
    written["records"][0]["kid"] = "\ud800"

    assert send(client, device, json.dumps(written).encode()).status_code == 422


def test_a_full_tablet_with_something_set_aside_fits_into_one_file(content: None) -> None:
    device = factories.a_tablet()
    one = factories.record(device, factories.an_answer())
    file = factories.a_file(device, records=[one] * (FULL_TABLET + 100))

    assert len(tablet_files.read(device, file).boxes) == FULL_TABLET + 100


def test_a_closed_tablet_may_still_hand_over_its_answers(sign_in: SignIn) -> None:
    device, client = factories.a_tablet(), sign_in("admin")
    file = factories.a_file(device, factories.an_answer())
    kiosks.revoke(device)
    db.db.session.commit()

    send(client, device, file)

    assert counted() == {("kiosk", "GH1", False): 1}


def test_a_file_that_is_far_too_large_is_refused_before_it_is_read(sign_in: SignIn) -> None:
    device, client = factories.a_tablet(), sign_in("admin")

    raw = io.BytesIO(bytes(9 * 1024 * 1024))
    answer = client.post(f"{address(device)}/file", data=raw, content_type="multipart/form-data; boundary=x")

    assert answer.status_code == 413


def send(client: FlaskClient, device: Kiosk, content: bytes) -> TestResponse:
    form = people.form(client, "kiosk.read_in") | {"file": (io.BytesIO(content), "gadens-stemme-GH1.json")}
    return client.post(f"{address(device)}/file", data=form, content_type="multipart/form-data")


def counted() -> dict[tuple[str, str | None, bool], int]:
    """How many responses are stored, by channel, place and whether they are tests."""
    db.db.session.rollback()
    key = (Response.channel, Response.site_code, Response.is_test)
    rows = db.db.session.execute(select(*key, func.count()).group_by(*key)).all()
    db.db.session.rollback()
    return {(channel, site, is_test): n for channel, site, is_test, n in rows}
