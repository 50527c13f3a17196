"""What a theme is called, in a reader's language: the names of the codebook."""

import json
from functools import cache
from typing import Any

from flask import current_app

from app.core.config import ROOT
from app.core.i18n import fallbacks

CODEBOOK = ROOT / "content" / "codebook.json"
TRANSLATED = "codebook_names.{lang}.json"
"""Names in a language the codebook itself is not written in, by key."""
VERSION = "codebook_version"
"""What the app calls to learn the desk's version; 0 is none."""


def name(code: str, lang: str) -> str:
    """The name of a theme or sub-theme, by the fallback of the language; the code itself if it is unknown."""
    for candidate in (lang, *fallbacks(lang), "da"):
        found = _names(candidate).get(code)
        if found:
            return found
    return code


def main(code: str) -> str:
    """The main theme of a code: ADG of ADG.LUK."""
    return code.partition(".")[0]


def codes() -> tuple[str, ...]:
    """The main themes in the order of the codebook."""
    return tuple(theme["key"] for theme in _codebook()["themes"])


def version() -> str:
    """Which codebook the themes were counted by: the version the desk has published, else the shipped one."""
    published = current_app.extensions.get(VERSION, lambda: 0)()
    return f"{published or _codebook()['version']}.0"


@cache
def _codebook() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(CODEBOOK.read_text("utf-8"))
    return content


@cache
def _names(lang: str) -> dict[str, str]:
    path = CODEBOOK.parent / TRANSLATED.format(lang=lang)
    if path.exists():
        translated: dict[str, str] = json.loads(path.read_text("utf-8"))["names"]
        return translated
    entries = [entry for theme in _codebook()["themes"] for entry in (theme, *theme.get("sub", ()))]
    return {entry["key"]: entry["name"][lang] for entry in entries if lang in entry["name"]}
