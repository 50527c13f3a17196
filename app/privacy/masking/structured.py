"""Addresses of the net and plates: what is recognised by its form alone."""

import re
from collections.abc import Iterator

from app.privacy.masking import lists, span
from app.privacy.masking.span import Span

_DOT = r"(?:\.| ?\b(?:punktum|dot|prik)\b ?| ?[(\[](?:punktum|dot|prik|\.)[)\]] ?)"
_AT_IN_WORDS = r"(?: ?[(\[{] ?(?:at|a|@|snabel-? ?a) ?[)\]}] ?| ?\bsnabel-? ?a\b ?)"
_MAIL = re.compile(r"(?<![^\s@])[^\s@]*\w@\w[^\s@]*")
_SPACED_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64} {0,2}@ {0,2}[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_MAIL_IN_WORDS = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}{_AT_IN_WORDS}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,4}}", re.IGNORECASE
)
_MAIL_IN_ENGLISH = re.compile(r"(?<![\w.+-])[\w.+-]{1,64} at [\w-]{1,63} dot \w{2,10}\b", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@.])@\w[\w.]{2,30}")
_URL = re.compile(r"\b(?:[a-z]{3,6}://|www\.)[^\s<>\"]+", re.IGNORECASE)
_HOST_WITH_PATH = re.compile(r"(?<![\w@./-])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}/[^\s<>\"]*", re.IGNORECASE)
_HOST = re.compile(
    r"(?<![\w@./-])[\w-]+(?:\.[\w-]+)*(?:\.| punktum | dot )"
    r"(?:dk|com|org|net|eu|info|gl|fo|io|example|test)(?![\w/]|\.\w)",
    re.IGNORECASE,
)
_PLATE = re.compile(r"(?<![^\W_])([A-ZÆØÅ]{2})[ .-]?\d{2}[ .-]?\d{3}(?![\d])(?! ?kr)")
_SMALL_PLATE = re.compile(r"(?<![^\W_])([a-zæøå]{2})[ .-]?\d{2}[ .-]?\d{3}(?!\d)(?! ?kr)", re.IGNORECASE)
_PLATE_CUE = re.compile(
    r"(?:bil|plade|vogn|taxa|knallert|motorcykel|scooter|trailer|mercedes|audi|bmw|toyota|golf"
    r"|reg(?:nr|\.)|indregistr|parker|kører)",
    re.IGNORECASE,
)
PLATE_CUE_REACH = 60
_ENDING = ".,;:!?)»”’'\"]}"


def find(text: str) -> Iterator[Span]:
    """Mail and web addresses, user names and number plates of a folded text."""
    for pattern in (_MAIL, _SPACED_MAIL, _MAIL_IN_WORDS, _MAIL_IN_ENGLISH):
        for match in pattern.finditer(text):
            yield Span("email", *_trimmed(text, *match.span()), span.EMAIL)
    for match in _HANDLE.finditer(text):
        yield Span("name", *_trimmed(text, *match.span()), span.HANDLE)
    for pattern in (_URL, _HOST_WITH_PATH, _HOST):
        for match in pattern.finditer(text):
            if match.group().lower() not in lists.rule("public_hosts"):
                yield Span("url", *_trimmed(text, *match.span()), span.URL)
    yield from _plates(text)


def _plates(text: str) -> Iterator[Span]:
    for match in _PLATE.finditer(text):
        if match.group(1).lower() not in lists.rule("no_plate"):
            yield Span("plate", *match.span(), span.PLATE)
    for match in _SMALL_PLATE.finditer(text):
        around = text[max(0, match.start() - PLATE_CUE_REACH) : match.end() + PLATE_CUE_REACH // 2]
        if match.group(1).lower() not in lists.rule("no_plate") and _PLATE_CUE.search(around):
            yield Span("plate", *match.span(), span.PLATE)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the brackets, quotes and full stops that belong to the sentence."""
    while end > start + 1 and text[end - 1] in _ENDING:
        end -= 1
    while start < end - 1 and text[start] in "(«“\"'<[{":
        start += 1
    return start, end
