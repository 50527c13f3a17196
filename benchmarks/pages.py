"""Pages of a survey: people walk from the poster to "Send", 100 requests a second, each timed from when it was due."""

import gzip
import http.client
import re
import tempfile
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import zip_longest
from pathlib import Path

from benchmarks import steady
from benchmarks.servers import Server

AT_STEADY, STEADY = 100, 20  # requests a second, seconds
WALK = (
    {"act": "start"},
    {"act": "next", "answer": "4"},
    {"act": "next", "answer": "staff"},
    {"act": "next", "answer": "yes"},
    {"act": "next", "answer": "yes"},
    {"act": "send", "words-change": "Der mangler senge om natten", "code": "1"},
)
PLACE = "/s/GH1"
SIDE_BY_SIDE = 10  # people on their way at any moment


@dataclass(frozen=True)
class Asked:
    """One request of a walk; a form where there is one."""

    address: str
    form: str = ""


def on_sqlite() -> dict[str, float]:
    """The slowest twentieth of pages and of steps in milliseconds, on SQLite with synchronous=FULL."""
    with tempfile.TemporaryDirectory() as name:
        server = Server.of_stemme(Path(name), processes=2)
        try:
            requests = list(_interleaved(server.url))[: AT_STEADY * STEADY]
            taken = steady.paced(lambda asked: _ask(server.url, asked), requests, a_second=AT_STEADY)
        finally:
            server.stop()
    timed = list(zip(requests, taken, strict=True))
    figures = {
        "page_p95_ms": _p95([one for asked, one in timed if not asked.form]),
        "step_p95_ms": _p95([one for asked, one in timed if asked.form and "act=send" not in asked.form]),
        "send_p95_ms": _p95([one for asked, one in timed if "act=send" in asked.form]),
    }
    print(f"{len(taken)} requests at {AT_STEADY}/s: " + ", ".join(f"{name} {ms:.1f}" for name, ms in figures.items()))
    return figures


def _interleaved(url: str) -> Iterator[Asked]:
    """The walks of many people, ten of them side by side, each in its own order."""
    people = AT_STEADY * STEADY // (2 * len(WALK)) + SIDE_BY_SIDE
    for _ in range(0, people, SIDE_BY_SIDE):
        for together in zip_longest(*(list(_walk(url)) for _ in range(SIDE_BY_SIDE))):
            yield from (asked for asked in together if asked)


def _walk(url: str) -> Iterator[Asked]:
    """Every page and every form of one person up to "Send", which is left to be pressed when it is timed."""
    address = PLACE
    for form in WALK:
        yield Asked(address)
        (token,) = re.findall(r'name="t" value="([^"]+)"', _ask(url, Asked(address))[1])
        sent = urllib.parse.urlencode({"t": unescape(token), **form})
        yield Asked(PLACE, sent)
        if form["act"] != "send":
            address = _ask(url, Asked(PLACE, sent))[0]


def _ask(url: str, asked: Asked) -> tuple[str, str]:
    """Where it leads and what it says."""
    line = steady.connection(url)
    headers = {"Accept-Encoding": "gzip", "Accept-Language": "da"}
    if asked.form:
        headers |= {"Content-Type": "application/x-www-form-urlencoded"}
    line.request("POST" if asked.form else "GET", asked.address, asked.form or None, headers)
    answer: http.client.HTTPResponse = line.getresponse()
    raw = answer.read()
    text = gzip.decompress(raw).decode() if answer.headers.get("Content-Encoding") == "gzip" else raw.decode()
    if answer.status != (303 if asked.form else 200):
        raise SystemExit(f"{asked.address} was answered with {answer.status}")
    return answer.headers.get("Location", ""), text


def _p95(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95)]
