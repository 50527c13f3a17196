"""What is not taken: the tablet hears a number, and nothing is stored."""

import base64
import uuid
from typing import Any

from flask import Flask

from tests.channels.kiosk import stored
from tests.channels.kiosk.conftest import Connect
from tests.channels.kiosk.tablet import HEARTBEAT, RESPONSES, Tablet, answer, framed


def test_a_box_opens_for_its_own_name_tablet_and_key_only(tablet: Tablet, connect: Connect) -> None:
    key, other = str(uuid.uuid4()), str(uuid.uuid4())
    box = tablet.seal(answer(), key)
    neighbour = connect("GH1")

    moved = [
        tablet.send(box, other).status_code,
        neighbour.send(box, key).status_code,
        tablet.send(box, key, kid="00000000").status_code,
        tablet.send(box[:-1] + bytes([box[-1] ^ 1]), key).status_code,
    ]

    assert moved == [422] * 4
    assert stored.responses() == []
    assert stored.remembered() == 0
    assert tablet.send(box, key).status_code == 201


def test_what_was_refused_may_come_again_whole(tablet: Tablet) -> None:
    key = str(uuid.uuid4())
    tablet.send(tablet.seal(answer(survey="none_such"), key), key)

    assert tablet.send(tablet.seal(answer(), key), key).status_code == 201


WRONG: tuple[dict[str, Any], ...] = (
    {"v": 2},
    {"survey": "none_such"},
    {"version": 99},
    {"version": True},
    {"lang": "xx"},
    {"helped": "everybody"},
    {"completion": "half"},
    {"day": "20514"},
    {"day": 1.5},
    {"day": 10**40},
    {"answers": {"today": "6"}},
    {"answers": {"today": ["4", "5"]}},
    {"answers": {"today": 4}},
    {"answers": {"today": {}}},
    {"answers": {"today": []}},
    {"answers": {"nothing": "4"}},
    {"answers": {"mattered": ["safety", "food", "rest"]}},
    {"answers": {"change": "Flere senge"}},
    {"answers": []},
    {"words": {"today": "4"}},
    {"words": {"change": 4}},
    {"words": {"change": "x" * 2001}},
    {"words": None},
    {"receipt": ["a", "b", "c", "d"]},
    {"receipt": ["abe"]},
    {"receipt": "abe"},
    {"receipt": [1, 2, 3, 4]},
)


def test_what_no_survey_of_ours_asks_is_refused_for_good(tablet: Tablet) -> None:
    assert [wrong for wrong in WRONG if tablet.says(**wrong).status_code != 422] == []
    assert stored.responses() == []


UNFRAMED = (
        framed(b"{"), framed(b"[]"), framed(b"null"), framed(b"7"), framed(b"\xff\xfe"), framed(b"[" * 5000),
        b"", b"{}", b"\0" * 512, b"\xff" * 512, framed(b"{}")[:-1], framed(b"{}")[:-1] + b"\1",
)  # fmt: skip


def test_a_plain_text_that_is_not_framed_as_agreed_is_refused(tablet: Tablet) -> None:
    key = str(uuid.uuid4())

    assert [plain for plain in UNFRAMED if tablet.send(tablet.seal(plain, key), key).status_code != 422] == []


def test_an_answer_without_one_of_its_parts_is_refused(tablet: Tablet) -> None:
    for part in answer():
        key = str(uuid.uuid4())
        content = {name: value for name, value in answer().items() if name != part}
        assert tablet.send(tablet.seal(content, key), key).status_code == 422, part


NOT_OURS: tuple[dict[str, Any], ...] = (
        {"box": "not base64!"}, {"box": 7}, {"box": None}, {"kid": "über"}, {"kid": 7}, {"kid": ""},
        {"day_now": "20514"}, {"day_now": None}, {"day_now": 10**9}, {"day_now": True},
)  # fmt: skip


def test_a_request_that_is_not_one_of_ours_is_a_bad_one(tablet: Tablet) -> None:
    key = str(uuid.uuid4())
    box = tablet.seal(answer(), key)

    assert [changed for changed in NOT_OURS if tablet.send(box, key, **changed).status_code != 400] == []


def test_the_name_is_a_random_uuid_in_lower_case(tablet: Tablet) -> None:
    names = ["", "7", str(uuid.UUID(int=7)), str(uuid.uuid1()), str(uuid.uuid4()).upper(), uuid.uuid4().hex]

    assert [name for name in names if tablet.send(tablet.seal(answer(), name), name).status_code != 400] == []


def test_a_body_that_is_no_json_or_too_large(tablet: Tablet) -> None:
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    post = tablet.client.post

    assert post(RESPONSES, data={"v": 1}, headers=headers).status_code == 415
    assert post(RESPONSES, data="{", content_type="application/json", headers=headers).status_code == 400
    assert post(RESPONSES, data="[]", content_type="application/json", headers=headers).status_code == 400
    assert post(RESPONSES, json={"box": "A" * 50_000}, headers=headers).status_code == 413
    assert post(RESPONSES, json={"box": "A" * 70_000}, headers=headers).status_code == 413


def test_errors_are_numbers_without_a_page(app: Flask, tablet: Tablet) -> None:
    stranger = app.test_client().post(RESPONSES, json={}, headers={"Idempotency-Key": str(uuid.uuid4())})
    refused = tablet.says(v=2)

    assert stranger.status_code == 401
    assert (stranger.data, refused.data) == (b"", b"")


def test_an_unknown_token_is_told_so(app: Flask, content: None) -> None:
    client = app.test_client()
    for token in ("", "x", "æ\u20ac", "x" * 3000):
        client.set_cookie("kiosk", token, path="/kiosk")

        assert client.post(RESPONSES, json={}).status_code == 401


def test_an_old_key_opens_what_waited_on_a_tablet(app: Flask, tablet: Tablet) -> None:
    settings = app.extensions["settings"]
    key = str(uuid.uuid4())
    box = tablet.seal(answer(), key)
    object.__setattr__(settings, "kiosk_private_keys", (b"\x07" * 32, *settings.kiosk_private_keys))

    told = tablet.client.post("/kiosk/api/v1/heartbeat", json=HEARTBEAT).get_json()

    assert told["kid"] != tablet.kid
    assert len(base64.b64decode(told["pk"])) == 65
    assert tablet.send(box, key).status_code == 201


def test_a_key_that_was_thrown_away_opens_nothing(app: Flask, tablet: Tablet) -> None:
    key = str(uuid.uuid4())
    box = tablet.seal(answer(), key)
    object.__setattr__(app.extensions["settings"], "kiosk_private_keys", (b"\x07" * 32,))

    assert tablet.send(box, key).status_code == 422
