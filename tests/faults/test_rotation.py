"""Every secret is changed while people write (F18): nothing breaks, and the old is shut only when its key is gone."""

import base64
import itertools
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

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
from tests.faults import verdict
from tests.faults.post import post
from tests.faults.stories import Row
from tests.live import LiveServer
from tests.requirements import IN_FULL

Restart = Callable[[dict[str, str]], Flask]
Deliver = Callable[[dict[str, str]], int]


def drawn() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


OLD = {
    "STEMME_SECRET_KEY": secrets.token_hex(32),
    "STEMME_SEALING_PRIVATE_KEY": drawn(),
    "STEMME_TWILIO_AUTH_TOKEN": "the-token-of-last-year",
}
NEW = {name: secrets.token_hex(16) if "TOKEN" in name else drawn() for name in OLD}
BOTH = {name: f"{NEW[name]},{OLD[name]}" for name in OLD}
LAST = NEW | {"STEMME_SEALING_PRIVATE_KEY": BOTH["STEMME_SEALING_PRIVATE_KEY"]}
"""The old sealing key stays until its months are gone; all other old secrets are taken out."""


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


class Traffic:
    """Many telephones, each with one story of three texts; between two of them the house may have other secrets."""

    def __init__(self, people: int) -> None:
        self.stories = [(sms.a_number(), (f"Flere senge til {nth}", "GH1", "nej")) for nth in range(people)]
        self.answers = Counter[int]()

    def say(self, nth: int, deliver: Deliver, *, halfway: Callable[[], None] = lambda: None) -> None:
        """Everybody sends the text with this number, one half at once and then the other; `halfway` is between them."""
        forms = [sms.fields(texts[nth], sender=sender) for sender, texts in self.stories]
        half = len(forms) // 2
        with ThreadPoolExecutor(6) as pool:
            self.answers.update(pool.map(deliver, forms[:half]))
            halfway()
            self.answers.update(pool.map(deliver, forms[half:]))

    @property
    def rows(self) -> Counter[Row]:
        """What must be stored."""
        return Counter(Row("GH1", (), (texts[0],)) for _, texts in self.stories)


def by_turns(houses: Sequence[Flask | str], token: str) -> Deliver:
    """Deliver to one of these houses after the other, in this process or (an address) in its own."""
    turns = itertools.cycle(houses)

    def deliver(form: dict[str, str]) -> int:
        house = next(turns)
        if isinstance(house, str):
            return post(house, form, token=token).status
        return sms.deliver(house, form, token=token).status_code

    return deliver


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


def told_through(traffic: Traffic, houses: Mapping[str, Flask | str], midnight: Callable[[], None]) -> None:
    """As an operator restarts one process after the other: two generations run side by side, the carrier follows."""
    old, new = OLD["STEMME_TWILIO_AUTH_TOKEN"], NEW["STEMME_TWILIO_AUTH_TOKEN"]
    traffic.say(0, by_turns((houses["old"], houses["both"]), old), halfway=midnight)
    traffic.say(1, by_turns((houses["both"],), old))
    traffic.say(2, by_turns((houses["both"], houses["new"]), new))


@pytest.mark.requirement("R4")
def test_texts_that_come_in_while_every_secret_changes_and_a_month_begins_are_stored_once(
    app: Flask, content: None, restarted: Restart
) -> None:
    traffic, houses = Traffic(16), {"old": app, "both": restarted(BOTH), "new": restarted(LAST)}
    clock.clock().set(datetime(2026, 3, 29, 21, 30, tzinfo=UTC))
    db.db.session.remove()

    def midnight() -> None:
        """In Copenhagen, and in UTC: another week of another month, another day key."""
        app.extensions["clock"].moved_by += 3 * 3600

    told_through(traffic, houses, midnight)

    with houses["new"].app_context():
        assert traffic.answers == {200: 48}
        assert verdict.stored() == traffic.rows
        assert words_that_open() == sorted(row.words[0] for row in traffic.rows)
        assert {one.month for one in db.db.session.query(Answer)} == {"2026-03", "2026-04"}
        assert sealing.faults() == []


@pytest.mark.skipif(not IN_FULL, reason="three servers: in full only")
def test_servers_are_restarted_one_after_the_other_and_every_text_is_stored_once(
    house_environ: dict[str, str], restarted: Restart, tmp_path: Path
) -> None:
    traffic = Traffic(200)
    servers = {
        name: LiveServer(house_environ | given, tmp_path).start()
        for name, given in {"old": OLD, "both": BOTH, "new": LAST}.items()
    }
    try:
        told_through(traffic, {name: server.url for name, server in servers.items()}, lambda: None)
    finally:
        for server in servers.values():
            server.kill()

    assert traffic.answers == {200: 600}
    with restarted(LAST).app_context():
        assert verdict.stored() == traffic.rows


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
