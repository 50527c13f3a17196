"""The public pages of results and of the track, with five years of objects on them: 20 readers a second."""

import gzip
import http.client
import tempfile
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from app import create_app
from app.core import config
from app.core.db import db
from app.publication import track
from app.publication.track import Entry, Link
from benchmarks import steady
from benchmarks.servers import Server

AT_STEADY, STEADY = 20, 30  # requests a second, seconds
EACH = 60
"""So many findings, proposals, decisions and actions: twelve of each a year."""
STEADY_PAGES = ("/resultater", "/resultater/spor", "/resultater/spor/fund", "/resultater/kort", "/resultater.atom")
DATA = "/api/v1/track.json"
FIRST = date(2021, 1, 4)
PHASES = ("listen_first", "midway", "last_round", "next_phase_decided")
WORDS = "Mange savner, at huset har åbent om aftenen. De siger, at døren er låst, når de har brug for et sted at være."
SAID: Mapping[str, Mapping[str, Any]] = {
    "finding": {"counter_evidence": WORDS * 2, "body": WORDS * 4, "peers": [{"verdict": "agree", "words": WORDS}]},
    "proposal": {"recipient_name": "Regionen", "submitted_on": "2026-01-05", "answer_due": "2026-03-02"},
    "decision": {"outcome": "adjust", "reason": WORDS, "body": WORDS * 3, "decided_on": "2026-02-02"},
    "action": {"owner": "Huset", "due": "2026-04-01", "progress": 40, "milestones": []},
}
CHAIN = (
    ("finding", "U", "published", ""),
    ("proposal", "F", "submitted", "stands_on"),
    ("decision", "B", "published", "answers"),
    ("action", "A", "started", "carries_out"),
)


def on_sqlite() -> dict[str, float]:
    """The slowest twentieth in milliseconds, and the heaviest page as it is sent, in kB."""
    with tempfile.TemporaryDirectory() as name:
        server = Server.of_stemme(Path(name), processes=2)
        try:
            _fill(Path(name) / "instance")
            codes = [f"{letter}{number}" for _, letter, *_ in CHAIN for number in range(1, EACH + 1)]
            addresses = [*STEADY_PAGES, DATA, *(f"/resultater/spor/{code}" for code in (*codes, *PHASES))]
            sizes = {address: _ask(server.url, address) for address in addresses}
            asked = (addresses * (AT_STEADY * STEADY // len(addresses) + 1))[: AT_STEADY * STEADY]
            taken = sorted(steady.paced(lambda address: _ask(server.url, address), asked, a_second=AT_STEADY))
        finally:
            server.stop()
    heaviest = max((size, address) for address, size in sizes.items() if address != DATA)
    print(f"{len(taken)} requests at {AT_STEADY}/s; {heaviest[1]} is the heaviest page")
    return {"page_p95_ms": taken[int(len(taken) * 0.95)], "heaviest_kb": heaviest[0] / 1000}


def _fill(instance: Path) -> None:
    """Chains from findings to actions beside those of the demo."""
    with create_app(config.load({"STEMME_INSTANCE_DIR": str(instance)})).app_context():
        for number in range(1, EACH + 1):
            before = ""
            for kind, letter, state, relation in CHAIN:
                links = (Link(relation, before),) if before else ()
                _show(f"{letter}{number}", kind, state, links, FIRST + timedelta(days=30 * number))
                before = f"{letter}{number}"
        db.session.commit()


def _show(code: str, kind: str, state: str, links: tuple[Link, ...], day: date) -> None:
    track.show(
        Entry(
            code=code,
            kind=kind,
            state=state,
            phase=PHASES[int(code[1:]) % len(PHASES)],
            themes=("ADG",),
            first_on=day,
            changed_on=day,
            title={"da": f"{code}: {WORDS}"},
            parts=SAID[kind],
            links=links,
        )
    )


def _ask(url: str, address: str) -> int:
    """The bytes of the answer as it is sent."""
    line = steady.connection(url)
    line.request("GET", address, headers={"Accept-Encoding": "gzip", "Accept-Language": "da"})
    answer: http.client.HTTPResponse = line.getresponse()
    content = answer.read()
    if answer.status != 200 or not gzip.decompress(content):
        raise SystemExit(f"{address} was answered with {answer.status}")
    return len(content)
