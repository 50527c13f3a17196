"""The headers of every response, also of errors: what a browser may load, keep and tell."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request

from app.core import config

CITIZEN_CSS = (Path(__file__).resolve().parents[1] / "static" / "citizen.css").read_text("utf-8").strip()
"""The one sheet of the citizens' pages, inlined, so that a page is one request."""

_STYLE_HASH = base64.b64encode(hashlib.sha256(CITIZEN_CSS.encode()).digest()).decode()
_LOCKED = "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
POLICIES = {
    # Browsers that know hashes ignore 'unsafe-inline' beside one; old telephones need it to show the sheet at all.
    "citizen": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}' 'unsafe-inline'; "
    f"img-src 'self' data:; media-src 'self'; {_LOCKED}",
    "kiosk": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    f"connect-src 'self'; worker-src 'self'; manifest-src 'self'; {_LOCKED}; "
    "require-trusted-types-for 'script'; trusted-types sw",
    "desk": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    f"connect-src 'self'; {_LOCKED}",
    # A browser plays a sound on a page of its own making, which lives under the policy the sound came with.
    "sound": "default-src 'none'; media-src 'self'; frame-ancestors 'none'",
    "machine": "default-src 'none'; frame-ancestors 'none'",
}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), "
    "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), screen-wake-lock=(self), usb=()",
}
_HSTS = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
_INDEXED = ("/resultater", "/privatliv", "/tilgaengelighed", "/was")
_OPEN_DATA = ("/api/v1/", "/resultater.atom")


def init(app: Flask) -> None:
    """Put the headers on every response of the app."""
    app.after_request(_dress)


def is_of_the_desk() -> bool:
    """Whether the page that is asked for is the desk's: where citizens have no side, every page and every error is."""
    settings = config.settings()
    return settings.has_desk_side and (request.path.startswith("/desk") or not settings.has_citizen_side)


def zone(response: Response) -> str:
    """Which policy a response lives under. A worker lives under the policy it came with, and it must fetch."""
    if request.path == "/kiosk/sw.js" and response.mimetype == "text/javascript":
        return "kiosk"
    if (response.mimetype or "").startswith("audio/"):
        return "sound"
    if response.mimetype != "text/html":
        return "machine"
    if is_of_the_desk():
        return "desk"
    return "kiosk" if request.path.startswith("/kiosk") else "citizen"


@cache
def _fixed(policy: str, *, is_open_data: bool) -> tuple[tuple[str, str], ...]:
    """What every response of a zone carries; put together once, since every text message is one."""
    shared = {"Cross-Origin-Resource-Policy": "same-origin"}
    if is_open_data:
        shared = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
    return tuple({**ALWAYS, "Content-Security-Policy": POLICIES[policy], **shared}.items())


def for_machines() -> tuple[tuple[str, str], ...]:
    """What the answer to a text carries, which no browser reads."""
    return of_machines(is_https=config.settings().is_https)


@cache
def of_machines(*, is_https: bool) -> tuple[tuple[str, str], ...]:
    last = (("X-Robots-Tag", "noindex"), ("Cache-Control", "no-store"))
    return (*_fixed("machine", is_open_data=False), *((_HSTS,) if is_https else ()), *last)


def _dress(response: Response) -> Response:
    asked, status, headers = request._get_current_object(), response.status_code, response.headers  # type: ignore[attr-defined]
    path: str = asked.path
    headers.extend(_fixed(zone(response), is_open_data=path.startswith(_OPEN_DATA)))
    if config.settings().is_https:
        headers.add(*_HSTS)
    if status != 200 or not (path == "/" or path.startswith(_INDEXED)):
        headers["X-Robots-Tag"] = "noindex"
    if asked.endpoint == "static" and status == 200:
        headers["Cache-Control"] = "public, max-age=31536000, immutable"
    elif "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store"
    return response
