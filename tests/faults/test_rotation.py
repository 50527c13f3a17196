"""Every secret is changed while people write (F18): nothing breaks, and the old is shut only when its key is gone."""

import base64
import secrets
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask

from app import create_app
from app.core import clock, config, db
from app.desk.accounts import audit
from app.privacy import receipts, sealing
from app.privacy.boxes import CannotOpen
from app.surveys.models import Answer
from tests.channels.sms import factories as sms
from tests.channels.web.visitor import Visitor

Restart = Callable[[dict[str, str]], Flask]


def drawn() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


OLD = {
    "STEMME_SECRET_KEY": secrets.token_hex(32),
    "STEMME_SEALING_PRIVATE_KEY": drawn(),
    "STEMME_TWILIO_AUTH_TOKEN": "the-token-of-last-year",
}
NEW = {name: secrets.token_hex(16) if "TOKEN" in name else drawn() for name in OLD}
BOTH = {name: f"{NEW[name]},{OLD[name]}" for name in OLD}


@pytest.fixture
def environ(environ: dict[str, str]) -> dict[str, str]:
    return environ | OLD


@pytest.fixture
def restarted(app: Flask, environ: dict[str, str]) -> Iterator[Restart]:
    """restarted(BOTH) is the same house after a restart with these secrets."""
    begun = []

    def restart(given: dict[str, str]) -> Flask:
        other = create_app(config.load(environ | given))
        other.testing = True
        other.extensions["clock"] = app.extensions["clock"]
        begun.append(other)
        return other

    yield restart
    for other in begun:
        with other.app_context():
            db.db.session.remove()
            db.db.engine.dispose()


def words_that_open() -> list[str]:
    """What the desk can read of everything stored, in any order."""
    sealed = [one for one in db.db.session.query(Answer) if one.sealed]
    return sorted(sealing.unseal(one.sealed or b"", answer_id=one.id, month=one.month) for one in sealed)


def test_all_secrets_change_in_the_middle_of_conversations(app: Flask, content: None, restarted: Restart) -> None:
    sender, visitor = sms.a_number(), Visitor(app.test_client())
    for text in ("GH1", "4"):
        assert (
            sms.deliver(app, sms.fields(text, sender=sender), token=OLD["STEMME_TWILIO_AUTH_TOKEN"]).status_code == 200
        )
    visitor.visit("/s/GH1").press("start")
    visitor.press("next", answer="4").press("next", answer=["staff"])
    audit.record("tried", actor="command line")
    db.db.session.commit()

    later = restarted(BOTH)
    with later.app_context():
        visitor.client = later.test_client()
        visitor.press("next", answer="yes").press("next", answer="yes")
        visitor.press("send", **{"words-change": "Flere senge", "code": "1"})
        status = {
            sms.deliver(later, sms.fields(text, sender=sender), token=token).status_code
            for text, token in (
                ("ja", BOTH["STEMME_TWILIO_AUTH_TOKEN"].split(",")[0]),
                ("Kaffen", OLD["STEMME_TWILIO_AUTH_TOKEN"]),
            )
        }
        audit.record("tried", actor="command line")
        db.db.session.commit()
        clock.clock().set(clock.now() + timedelta(days=31))
        sealing.month("2026-04")
        db.db.session.commit()

        assert status == {200}
        assert visitor.page.status == 200
        assert words_that_open() == ["Flere senge", "Kaffen"]
        assert list(audit.faults()) == []
        assert sealing.faults() == []


def test_a_receipt_of_the_old_key_is_found_until_that_key_is_taken_out(
    app: Flask, content: None, restarted: Restart
) -> None:
    words = receipts.draw()
    receipts.queries.add_receipt(receipts.tag(words), None, "2026-W10")  # type: ignore[arg-type]
    db.db.session.commit()
    found = {}
    for name, given in {"both": BOTH, "new": NEW}.items():
        with restarted(given).app_context():
            found[name] = receipts.find(" ".join(words)) is not None

    assert found == {"both": True, "new": False}


def test_the_old_months_are_shut_when_the_old_sealing_key_is_taken_out(app: Flask, restarted: Restart) -> None:
    box = sealing.month("2026-03").seal("Flere senge", b"1" * 16)
    db.db.session.commit()
    with restarted(BOTH).app_context():
        newer = sealing.month("2026-04").seal("Flere stole", b"2" * 16)
        db.db.session.commit()
        opened = [sealing.unseal(box, answer_id=b"1" * 16, month="2026-03")]
    with restarted(NEW).app_context():
        opened.append(sealing.unseal(newer, answer_id=b"2" * 16, month="2026-04"))
        with pytest.raises(CannotOpen):
            sealing.unseal(box, answer_id=b"1" * 16, month="2026-03")

    assert opened == ["Flere senge", "Flere stole"]
