"""Every answer of the whole application carries the headers of its zone: pages, files, refusals and faults of ours."""

import base64
import hashlib
import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.core import headers
from tests.architecture.test_access import routes
from tests.channels.web import album

STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
CITIZEN = (
    "default-src 'none'; style-src 'sha256-{hash}' 'unsafe-inline'; img-src 'self' data:; media-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
STATUSES = (403, 404, 405, 413, 429, 500, 503)


def policy(html: str) -> str:
    """What a citizen's page must say, with the hash of the very sheet that stands in it."""
    (sheet,) = STYLE.findall(html)
    return CITIZEN.format(hash=base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode())


def faults(response: TestResponse) -> list[str]:
    """What is missing or twice."""
    given = response.headers
    found = [
        f"{name}: {given.getlist(name)}" for name, value in headers.ALWAYS.items() if given.getlist(name) != [value]
    ]
    policies = given.getlist("Content-Security-Policy")
    found += [f"policies: {policies}"] if policies != [headers.POLICIES[_zone(response)]] else []
    found += [] if given.get("Cache-Control") else ["may be kept for ever"]
    return found + (["a server's name"] if given.get("X-Powered-By") else [])


def _zone(response: TestResponse) -> str:
    if response.mimetype != "text/html":
        return "machine"
    first = response.request.path.split("/")[1]
    return first if first in ("desk", "kiosk") else "citizen"


def test_every_address_answers_with_the_headers_of_its_zone(app: Flask, content: None) -> None:
    client = app.test_client()
    answers = {(route.method, route.rule): route.ask(client) for route in routes(app)}

    assert {route: wrong for route, answer in answers.items() if (wrong := faults(answer))} == {}
    assert {_zone(answer) for answer in answers.values()} >= {"citizen", "desk", "machine"}


def test_every_citizens_page_allows_its_own_sheet_and_nothing_else() -> None:
    for lang in ("da", "ar"):
        for name, page in album.of(lang).items():
            assert dict(page.headers)["Content-Security-Policy"] == policy(page.html), name


@pytest.mark.parametrize("status", STATUSES)
def test_every_refusal_and_every_fault_carries_them_too(status: int) -> None:
    response = album.headers_of_errors()[status]

    assert response.status_code == status
    assert response.headers["Content-Security-Policy"] == policy(response.text)
    assert response.headers["Cache-Control"] == "no-store"
    assert faults(response) == []


@pytest.mark.parametrize("name", [*headers.ALWAYS, "Content-Security-Policy", "Cache-Control"])
def test_a_header_that_is_missing_or_changed_is_found(name: str) -> None:
    for planted in (None, "x"):
        response = album.demo().test_client().get("/")
        del response.headers[name]
        if planted and name != "Cache-Control":
            response.headers[name] = planted

        assert faults(response) != []
