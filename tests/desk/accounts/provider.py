"""A service people sign in with (OpenID Connect), on this machine: as the standard has it, or with one thing wrong.

It keeps the PKCE challenge, nonce and redirect address of each code, and gives a token for a code once.
"""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

CLIENT, SECRET = "gadens-stemme", "a secret of the two of us"


@cache
def key(_whose: str) -> ECKey:
    """A key pair; each is called `one`."""
    return ECKey.generate_key("P-256", {"kid": "one"})


@dataclass
class Provider:
    """What it says of who signs in; a test changes it to say something else."""

    issuer: str = ""
    subject: str = "0b1c2d"
    claims: dict[str, Any] = field(default_factory=lambda: {"amr": ["pwd", "otp"]})
    now: int = 0
    is_down: bool = False
    signs_with: str = "own"
    algorithm: str = "ES256"
    described: dict[str, Any] = field(default_factory=dict)
    """What it says of itself, where that is not the truth."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """The paths it was asked for."""

    def begin_anew(self, now: int) -> None:
        """Say the truth again, and that it is this late (seconds since 1970)."""
        self.now, self.subject, self.signs_with, self.algorithm = now, "0b1c2d", "own", "ES256"
        self.claims, self.asked = {"amr": ["pwd", "otp"]}, []

    def sign_with_a_strange_key(self) -> None:
        """Another key under the same name."""
        self.signs_with = "strange"

    def authorise(self, address: str) -> str:
        """The person signs in and says yes: the path at our host that the browser is sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["scope"] == "openid"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        back = {"code": code, "state": asked["state"], "iss": self.issuer}
        return f"{urlsplit(asked['redirect_uri']).path}?{urlencode(back)}"

    def description(self) -> dict[str, Any]:
        """The discovery document."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorise",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["ES256", "none"],
        } | self.described

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """A token for a code, if everything about it is right."""
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if asked is None or challenge.decode().rstrip("=") != asked["code_challenge"]:
            return None
        if authorization != f"Basic {basic}" or form.get("redirect_uri") != asked["redirect_uri"]:
            return None
        return {"access_token": "unused", "token_type": "Bearer", "id_token": self._id_token(asked["nonce"])}

    def _id_token(self, nonce: str) -> str:
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": self.subject, "nonce": nonce,
            "iat": self.now, "exp": self.now + 300, **self.claims,
        }  # fmt: skip
        if self.algorithm == "none":
            parts = ({"alg": "none"}, claims)
            return ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts) + "."
        if self.algorithm == "HS256":  # signed with what everybody can read: the public key
            return _signed_with_the_public_key(claims)
        return jwt.encode({"alg": "ES256", "kid": "one"}, claims, key(self.signs_with))


def _signed_with_the_public_key(claims: dict[str, Any]) -> str:
    head = {"alg": "HS256", "kid": "one"}
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (head, claims)]
    mac = hmac.digest(key("own").as_pem(private=False), ".".join(parts).encode(), "sha256")
    return ".".join([*parts, base64.urlsafe_b64encode(mac).decode().rstrip("=")])


class _Desk(BaseHTTPRequestHandler):
    """Answers for the provider of its server."""

    def do_GET(self) -> None:
        provider = self._provider()
        pages = {"/.well-known/openid-configuration": provider.description()}
        pages["/keys"] = {"keys": [key("own").as_dict(private=False)]}
        self._answer(pages.get(urlsplit(self.path).path))

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        self._answer(self._provider().token(form, self.headers.get("Authorization", "")))

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _provider(self) -> Provider:
        provider: Provider = self.server.provider  # type: ignore[attr-defined]
        provider.asked.append(urlsplit(self.path).path)
        return provider

    def _answer(self, content: dict[str, Any] | None) -> None:
        status = 503 if self._provider_is_down() else 200 if content is not None else 400
        body = json.dumps(content if content is not None else {"error": "invalid_grant"}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _provider_is_down(self) -> bool:
        return bool(self.server.provider.is_down)  # type: ignore[attr-defined]


@contextmanager
def running() -> Iterator[Provider]:
    """The service on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Desk)
    provider = Provider(f"http://127.0.0.1:{server.server_port}", now=int(time.time()))
    server.provider = provider  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
