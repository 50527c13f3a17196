"""What a page costs a prepaid telephone, on every address and in every language, by a client of our own."""

import random
import string
from dataclasses import replace

import pytest
from werkzeug.test import TestResponse, run_wsgi_app
from werkzeug.wrappers import Response

from app.core.config import ROOT
from app.core.i18n import LANGUAGES
from tests.channels.web import album
from tests.channels.web.visitor import HEAVIEST_RESULTS, keeps_form_rules, keeps_redirect_rules, keeps_the_weight

TEMPLATES = ROOT / "app" / "templates" / "web"
FROZEN = {"web/results_release.html", "web/results_table.html"}
"""Made when a release is published, not when it is read."""
NOT_FOR_PEOPLE = ("/api/", "/resultater.atom", "/lyd/")
NOISE = "".join(random.Random(1).choices(string.ascii_letters, k=9_000))


def whole_pages() -> set[str]:
    """Every template that is a page and not a part of one."""
    return {f"web/{path.name}" for path in TEMPLATES.glob("*.html") if "{% extends" in path.read_text("utf-8")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_light(lang: str) -> None:
    for page in album.of(lang).values():
        keeps_the_weight(page)


def test_every_address_and_every_template_of_citizens_is_looked_at() -> None:
    addresses = album.demo().url_map.bind("127.0.0.1")
    asked = {str(addresses.match(page.address.partition("?")[0], "GET")[0]) for page in pages() if page.status != 404}
    rules = {
        rule.endpoint
        for rule in album.demo().url_map.iter_rules()
        if rule.endpoint.startswith(("web.", "results.")) and "GET" in (rule.methods or ())
        if not rule.rule.startswith(NOT_FOR_PEOPLE)
    }

    assert rules - asked == {"web.accessibility_statement"}  # it leads on, to a page that is looked at
    assert whole_pages() - FROZEN - album.templates() == set()


def pages() -> list[album.Page]:
    return list(album.of("da").values())


def test_the_line_carries_it_gzipped() -> None:
    response = album.demo().test_client().get("/", headers={"Accept-Encoding": "gzip"})

    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.data) <= album.of("da")["front"].weight * 1.05


@pytest.mark.parametrize(("name", "limit"), [("front", 6 * 1024), ("results", HEAVIEST_RESULTS)])
def test_a_page_that_is_too_heavy_is_found(name: str, limit: int) -> None:
    page = album.of("da")[name]
    keeps_the_weight(replace(page, weight=limit))

    with pytest.raises(AssertionError):
        keeps_the_weight(replace(page, weight=limit + 1))


def test_a_form_that_is_too_heavy_is_found() -> None:
    keeps_form_rules("/s/GH1", {"t": "x" * 900, "answer": ["staff", "food"]})
    keeps_form_rules("/s/GH1", {"t": "x" * 900, "words-change": "س" * 2000})

    for sent in ({"t": NOISE[:3000]}, {"words-change": NOISE * 2}):
        with pytest.raises(AssertionError):
            keeps_form_rules("/s/GH1", sent)


@pytest.mark.parametrize(
    ("address", "body"), [(f"/s/GH1?t={NOISE[:1100]}", b""), ("https://ond.example/", b""), ("/s/GH1", b"Tak")]
)
def test_a_redirect_that_is_too_long_leads_away_or_has_a_body_is_found(address: str, body: bytes) -> None:
    planted = Response(body, 303, {"Location": address})

    with pytest.raises(AssertionError):
        keeps_redirect_rules(answer(planted))


def answer(planted: Response) -> TestResponse:
    app_iter, status, headers = run_wsgi_app(planted, {"REQUEST_METHOD": "GET", "wsgi.url_scheme": "http"})
    return TestResponse(app_iter, status, headers, None)  # type: ignore[arg-type]
