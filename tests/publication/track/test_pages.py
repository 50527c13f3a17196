"""The pages of the track: what stands on them, in which order, how light they are, and where they lead."""

import gzip
import re
from datetime import date
from typing import Any

from app.channels.web.track_page import LISTS, MOST_LINES
from app.core import db
from app.core.config import ROOT
from app.publication import told
from app.publication.told import About, Wording
from app.publication.track import rates
from tests.publication.conftest import Visitor
from tests.publication.track import factories

HEAVIEST = 10_000
FINDING: dict[str, Any] = {
    "period": "2026-Q1",
    "counter_evidence": "Andre er glade for tiderne.",
    "who_is_missing": "De unge.",
    "note": "Peers og vi er ikke enige.",
    "peers": [{"verdict": "not_our_words", "words": "Vi savner et sted at sove."}],
    "quotes": ["Døren er låst."],
}
ASIDE = {"set_aside": [{"code": "U6", "reason": "Det er en sag for kommunerne."}], "outcome": "adjust", "reason": "Ja."}
PHASE = {"decide_by": "2026-02-18", "result_by": "2026-02-20", "purpose": {"da": "Vi hører."}, "position": 1}


def chain() -> None:
    """A whole chain in public, as of 2 March 2026."""
    factories.show("midway", title={"da": "Midtvejs", "en": "Midway"}, state="closed", parts=PHASE)
    factories.show("U5", phase="midway", parts=FINDING, places=("GH1",))
    factories.show("U6", phase="midway", parts={"is_signal": True})
    factories.show("R1", ("contradicts", "U5"), parts={"link": "javascript:alert(1)", "says": "Nej."})
    sent = {"submitted_on": "2025-12-01", "answer_due": "2026-01-26", "recipient_name": "Regionen"}
    factories.show("F3", ("stands_on", "U5"), ("stands_on", "U9"), parts=sent)
    factories.show("B2", ("answers", "F3"), ("considered", "U5"), ("set_aside", "U6"), parts=ASIDE)
    factories.show("A7", ("carries_out", "B2"), parts={"due": "2026-03-01", "progress": 60})
    words = Wording("web", "da", "Der er lukket.", "Der er åbent.")
    told.publish(About(code="A7", outcome="did", decided_on=date(2026, 2, 1), themes=("ADG",)), [words])
    rates.keep(date(2027, 7, 1))
    db.db.session.commit()


def links(html: str) -> set[str]:
    """The codes of the objects a page leads to."""
    return set(re.findall(r"/resultater/spor/(\w+)[?\"]", html))


def test_the_track_shows_delays_what_speaks_against_both_lists_and_the_change_rate(visitor: Visitor) -> None:
    chain()

    shown = visitor.get("/resultater/spor?lang=en").text

    assert "The result should have come on 20 February 2026. It is 10 days late." in shown
    assert "The answer should have come on 26 January 2026. It is 35 days late." in shown
    assert "It should have been done on 1 March 2026. It is 1 day late." in shown
    assert "Waiting for an answer: 91 days." in shown
    order = ("Midway", "Overskrift U5", "Andre er glade", "Vi savner et sted", "Overskrift F3", "Overskrift B2",
             "Overskrift A7", "2 of 2")  # fmt: skip
    found = [shown.index(one) for one in (*order[:-1], "1 of 2")]
    assert found == sorted(found)
    assert {"U5", "U6", "R1", "F3", "B2", "A7", "midway"} <= links(shown)


def test_each_object_leads_up_and_down_its_chain(content: None, visitor: Visitor) -> None:
    chain()
    ways = {
        "U5": {"R1", "F3", "B2", "A7", "midway"},
        "U6": {"B2", "midway"},
        "R1": {"U5"},
        "F3": {"U5", "B2", "A7"},
        "B2": {"U5", "U6", "F3", "A7"},
        "A7": {"U5", "F3", "B2"},
        "midway": {"U5", "U6"},
    }

    shown = {code: visitor.get(f"/resultater/spor/{code}?lang=en").text for code in ways}

    assert {code: links(html) - {code} for code, html in shown.items()} == ways
    assert "Det er en sag for kommunerne." in shown["B2"]
    assert "Det er en sag for kommunerne." in shown["U6"]
    assert "Something it comes from is not public yet." in shown["F3"]
    assert "Der er lukket." in shown["A7"]
    assert "javascript" not in shown["R1"]
    assert "Gadens Hus Ankeret" in shown["U5"]


def test_a_page_says_what_holds_after_every_change(visitor: Visitor) -> None:
    chain()
    path = "/resultater/spor/A7?lang=en"
    before = [visitor.get(path).text for _ in range(2)]

    words = Wording("web", "da", "Der er lukket.", "Der er åbent hele natten.")
    told.publish(About(code="A7", outcome="did", decided_on=date(2026, 2, 1), themes=("ADG",)), [words])
    db.db.session.commit()
    told_anew = visitor.get(path).text
    factories.show("A7", ("carries_out", "B2"), state="done", parts={"done_on": "2026-03-01"})
    db.db.session.commit()

    assert before[0] == before[1]
    assert "Der er åbent hele natten." in told_anew
    assert "Under way" in told_anew
    assert "Under way" not in visitor.get(path).text


def test_what_speaks_against_a_finding_is_as_large_as_the_claim(visitor: Visitor) -> None:
    chain()

    shown = visitor.get("/resultater/spor/U5").text
    large = re.findall(r'<p class="lead"><bdi>(.*?)</bdi></p>', shown)

    assert large == ["Overskrift U5", "Andre er glade for tiderne."]
    for said in (FINDING["note"], FINDING["peers"][0]["words"], FINDING["who_is_missing"], FINDING["quotes"][0]):
        assert said in shown


def test_pages_are_light_and_stored_nowhere_and_there_is_nothing_to_ask_with(visitor: Visitor) -> None:
    chain()
    for path in ("/resultater/spor", "/resultater/spor/U5", "/resultater/spor/midway", "/resultater/spor/fund"):
        answer = visitor.get(path)

        assert "style=" not in answer.text
        assert "Set-Cookie" not in answer.headers
        assert visitor.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
        assert visitor.get(f"{path}?place=GH1").status_code == 404
    for path in ("U9", "u5", "fund-2", "fund-x", "midway-2", "2026-Q1"):
        assert visitor.get(f"/resultater/spor/{path}").status_code == 404


def test_a_long_track_stays_light_with_every_object_in_a_list_and_the_newest_in_the_feed(visitor: Visitor) -> None:
    many = MOST_LINES + 5
    for number in range(1, many + 1):
        title = {"da": f"{number}. mange savner, at huset har åbent om aftenen, i weekenden og om natten."}
        factories.show(f"U{number}", title=title, phase="midway", parts=FINDING)
    factories.show("midway", parts=PHASE)
    db.db.session.commit()

    first, phase, fund, more = (
        visitor.get(f"/resultater/spor{path}?lang=en") for path in ("", "/midway", "/fund", "/fund-2")
    )

    assert max(len(gzip.compress(page.data)) for page in (first, phase, fund, more)) <= HEAVIEST
    assert len(links(fund.text) | links(more.text)) >= many
    assert f"See all {many}" in first.text
    assert "/resultater/spor/fund-2?" in fund.text
    assert visitor.get("/resultater.atom").text.count("<entry>") == 50


def test_no_phase_is_called_like_a_list() -> None:
    keys = re.findall(r'^key\s*=\s*"(.*?)"', (ROOT / "content" / "phases.toml").read_text("utf-8"), re.MULTILINE)

    assert len(keys) == 4
    assert not set(keys) & set(LISTS)
