"""A visitor without script or cookies: reads pages as strictly as the standard, fills in what it sees, presses."""

import gzip
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from xml.etree import ElementTree

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

HEAVIEST = 6 * 1024  # bytes of a page on the line
HEAVIEST_RESULTS = 10 * 1024
HEAVIEST_CHOICE = 2 * 1024  # bytes of a form with choices
HEAVIEST_WORDS = 16 * 1024  # bytes of a form with words
LONGEST_ADDRESS = 1000
HEAVIEST_REDIRECT = 1500  # bytes with headers


@dataclass
class Page:
    """A page as it was read."""

    address: str
    status: int
    html: str
    weight: int
    headers: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        self.tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(self.html)

    def all(self, name: str) -> Iterator[ElementTree.Element]:
        return self.tree.iter(name)

    @property
    def h1(self) -> str:
        return " ".join(text_of(heading) for heading in self.all("h1"))

    @property
    def title(self) -> str:
        return text_of(next(self.all("title")))

    @property
    def text(self) -> str:
        return text_of(self.tree.find("body"))

    @property
    def code(self) -> str:
        """The four words of a thanks page."""
        return next(text_of(one) for one in self.all("p") if one.get("class") == "c")

    def button(self, value: str) -> tuple[ElementTree.Element, ElementTree.Element]:
        for form in self.all("form"):
            for button in form.iter("button"):
                if button.get("value", "") == value:
                    return form, button
        raise AssertionError(f"no button {value!r} on {self.address}")


class Visitor:
    """Every page it meets must keep the rules of all citizens' pages."""

    def __init__(self, client: FlaskClient, lang: str = "da") -> None:
        self.client, self.lang = client, lang
        self.page: Page

    def visit(self, address: str) -> "Visitor":
        assert len(address) <= LONGEST_ADDRESS
        response = self._ask("GET", address)
        while response.status_code in (302, 303):
            keeps_redirect_rules(response)
            address = response.headers["Location"]
            response = self._ask("GET", address)
        self._read(address, response)
        return self

    def press(self, value: str, **fields: str | list[str]) -> "Visitor":
        form, button = self.page.button(value)
        sent: dict[str, str | list[str]] = {}
        for field in form.iter("input"):
            if field.get("type") == "hidden" or (field.get("checked") is not None and field.get("name") not in fields):
                sent[field.get("name", "")] = field.get("value", "")
        for area in form.iter("textarea"):
            sent[area.get("name", "")] = (area.text or "").removeprefix("\n")
        sent |= fields
        if button.get("name"):
            sent[button.get("name", "")] = value
        if form.get("method") == "get":
            return self.visit(f"{form.get('action')}?" + "&".join(f"{name}={text}" for name, text in sent.items()))
        response = self._ask("POST", form.get("action", ""), sent)
        if response.status_code == 303:
            keeps_redirect_rules(response)
            return self.visit(response.headers["Location"])
        assert response.status_code >= 400, "a POST ends in a 303 or in what was wrong"
        self._read(form.get("action", ""), response)
        return self

    def follow(self, text: str, number: int = 0) -> "Visitor":
        found = [link for link in self.page.all("a") if text_of(link) == text]
        assert found, f"no link {text!r} on {self.page.address}: {self.page.text}"
        return self.visit(found[number].get("href", ""))

    def _ask(self, method: str, address: str, sent: dict[str, str | list[str]] | None = None) -> TestResponse:
        headers = {"Accept-Language": self.lang} | ({"Origin": "null"} if method == "POST" else {})
        with self.client.application.app_context():  # every request has a context of its own, as on a server
            return self.client.open(address, method=method, data=sent, headers=headers)

    def _read(self, address: str, response: TestResponse) -> None:
        keeps_the_rules(address, response)
        html = response.get_data(as_text=True)
        weight = len(gzip.compress(html.encode(), 9))
        self.page = Page(address, response.status_code, html, weight, tuple(response.headers))
        keeps_the_weight(self.page)
        keeps_the_form(self.page)


def keeps_the_weight(page: Page) -> None:
    """What a page may cost a prepaid telephone."""
    heaviest = HEAVIEST_RESULTS if page.address.startswith("/resultater") else HEAVIEST
    assert page.weight <= heaviest, f"{page.address} weighs {page.weight}"


def keeps_form_rules(address: str, sent: Mapping[str, str | list[str]]) -> None:
    """What a press may cost; words of 2,000 Arabic letters still fit."""
    heaviest = HEAVIEST_WORDS if any(name.startswith("words-") for name in sent) else HEAVIEST_CHOICE
    weight = len(address) + len(urlencode(sent, doseq=True))
    assert weight <= heaviest, f"a form to {address} weighs {weight}"


def keeps_redirect_rules(response: TestResponse) -> None:
    """Short, without a body, and to one of our own pages."""
    address = response.headers["Location"]
    assert response.data == b""
    assert sum(len(name) + len(value) + 4 for name, value in response.headers) <= HEAVIEST_REDIRECT
    assert address.startswith("/")
    assert not address.startswith("//")
    assert len(address) <= LONGEST_ADDRESS


def keeps_the_rules(address: str, response: TestResponse) -> None:
    """No cookie, nothing stored, nothing loaded from anywhere."""
    headers = response.headers
    is_frozen = address.startswith("/resultater") and response.status_code == 200
    assert "Set-Cookie" not in headers
    assert headers["Cache-Control"] == ("public, max-age=600" if is_frozen else "no-store")
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "script-src" not in headers["Content-Security-Policy"]


def keeps_the_form(page: Page) -> None:
    """What the standard does not say, but every reader needs."""
    html = page.tree
    assert html.get("lang")
    assert html.get("dir") in ("ltr", "rtl")
    assert len(list(page.all("h1"))) == 1
    assert not list(page.all("script"))
    assert not list(page.all("iframe"))
    assert [link.get("href") for link in page.all("link")] == ["data:,"]
    ids = [one.get("id") for one in html.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    labelled = {label.get("for") for label in page.all("label")}
    for field in [*page.all("input"), *page.all("textarea")]:
        assert field.get("type") == "hidden" or field.get("id") in labelled
    for one in html.iter():
        assert not [name for name in one.attrib if name == "style" or name.startswith("on")], one.attrib
        assert not re.match("javascript:", one.get("href", ""), re.IGNORECASE)
        assert one.get("src") is None
    for form in page.all("form"):
        assert form.get("autocomplete") == "off"
    for button in page.all("button"):
        assert text_of(button)
        assert button.get("disabled") is None
        assert button.get("type", "submit") == "submit"
    if page.status < 500:
        assert any(link.get("href") == "tel:112" for link in page.all("a"))


def text_of(element: ElementTree.Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
