"""kill -9 of the server between texts, and in the middle of them, loses nothing and doubles nothing."""

import random
import threading
import time
from collections import Counter
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from app.core import db
from app.privacy import sealing
from app.surveys.models import Answer, Response
from tests.channels.sms.carrier import Carrier
from tests.channels.sms.factories import a_number
from tests.live import LiveServer


def test_a_server_killed_between_texts_loses_nothing(
    app: Flask, content: None, environ: dict[str, str], tmp_path: Path
) -> None:
    app.extensions["clock"].moved_by = 0
    db.db.session.remove()
    server = LiveServer(environ, tmp_path).start()
    carrier, sender = Carrier(server.url), a_number()

    for text in ("GH1", "4", "ja", "Flere senge om natten", "nej"):
        carrier.text(text, sender=sender)
        server.kill()
        server.start()
    server.stop()

    assert _stored() == (Counter({"4": 1, "yes": 1}), Counter({"Flere senge om natten": 1}))
    assert _responses() == 1


def test_a_server_killed_at_random_keeps_every_acknowledged_text_once(
    app: Flask, content: None, environ: dict[str, str], tmp_path: Path
) -> None:
    app.extensions["clock"].moved_by = 0
    db.db.session.remove()
    server = LiveServer(environ, tmp_path, processes=2).start()
    people = {a_number(): f"Svar nummer {n} om maden" for n in range(8)}
    threads = [threading.Thread(target=_talk, args=(server.url, *person)) for person in people.items()]

    for thread in threads:
        thread.start()
    chance = random.Random(7)
    for _ in range(4):
        time.sleep(chance.uniform(0.2, 0.8))
        server.kill()
        server.start()
    for thread in threads:
        thread.join(timeout=60)
    server.stop()

    values, words = _stored()
    assert words == Counter(people.values())
    assert values == Counter({"3": 8, "no": 8})
    assert _responses() == 8


def _talk(url: str, sender: str, words: str) -> None:
    carrier = Carrier(url)
    for text in ("GH1", "3", "nej", words, "nej"):
        carrier.text(text, sender=sender)


def _stored() -> tuple[Counter[str | None], Counter[str]]:
    rows = db.connection().execute(sa.select(Answer.id, Answer.kind, Answer.value, Answer.sealed, Answer.month)).all()
    values = Counter(row.value for row in rows if row.kind == "value")
    words = Counter(
        sealing.unseal(row.sealed, answer_id=row.id, month=row.month) for row in rows if row.kind == "words"
    )
    return values, words


def _responses() -> int:
    return db.connection().execute(sa.select(sa.func.count()).select_from(Response)).scalar_one()
