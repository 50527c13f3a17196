"""No token, code, name of an answer or word of one reaches a file; what is remembered is forgotten in time."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.core import clock, db
from app.privacy import kiosk_boxes
from app.surveys import kiosks, retention
from tests.channels.kiosk import stored
from tests.channels.kiosk.tablet import HEARTBEAT, Tablet, answer, made
from tests.databases import Databases
from tests.privacy import forensics

WORDS = "Vagten ved hoveddøren kalder mig grimme ting hver torsdag"
LABEL = "Skærmen bag den grønne dør"
WEEK = 7 * 86400


@pytest.fixture
def disk(databases: Databases, tmp_path: Path) -> Callable[[dict[str, bytes]], list[str]]:
    """Looks through everything that is written: instance folder, logs, database, its log, its temporary files."""
    folders = [tmp_path, databases.server.folder if databases.server else databases.folder]
    return lambda needles: forensics.found(folders, needles)


@pytest.mark.requirement("R1")
def test_neither_token_nor_code_nor_answer_is_on_a_disk(
    app: Flask, content: None, disk: Callable[[dict[str, bytes]], list[str]]
) -> None:
    device, code = made(label=LABEL, words_screen=True)
    tablet = Tablet(app.test_client(), device)
    tablet.enrol(code)
    token = tablet.client.get_cookie("kiosk", path="/kiosk")
    assert token is not None
    tablet = Tablet(tablet.client, device, *_key())
    key, other = str(uuid.uuid4()), str(uuid.uuid4())

    sent = [
        tablet.send(tablet.seal(answer(words={"change": WORDS}), key), key).status_code,
        tablet.send(tablet.seal(answer(words={"change": WORDS}), key), key).status_code,
        tablet.send(tablet.seal(answer(survey=WORDS), other), other).status_code,
    ]
    tablet.client.post("/kiosk/api/v1/heartbeat", json=HEARTBEAT)

    assert sent == [201, 409, 422]
    needles = {"token": token.value.encode(), "code": code.encode(), "name": key.encode(), "other": other.encode()}
    needles["name, bytes"] = uuid.UUID(key).bytes
    assert disk(needles | forensics.texts(WORDS)) == []
    assert disk({"label": LABEL.encode()}) != []


@pytest.mark.requirement("R1")
def test_nothing_ties_what_is_remembered_to_an_answer(tablet: Tablet) -> None:
    tablet.says()

    response, [seen] = stored.the_one(), stored.seen()
    assert not {bytes(seen.key_hash), bytes(seen.box_hash)} & {bytes(response.id)}
    assert {column.name for column in seen.__table__.columns} == {"key_hash", "box_hash", "week"}
    assert response.id.hex() not in tablet.device


@pytest.mark.requirement("R15")
@pytest.mark.parametrize(("weeks", "left"), [(13, 1), (14, 0)])
def test_names_of_answers_are_forgotten_after_thirteen_whole_weeks(tablet: Tablet, weeks: int, left: int) -> None:
    tablet.says()

    retention.run(clock.now().replace(hour=3))
    clock.clock().moved_by += weeks * WEEK
    retention.run(clock.now())
    db.db.session.commit()

    assert stored.remembered() == left
    assert len(stored.responses()) == 1


def test_a_code_on_disk_could_not_be_tried_in_its_time() -> None:
    assert kiosks._CODE_ROUNDS * len(kiosks.CODE_SIGNS) ** kiosks.CODE_LENGTH > 2**53


def test_keys_and_boxes_show_in_no_repr(tablet: Tablet) -> None:
    key = kiosk_boxes.keys()[0]
    sealed = kiosk_boxes.Sealed(kid=key.kid, device=tablet.device, key="k", box=b"secret")

    assert "secret" not in repr(sealed)
    assert "EllipticCurve" not in repr(key)


def _key() -> tuple[str, bytes]:
    key = kiosk_boxes.keys()[0]
    return key.kid, key.point
