"""Somebody at a browser without script: reads pages, fills in forms, presses buttons, follows what comes."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask

from tests.desk.accounts.factories import Browser

XHTML = "{http://www.w3.org/1999/xhtml}"
Filled = Mapping[str, str | Sequence[str]]


class Person:
    """One browser with its page."""

    def __init__(self, app: Flask, lang: str = "da") -> None:
        self.client = Browser(app, app.response_class)
        self.lang = lang
        self.address = "/"
        self.status = 0
        self.page = Element("html")

    def open(self, address: str) -> "Person":
        """Go to an address."""
        self._show(self.client.get(address, headers=self._headers(), follow_redirects=True))
        return self

    def press(self, button: str, filled: Filled | None = None) -> "Person":
        """Fill in the form that holds this button, and press it."""
        form, pressed = self._form_with(button)
        fields = [*_standing_in(self._fields_of(form)), *_as_pairs(pressed)]
        fields = [pair for pair in fields if pair[0] not in (filled or {})] + _pairs(filled or {})
        action = (form.get("action") or self.address).split("#")[0]
        if (form.get("method") or "get").lower() == "get":
            return self.open(f"{action}?{urlencode(fields)}")
        body = urlencode(fields)
        sent = self.client.post(
            action, data=body, content_type="application/x-www-form-urlencoded", headers=self._headers(),
            follow_redirects=True,
        )  # fmt: skip
        self._show(sent)
        return self

    def follow(self, words: str) -> "Person":
        """Follow the first link with these words."""
        link = next(a for a in self.page.iter(f"{XHTML}a") if words in text_of(a))
        return self.open(link.get("href") or "/")

    @property
    def text(self) -> str:
        """What stands on the page."""
        return text_of(next(self.page.iter(f"{XHTML}body")))

    def links(self, begin: str) -> list[str]:
        """The addresses of the page's links that begin like this, each once, in order."""
        found = (a.get("href") or "" for a in self.page.iter(f"{XHTML}a"))
        return list(dict.fromkeys(address for address in found if address.startswith(begin)))

    def has_script_or_cookie(self) -> bool:
        """Whether the page brings a script, or the browser holds a cookie."""
        return any(True for _ in self.page.iter(f"{XHTML}script")) or bool(self.client._cookies)

    def _form_with(self, button: str) -> tuple[Element, Element]:
        for form in self.page.iter(f"{XHTML}form"):
            for pressed in form.iter(f"{XHTML}button"):
                if text_of(pressed) == button:
                    return form, pressed
        buttons = [text_of(b) for b in self.page.iter(f"{XHTML}button")]
        raise AssertionError(f"no button {button!r} at {self.address} ({self.status}); there are {buttons}")

    def _fields_of(self, form: Element) -> list[Element]:
        """The fields inside a form, and those elsewhere that name it."""
        elsewhere = [one for one in self.page.iter() if form.get("id") and one.get("form") == form.get("id")]
        inside = [one for one in form.iter() if one.get("form") in (None, form.get("id"))]
        return [*inside, *(one for one in elsewhere if one not in inside)]

    def _headers(self) -> dict[str, str]:
        return {"Accept-Language": self.lang}

    def _show(self, answer: object) -> None:
        self.status = answer.status_code  # type: ignore[attr-defined]
        self.address = answer.request.full_path.rstrip("?")  # type: ignore[attr-defined]
        self.page = html5lib.parse(answer.get_data(as_text=True))  # type: ignore[attr-defined]


def text_of(element: Element) -> str:
    """The words of an element, one blank between any two."""
    return " ".join(" ".join(element.itertext()).split())


def _standing_in(fields: list[Element]) -> list[tuple[str, str]]:
    """What a form would send as it stands."""
    found = []
    for field in fields:
        name, tag, kind = field.get("name"), field.tag.removeprefix(XHTML), field.get("type")
        if name is None or field.get("disabled") is not None or tag == "button":
            continue
        if tag == "select":
            found.append((name, _chosen(field)))
        elif tag == "textarea":
            found.append((name, "".join(field.itertext())))
        elif kind not in ("checkbox", "radio", "submit") or field.get("checked") is not None:
            found.append((name, field.get("value") or ""))
    return found


def _chosen(select: Element) -> str:
    options = list(select.iter(f"{XHTML}option"))
    chosen = next((option for option in options if option.get("selected") is not None), options[0])
    value = chosen.get("value")
    return text_of(chosen) if value is None else value


def _as_pairs(pressed: Element) -> list[tuple[str, str]]:
    name = pressed.get("name")
    return [(name, pressed.get("value") or "")] if name else []


def _pairs(filled: Filled) -> list[tuple[str, str]]:
    return [(name, one) for name, value in filled.items() for one in ([value] if isinstance(value, str) else value)]
