"""Tablets of tests, and what one of them saves as a file when it gets no net."""

import base64
import json
import uuid
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from app.core import clock, db
from app.privacy import kiosk_boxes
from app.surveys import kiosk_settings, kiosks
from app.surveys.kiosks import Heartbeat
from app.surveys.models import Kiosk

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
WELL = Heartbeat(
    app_version="3f2a99c01b77d2e4", queue="0-4", oldest_days=None, quarantined=0, is_persisted=True, storage_pct=2
)


def a_tablet(label: str = "Ved døren", site_code: str = "GH1") -> Kiosk:
    """A tablet whose code has been used; it has said nothing yet."""
    device, code = kiosks.create(site_code, label, clock.now())
    db.db.session.commit()
    kiosks.enrol(code, clock.now())
    db.db.session.commit()
    return device


def a_sound_tablet(label: str = "Ved døren", site_code: str = "GH1") -> Kiosk:
    """One that spoke today, with a PIN and every tick of the checklist."""
    device = a_tablet(label, site_code)
    kiosks.hear(device, WELL, clock.today())
    kiosk_settings.set_pin(device, "402917")
    kiosk_settings.check_off(device, kiosk_settings.CHECKS)
    db.db.session.commit()
    return device


def stored(device: Kiosk) -> Kiosk:
    """The tablet as the database has it now."""
    db.db.session.rollback()
    found = kiosks.by_id(device.id.hex())
    assert found is not None
    db.db.session.refresh(found)
    db.db.session.expunge(found)
    db.db.session.rollback()
    return found


def a_file(device: Kiosk, *answers: dict[str, Any], **changes: Any) -> bytes:
    """What the staff menu saves: each answer sealed on the tablet."""
    day = kiosks.day_number(clock.today())
    records = [record(device, answer) for answer in answers]
    return json.dumps({"v": 1, "device": device.id.hex(), "day_now": day, "records": records} | changes).encode()


def record(device: Kiosk, answer: dict[str, Any]) -> dict[str, str]:
    """One sealed answer."""
    key, ours = str(uuid.uuid4()), kiosk_boxes.keys()[0]
    written = json.dumps(answer).encode()
    plain = len(written).to_bytes(4, "big") + written
    plain += bytes(-len(plain) % kiosk_boxes.BLOCK)
    public = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), ours.point)
    info = f"gs-kiosk-1|{ours.kid}|{device.id.hex()}|{key}".encode()
    return {"key": key, "kid": ours.kid, "box": base64.b64encode(SUITE.encrypt(plain, public, info=info)).decode()}


def an_answer(**changes: Any) -> dict[str, Any]:
    """What somebody tapped on the tablet today."""
    given = {
        "v": 1, "survey": "five_tap", "version": 1, "lang": "da", "helped": "none", "completion": "full",
        "day": kiosks.day_number(clock.today()), "answers": {"today": "4"}, "words": {}, "quote_ok": False,
        "receipt": None, "burst": False, "test": False,
    }  # fmt: skip
    return given | changes
