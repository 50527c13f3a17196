"""Every answer of the whole application carries the headers of its zone: pages, files, refusals and faults of ours."""

import base64
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from werkzeug.exceptions import TooManyRequests
from werkzeug.test import TestResponse

from app import create_app
from app.core import config, db
from app.core.config import ROOT
from tests.architecture.test_access import routes
from tests.channels.web import album
from tests.mutants import header_mutants

SHEET = (ROOT / "app" / "static" / "citizen.css").read_text("utf-8").strip()
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
CITIZEN = (
    "default-src 'none'; style-src 'sha256-{hash}' 'unsafe-inline'; img-src 'self' data:; media-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
POLICIES = {
    "kiosk": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types sw",
    "desk": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "machine": "default-src 'none'; frame-ancestors 'none'",
}
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), "
    "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), screen-wake-lock=(self), usb=()",
}
OF_THE_PAGE = frozenset((
    "Content-Type", "Content-Length", "Content-Encoding", "Content-Language", "Content-Disposition", "Location",
    "Vary", "ETag", "Last-Modified", "Date", "Allow", "Retry-After", "Set-Cookie", "Clear-Site-Data", "Accept-Ranges",
    "Refresh", "Service-Worker-Allowed", "HX-Push-Url", "HX-Redirect",
))  # fmt: skip
"""What a response may say of itself. Anything else is not ours to send."""
INDEXED = ("/resultater", "/privatliv", "/tilgaengelighed", "/was")
CACHED = {"no-store", "public, max-age=600", "public, max-age=31536000, immutable"}
ASKED_EACH_TIME = ("/kiosk", "/kiosk/sw.js", "/kiosk/app.webmanifest", "/kiosk/pack.json")
"""The shell of the tablet, which must be there without a network: kept, and asked for each time."""
SHOWN = (403, 404, 405, 413, 429, 500, 503)
STATUSES = (400, 401, 403, 404, 405, 413, 415, 422, 429, 500, 503)
Figure = Callable[[str], None]


def policy(html: str) -> str:
    """What a citizen's page must say, with the hash of the very sheet that stands in it."""
    sheet = next(iter(STYLE.findall(html)), SHEET)  # what only leads on has none in it
    return CITIZEN.format(hash=base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode())


def faults(response: TestResponse, *, is_https: bool = False) -> list[str]:
    """What is missing, wrong, twice or not ours."""
    given, path = response.headers, response.request.path
    wanted = EVERYWHERE | {"Content-Security-Policy": _policy(response)}
    is_open = path.startswith(("/api/v1/", "/resultater.atom"))
    wanted["Cross-Origin-Resource-Policy"] = "cross-origin" if is_open else "same-origin"
    wanted |= {"Access-Control-Allow-Origin": "*"} if is_open else {}
    wanted |= {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"} if is_https else {}
    is_found = response.status_code == 200 and (path == "/" or path.startswith(INDEXED))
    wanted |= {} if is_found else {"X-Robots-Tag": "noindex"}
    found = [f"{name}: {given.getlist(name)}" for name, text in wanted.items() if given.getlist(name) != [text]]
    found += [f"{name} is not ours" for name in set(given.keys()) - set(wanted) - OF_THE_PAGE - {"Cache-Control"}]
    may_be = CACHED | ({"no-cache"} if path in ASKED_EACH_TIME else set())
    is_stale = given.getlist("Cache-Control") != ["no-store"] and response.status_code != 200
    return found + (["may be kept"] if is_stale or given.get("Cache-Control") not in may_be else [])


def _policy(response: TestResponse) -> str:
    zone = _zone(response)
    return policy(response.text) if zone == "citizen" else POLICIES[zone]


def _zone(response: TestResponse) -> str:
    if response.mimetype != "text/html":
        return "machine"
    first = response.request.path.split("/")[1]
    return first if first in ("desk", "kiosk") else "citizen"


@pytest.mark.requirement("R19")
def test_every_address_answers_with_the_headers_of_its_zone(app: Flask, content: None, figure: Figure) -> None:
    client = app.test_client()
    answers = {(route.method, route.rule): route.ask(client) for route in routes(app)}

    assert {route: wrong for route, answer in answers.items() if (wrong := faults(answer))} == {}
    assert {_zone(answer) for answer in answers.values()} >= {"citizen", "desk", "machine"}
    figure(f"all headers exact on {len(answers)} addresses")


@contextmanager
def failing(app: Flask, error: Exception) -> Iterator[None]:
    """Every view fails meanwhile."""
    views = dict(app.view_functions)

    def failed(view: Any) -> Any:
        def fail(**_: object) -> None:
            raise error

        fail.access = getattr(view, "access", frozenset())  # type: ignore[attr-defined]
        return fail

    app.view_functions.update({name: failed(view) for name, view in views.items()})
    yield
    app.view_functions.update(views)


def provoked(app: Flask) -> Iterator[TestResponse]:
    """Every no and every fault, to citizens, staff, tablets and machines."""
    ours = {"Sec-Fetch-Site": "same-origin"}
    ask = app.test_client().open
    for path in ("/s/GH1", "/kiosk/enrol", "/desk/login", "/kiosk/api/v1/responses", "/sms/twilio", "/findes-ikke"):
        yield ask(path, method="POST", headers={"Sec-Fetch-Site": "cross-site"})
        yield ask(path, method="POST", headers=ours, data={"file": (io.BytesIO(b"x"), "x.txt")})
        yield ask(path, method="POST", headers=ours, data={"t": "x" * 70_000})
        yield ask(path, method="POST", headers=ours)
        yield ask(path, method="PUT", headers=ours)
        yield ask(path, headers={"Host": "ond.example"})
        for error in (TooManyRequests(retry_after=3), ZeroDivisionError(), db.Busy()):
            with failing(app, error):
                yield ask(path, method="POST", headers=ours)


@contextmanager
def another(environ: dict[str, str]) -> Iterator[Flask]:
    """An application of its own, which leaves no connection behind."""
    app = create_app(config.load(environ))
    yield app
    with app.app_context():
        db.db.session.remove()
        db.db.engine.dispose()


@pytest.mark.requirement("R19")
def test_every_no_and_every_fault_carries_them_too_also_over_tls(environ: dict[str, str], figure: Figure) -> None:
    with another(environ | {"STEMME_PUBLIC_BASE_URL": "https://localhost"}) as app:
        answers = list(provoked(app))

    assert {(one.request.path, one.status): wrong for one in answers if (wrong := faults(one, is_https=True))} == {}
    assert {one.status_code for one in answers} >= set(STATUSES)
    figure(f"and on {len(answers)} refusals and faults of {len({one.status_code for one in answers})} kinds")


@pytest.mark.requirement("R19", mutants=True)
def test_headers_on_what_works_only_are_caught(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    header_mutants.on_what_works_only(monkeypatch)

    with another(environ) as app:
        assert any(faults(one) for one in provoked(app))


def test_every_citizens_page_allows_its_own_sheet_and_nothing_else() -> None:
    for lang in ("da", "ar"):
        for name, page in album.of(lang).items():
            assert dict(page.headers)["Content-Security-Policy"] == policy(page.html), name


@pytest.mark.parametrize("status", SHOWN)
def test_every_refusal_and_every_fault_carries_them_too(status: int) -> None:
    response = album.headers_of_errors()[status]

    assert response.status_code == status
    assert response.headers["Content-Security-Policy"] == policy(response.text)
    assert response.headers["Cache-Control"] == "no-store"
    assert faults(response) == []


@pytest.mark.parametrize("name", [*EVERYWHERE, "Content-Security-Policy", "Cache-Control"])
def test_a_header_that_is_missing_or_changed_is_found(name: str) -> None:
    for planted in (None, "x"):
        response = album.demo().test_client().get("/")
        del response.headers[name]
        if planted and name != "Cache-Control":
            response.headers[name] = planted

        assert faults(response) != []
