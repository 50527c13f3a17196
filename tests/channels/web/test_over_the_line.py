"""The whole journey by the plainest client there is, over a real line: no script, no cookie, one request a page."""

import gzip
import http.client
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.wrappers import Response

from tests.browser.conftest import served
from tests.channels.web import factories
from tests.channels.web.test_journey import to_last_page
from tests.channels.web.visitor import Visitor, keeps_the_rules


class OverTheLine(Visitor):
    """Speaks HTTP through a socket, takes gzip, keeps nothing between requests."""

    def __init__(self, address: str, lang: str) -> None:
        self.line = urlsplit(address).netloc
        self.lang, self.requests = lang, 0

    def _ask(self, method: str, address: str, sent: object = None) -> Response:  # type: ignore[override]
        self.requests += 1
        connection = http.client.HTTPConnection(self.line, timeout=10)
        headers = {"Accept-Language": self.lang, "Accept-Encoding": "gzip"}
        if method == "POST":
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": "null"}
        connection.request(method, address, urlencode(sent or {}, doseq=True), headers)  # type: ignore[call-overload]
        answer = connection.getresponse()
        raw, given = answer.read(), Headers(answer.getheaders())
        connection.close()
        return Response(gzip.decompress(raw) if given.get("Content-Encoding") == "gzip" else raw, answer.status, given)


@pytest.fixture
def line(app: Flask, content: None) -> Iterator[str]:
    with served(app) as address:
        yield address


@pytest.mark.parametrize("lang", ["da", "ar"])
def test_answer_receipt_and_taking_it_back_need_nothing_but_http(line: str, lang: str) -> None:
    visitor = OverTheLine(line, lang)
    to_last_page(visitor).press("send", **{"words-change": "Flere senge", "code": "1"})
    words = visitor.page.code
    assert len(factories.stored()) == 1
    visitor.visit("/kvittering").press("", kode=words.upper())
    leads_on = next(link.get("href", "") for link in visitor.page.all("a") if link.get("class") == "b n")
    visitor.visit(leads_on).press("delete")

    assert visitor.page.tree.get("lang") == lang
    assert factories.stored() == []


def test_a_step_is_one_post_and_one_page(line: str) -> None:
    visitor = OverTheLine(line, "da")
    visitor.visit("/s/GH1")
    assert visitor.requests == 1
    visitor.press("start")

    assert visitor.requests == 3


def test_a_cookie_or_a_page_that_is_kept_is_found() -> None:
    good = {
        "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "Content-Security-Policy": "default-src 'none'"
    }  # fmt: skip
    keeps_the_rules("/", Response(headers=good))  # type: ignore[arg-type]

    for planted in (
        {"Set-Cookie": "a=1"}, {"Cache-Control": "private, max-age=0"}, {"Referrer-Policy": "origin"},
        {"Content-Security-Policy": "default-src 'none'; script-src 'self'"},
    ):  # fmt: skip
        with pytest.raises(AssertionError):
            keeps_the_rules("/", Response(headers=good | planted))  # type: ignore[arg-type]
