"""Requests that no tablet of ours makes: each gets a number that says whose fault it is, never a 500."""

import json
import uuid
from typing import Any

from flask import Flask

from tests.channels.kiosk import stored
from tests.channels.kiosk.tablet import HEARTBEAT, PRESSED, RESPONSES, Tablet, row

BEAT, ENROL = "/kiosk/api/v1/heartbeat", "/kiosk/enrol"
DEEP = b"[" * 20_000


def post(tablet: Tablet, address: str, body: bytes) -> int:
    headers = {"Idempotency-Key": str(uuid.uuid4()), **PRESSED}
    return tablet.client.post(address, data=body, content_type="application/json", headers=headers).status_code


def test_json_nested_deeper_than_anybody_means_is_a_bad_request(tablet: Tablet) -> None:
    inside = b'{"code":"x","kid":"a","app":' + DEEP

    assert [post(tablet, RESPONSES, body) for body in (DEEP, inside)] == [400, 400]
    assert [post(tablet, BEAT, body) for body in (DEEP, inside)] == [400, 400]
    assert [post(tablet, ENROL, body) for body in (DEEP, inside)] == [422, 422]


def test_numbers_and_signs_that_no_reader_takes_are_a_bad_request(tablet: Tablet) -> None:
    for body in (b'{"day_now":' + b"9" * 5000 + b"}", b"\xff\xfe", b'{"day_now":NaN}', b'{"kid":"\\ud800"}', b"{}"):
        assert post(tablet, RESPONSES, body) == 400, body[:20]


def test_a_version_that_is_none_is_not_kept(tablet: Tablet) -> None:
    for said in ("\ud800", "a\0b", "x" * 17, {"a": 1}, None, "2026-03-02 09:14"):
        assert post(tablet, BEAT, json.dumps({**HEARTBEAT, "app": said}).encode()) == 400, said

    assert row(tablet.device).app_version is None


def test_names_that_no_database_can_look_up_never_fit(tablet: Tablet) -> None:
    wrong: list[dict[str, Any]] = [
        {"survey": "a\0b"},
        {"survey": "\ud800"},
        {"survey": ["five_tap"]},
        {"answers": {"a\0b": "4"}},
        {"answers": {"today": "\ud800"}},
        {"receipt": ["\ud800"] * 4},
    ]

    assert [tablet.says(**one).status_code for one in wrong] == [422] * len(wrong)
    assert stored.responses() == []


def test_boxes_on_no_point_of_the_curve_do_not_open(tablet: Tablet) -> None:
    boxes = (b"", b"x", b"\0" * 65, b"\4" + b"\xff" * 64, b"\2" + b"\1" * 700, b"\4" + b"\1" * 592, b"\0" * 30_000)

    assert [tablet.send(box, str(uuid.uuid4())).status_code for box in boxes] == [422] * len(boxes)


def test_addresses_with_signs_of_no_alphabet_are_answered(app: Flask, tablet: Tablet) -> None:
    strange = ("?t=%ED%A0%80", "?t=%00", "?over=%00", "?lang=%00", "?code=%ED%A0%80", "/audio/%00", "/static/%00")
    for client in (tablet.client, app.test_client()):
        assert [one for one in strange if client.get(f"/kiosk{one}").status_code >= 500] == []
