"""The track for machines: the same words as on the pages, without quotes, and outcomes in the agreed form."""

import json
from datetime import date
from pathlib import Path

from app.core import db
from app.publication import told
from app.publication.models import Told, ToldWording
from app.publication.told import About, Wording
from app.publication.track import files
from app.publication.track.chain import Chain
from app.publication.track.rates import Rate
from tests.publication.conftest import Visitor
from tests.publication.track import factories

ORACLE = Path(__file__).parents[2] / "oracles" / "interop" / "outcome_minimal.json"
PATTERN = json.loads(ORACLE.read_text("utf-8"))
CHAIN = Chain(
    (
        factories.entry("U5", places=("GH1",), parts={"period": "2027-Q1", "n": 96}),
        factories.entry("F3", ("stands_on", "U5")),
        factories.entry("B2", ("answers", "F3")),
        factories.entry("A7", ("carries_out", "B2"), parts={"progress": 60}),
    )
)


def item(code: str, outcome: str, said: str, body: str) -> Told:
    words = ToldWording(code=code, channel="web", lang="da", said=said, body=body)
    return Told(code=code, outcome=outcome, themes=["ADG"], places=[], decided_on=date(2027, 5, 3), wordings=[words])


def test_an_outcome_is_written_as_agreed_to_the_byte() -> None:
    action = CHAIN.get("A7")
    told_now = [
        item("B2", "did_not", "Vi fryser.", PATTERN["not_done_because"]),
        item("A7", "did", PATTERN["said"], PATTERN["did"]),
        item("B9", "did", "Noget andet.", "Noget helt andet."),
    ]
    assert action is not None

    made = files.outcome(action, CHAIN, told_now, asked=PATTERN["asked"], releases={"2027-Q1"})

    assert f"{files.written(made)}\n" == ORACLE.read_text("utf-8")


def test_an_action_that_was_dropped_says_why_and_claims_no_figures() -> None:
    dropped = factories.entry("A8", state="dropped", parts={"dropped_because": "Der er ikke penge."})

    made = files.outcome(dropped, Chain([dropped]), [], asked="", releases=())

    assert (made["not_done_because"], made["did"], made["n"], made["release"]) == (
        "Der er ikke penge.",
        None,
        None,
        None,
    )


def test_the_document_has_every_kind_every_answer_and_only_links_between_what_is_public() -> None:
    answer = {"state": "rejected", "words": "Nej.", "by": "Regionen", "on": "2027-06-01"}
    public = [
        factories.entry("U5", parts={"body": "Ord.", "quotes": ["Døren er låst."]}),
        factories.entry("F3", ("stands_on", "U5"), ("stands_on", "U9"), state="rejected", parts={"answer": answer}),
    ]

    made = files.document(public, [item("B2", "did", "A", "B")], [("2027-H1", Rate(1, 1, 1, 0, 0, 0, 0))])

    assert [one["code"] for one in made["findings"]] == ["U5"]
    assert "Døren er låst." not in json.dumps(made, ensure_ascii=False)
    assert made["findings"][0]["body"] == "Ord."
    assert made["answers"] == [{"proposal": "F3", **answer}]
    assert made["links"] == [{"from": "F3", "relation": "stands_on", "to": "U5"}]
    assert made["told"][0]["said"] == {"da": "A"}
    assert made["change_rate"][0]["period"] == "2027-H1"
    assert set(files.NAMES.values()) <= set(made)


def test_machines_read_the_track_from_anywhere_and_ask_nothing_else(content: None, visitor: Visitor) -> None:
    factories.show("U5")
    factories.show("A7", parts={"progress": 5})
    words = Wording("web", "da", "Der er lukket.", "Der er åbent.")
    told.publish(About(code="A7", outcome="did", decided_on=date(2026, 5, 3), themes=("ADG",)), [words])
    db.db.session.commit()
    for path in ("/api/v1/track.json", "/api/v1/actions/A7/outcome.json"):
        first = visitor.get(path)

        assert first.headers["Access-Control-Allow-Origin"] == "*"
        assert visitor.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
        assert visitor.get(f"{path}?site=GH1").status_code == 404
    assert (visitor.get("/api/v1/actions/A7/outcome.json").json or {})["asked"] == "Hvad skal vi lave om?"
    for path in ("/api/v1/actions/U5/outcome.json", "/api/v1/actions/A9/outcome.json"):
        assert visitor.get(path).status_code == 404
