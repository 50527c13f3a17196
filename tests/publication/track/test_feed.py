"""The Atom feed: what became public, once each, newest first, as readers of feeds expect it."""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

from app.core import db
from app.publication import told, track
from app.publication.told import About, Wording
from tests.publication.conftest import Visitor
from tests.publication.track import factories

ORACLE = Path(__file__).parents[2] / "oracles" / "interop" / "atom_minimal.xml"
ATOM = "{http://www.w3.org/2005/Atom}"
ANSWER = {"words": "Ja, fra april.", "by": "Styregruppen", "on": "2025-06-20", "state": "accepted"}
CLOCK = {"submitted_on": "2025-04-01", "answer_due": "2025-05-27"}


def names(element: ET.Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every element of a feed with the names of its attributes."""
    for one in element.iter():
        yield one.tag, tuple(sorted(one.attrib))


def test_the_feed_has_the_parts_of_the_pattern_and_says_what_was_told(visitor: Visitor) -> None:
    factories.show("A7", title={"da": "Åbent <til> kl. 02 & om fredagen\x0b"}, day=date(2025, 5, 3))
    words = Wording("web", "da", "Der er lukket.", "Huset holder åbent.")
    told.publish(About(code="A7", outcome="did", decided_on=date(2025, 5, 3), themes=("ADG",)), [words])
    db.db.session.commit()

    answer = visitor.get("/resultater.atom")
    feed, pattern = ET.fromstring(answer.data), ET.fromstring(ORACLE.read_bytes())  # noqa: S314 - our own bytes

    assert set(names(feed)) == set(names(pattern))
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "I sagde – vi gjorde: Åbent <til> kl. 02 & om fredagen"
    assert entry.findtext(f"{ATOM}summary") == "I sagde: Der er lukket. Vi gjorde: Huset holder åbent."
    assert entry.findtext(f"{ATOM}id", "").endswith(",2026:action/A7")
    assert answer.mimetype == "application/atom+xml"
    assert answer.get_etag() == (hashlib.sha256(answer.data).hexdigest(), False)
    assert visitor.get("/resultater.atom?place=GH1").status_code == 404


def test_findings_answers_decisions_and_delays_are_told_once_each_and_newest_first(visitor: Visitor) -> None:
    factories.show("U5", day=date(2025, 4, 20))
    factories.show("F3", day=date(2025, 4, 1), state="accepted", parts={**CLOCK, "answer": ANSWER})
    factories.show("F4", day=date(2025, 4, 1), parts={"submitted_on": "2025-04-01", "answer_due": "2999-01-01"})
    factories.show("B2", day=date(2025, 7, 1))
    db.db.session.commit()
    first = visitor.get("/resultater.atom")

    track.show(factories.entry("U5", day=date(2025, 8, 1), state="superseded"))
    db.db.session.commit()
    again = visitor.get("/resultater.atom", headers={"If-None-Match": first.headers["ETag"]})

    assert ids(first.data) == ["decision/B2", "answer/F3", "late/F3", "finding/U5"]
    assert ids(again.data) == ["finding/U5", "decision/B2", "answer/F3", "late/F3"]


def ids(content: bytes) -> list[str]:
    """Kind and code of every entry, in order."""
    feed = ET.fromstring(content)  # noqa: S314 - our own bytes
    return [one.findtext(f"{ATOM}id", "").rpartition(":")[2] for one in feed.findall(f"{ATOM}entry")]
