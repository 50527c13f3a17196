"""A tablet as the server sees it: enrols, seals as its script does, sends."""

import base64
import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from flask import Flask, g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import clock, db
from app.privacy import kiosk_boxes
from app.surveys import kiosk_settings, kiosks
from app.surveys.models import Kiosk

DAY = 20514
"""2 March 2026, the Monday of these tests, in days since 1970."""
WEEK = "2026-W10"
RESPONSES = "/kiosk/api/v1/responses"
HEARTBEAT = {"app": "1", "queue": "0-4", "oldest_days": None, "quarantined": 0, "persisted": True, "storage_pct": 1}
PRESSED = {"Sec-Fetch-Site": "same-origin"}


def made(site: str = "GH1", label: str = "Ved døren", **settings: object) -> tuple[str, str]:
    """A tablet made at the desk: its id in hex, and its code."""
    device, code = kiosks.create(site, label, clock.now())
    kiosk_settings.change(device, **settings)
    db.db.session.commit()
    return kiosks.device_name(device), code


def row(device: str) -> Kiosk:
    """What is stored of a tablet now."""
    db.db.session.rollback()
    db.db.session.expire_all()
    found = kiosks.by_id(device)
    assert found is not None
    return found


def answer(**changes: object) -> dict[str, Any]:
    """A whole answer to the five questions, as the script writes it."""
    return {
        "v": 1, "survey": "five_tap", "version": 1, "lang": "da", "helped": "none", "completion": "full", "day": DAY,
        "answers": {"today": "4", "mattered": ["safety", "food"], "safe": "yes", "respect": None},
        "words": {"change": "Flere senge"}, "quote_ok": True, "receipt": None, "burst": False, "test": False, **changes,
    }  # fmt: skip


def framed(content: bytes) -> bytes:
    """Length, content, zeros."""
    plain = len(content).to_bytes(4, "big") + content
    return plain + b"\0" * (-len(plain) % 512)


@dataclass
class Tablet:
    """A browser with the cookie of one tablet."""

    client: FlaskClient
    device: str
    kid: str = ""
    point: bytes = field(default=b"", repr=False)

    @classmethod
    def enrolled(cls, app: Flask, site: str = "GH1", **settings: object) -> "Tablet":
        """A tablet that was just connected."""
        device, code = made(site, **settings)
        return cls.with_code(app, code, device)

    @classmethod
    def with_code(cls, app: Flask, code: str, device: str = "") -> "Tablet":
        """A tablet into which this code was typed; it knows its name from what it takes along."""
        key = kiosk_boxes.keys()[0]
        tablet = cls(app.test_client(), device, key.kid, key.point)
        assert tablet.enrol(code).status_code == 303
        tablet.device = device or tablet.pack()["device"]
        return tablet

    def enrol(self, code: str) -> TestResponse:
        """Type a code."""
        return self.client.post("/kiosk/enrol", data={"code": code}, headers=PRESSED)

    def pack(self) -> dict[str, Any]:
        """What it took along."""
        found: dict[str, Any] = self.client.get("/kiosk/pack.json").get_json()
        return found

    def seal(self, content: Mapping[str, Any] | bytes, key: str, *, device: str = "", kid: str = "") -> bytes:
        """A box as the script makes it."""
        plain = content if isinstance(content, bytes) else framed(json.dumps(content).encode())
        info = f"gs-kiosk-1|{kid or self.kid}|{device or self.device}|{key}".encode()
        public = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), self.point)
        return Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM).encrypt(plain, public, info=info)

    def send(self, box: bytes, key: str, /, **changes: object) -> TestResponse:
        """One request, as the queue sends it."""
        body = {"v": 1, "kid": self.kid, "day_now": DAY, "box": base64.b64encode(box).decode(), **changes}
        return self.client.post(RESPONSES, json=body, headers={"Idempotency-Key": key})

    def says(self, **changes: object) -> TestResponse:
        """Seal an answer and send it."""
        key = str(uuid.uuid4())
        return self.send(self.seal(answer(**changes), key), key)

    def page(self, address: str = "/kiosk") -> str:
        """A page of the plain way. The context of a test outlives a request, and would keep its language."""
        g.pop("lang", None)
        return self.client.get(address).text

    def press(self, html: str, act: str, **fields: object) -> TestResponse:
        """Press a button of a plain page, with what is filled in."""
        t = re.findall(r'name="t" value="([^"]+)"', html)[-1]
        return self.client.post("/kiosk", data={"t": t, "act": act, **fields}, headers=PRESSED)
