"""Forty hostile texts by every way in, and no page, file or answer where one of them is more than a text."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.journeys import planting
from tests.journeys.hostile_texts import HALVES, NAME, PAYLOADS, careless, complaints
from tests.requirements import IN_FULL

pytestmark = pytest.mark.one_database

HREF = re.compile(r'(?:href|action)="(/[^"#]*)')
ROLES = {
    "public": ("/", "/s/GH1", "/s/GH2", "/kvittering", "/hjaelp?sted=GH1"),
    "moderator": ("/desk/queue", "/desk/sites/GH1", "/desk/search", "/desk/alerts"),
    "admin": ("/desk/sites", "/desk/kiosks", "/desk/users", "/desk/surveys"),
    "analyst": ("/desk/codebook/draft", "/desk/export", "/desk/codebook/import"),
    "staff": ("/desk", "/desk/sites/GH1/print"),
}  # fmt: skip
MOST = 200 if IN_FULL else 10
SLOW = () if IN_FULL else (".pdf", "/desk/languages")
Figure = Callable[[str], None]
SignIn = Callable[..., FlaskClient]


@pytest.mark.requirement("R19")
def test_every_payload_is_seen_on_a_careless_page() -> None:
    assert [payload for payload in PAYLOADS if not any(map(complaints, careless(payload)))] == []


@pytest.mark.requirement("R19")
def test_forty_payloads_stay_texts_on_every_page_and_in_every_file(app: Flask, sign_in: SignIn, figure: Figure) -> None:
    planting.everything(app, sign_in)

    looked = [one for role, starts in ROLES.items() for one in walk(client_of(app, sign_in, role), starts)]
    looked += list(asked_for(sign_in("moderator"), app.test_client()))

    assert {one.request.path: wrong for one in looked if (wrong := faults(one))} == {}
    shown = unescape("".join(one.text for one in looked if one.mimetype == "text/html"))
    assert [payload for payload in (*PAYLOADS, NAME) if payload not in shown] == []
    figure(f"{len(PAYLOADS)} payloads inert in {len(looked)} pages and files")


def client_of(app: Flask, sign_in: SignIn, role: str) -> FlaskClient:
    return app.test_client() if role == "public" else sign_in(role, "GH1" if role == "staff" else None)


def walk(client: FlaskClient, starts: tuple[str, ...]) -> Iterator[TestResponse]:
    """Every page that can be reached from here by links, a few of each kind."""
    ahead, seen, kinds = list(starts), set(starts), Counter[str]()
    while ahead and len(seen) < 10 * MOST and kinds.total() < MOST:
        address = ahead.pop(0)
        answer = client.get(address)
        kinds[re.sub(r"[0-9a-f]{16,}|\d+", "…", address.split("?")[0])] += 1
        yield answer
        for found in map(unescape, HREF.findall(answer.text if answer.mimetype == "text/html" else "")):
            kind = re.sub(r"[0-9a-f]{16,}|\d+", "…", found.split("?")[0])
            if (
                found not in seen
                and "/static/" not in found
                and not any(one in found for one in SLOW)
                and kinds[kind] < 6
                and not found.startswith("//")
            ):
                seen.add(found)
                ahead.append(found)


def asked_for(moderator: FlaskClient, citizen: FlaskClient) -> Iterator[TestResponse]:
    """What is typed comes back on some pages."""
    for payload in (NAME, *HALVES):
        for address in ("/", "/s/GH1", "/desk/queue", "/desk/search", "/resultater", "/kvittering", "/kiosk"):
            for field in ("lang", "kode", "t", "q", "next", "tray"):
                if IN_FULL or field in ("kode", "q"):
                    yield (moderator if address.startswith("/desk") else citizen).get(
                        address, query_string={field: payload}
                    )
        yield citizen.post("/kvittering", data={"kode": payload}, headers={"Origin": "null"})
        yield citizen.post("/s/GH1", data={"t": payload, "act": payload, "words-change": payload})
        yield citizen.get(f"/s/{payload[:60]}")


def faults(answer: TestResponse) -> list[str]:
    if answer.mimetype == "text/html":
        return complaints(answer.text)
    is_closed = answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    return [] if is_closed and answer.headers["X-Content-Type-Options"] == "nosniff" else ["may be taken for a page"]
