"""Findings, proposals and decisions of tests, and a published release for them to stand on."""

from datetime import UTC, date, datetime
from typing import Any

from app.core import db
from app.desk.accounts.models import User
from app.desk.track.decisions import decisions
from app.desk.track.decisions.models import Decision
from app.desk.track.findings import findings
from app.desk.track.findings.models import Finding
from app.desk.track.proposals import proposals
from app.desk.track.proposals.models import Proposal
from app.publication import catalogue, document, periods, tree
from app.publication.document import Chained
from app.publication.formats import json
from app.publication.models import Release, Rendering
from tests.desk.accounts.factories import a_user

PERIOD = "2026-Q1"
SUMMER = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
"""Long after the first quarter: nobody can take words back any more."""
TODAY = SUMMER.date()
FIGURE = f"[[{PERIOD} T5 DK ADG]]"
PRINTED = {("T1", "DK", ""): 96, ("T5", "DK", "ADG"): 41}
"""What the release prints; every other cell is a dash."""
REASON = "Mange har bedt om det, og det kan lade sig gøre allerede i år."


def a_release(period: str = PERIOD, printed: dict[tuple[str, str, str], int] | None = None) -> Release:
    """A published release with these figures, in the real format."""
    asked = periods.parse(period)
    year, places = catalogue.of_year(asked.year), tree.of_year(asked.year)
    planned = catalogue.planned_cells(year, asked, places)
    figures = PRINTED if printed is None else printed
    shown = {one.cell: figures[key] for one in planned if (key := _key(year, one)) in figures}
    assert len(shown) == len(figures), "the catalogue has no such cell"
    content = document.build(year, asked, places, planned=planned, shown=shown, published_on=TODAY, previous=Chained())
    release = Release(
        id=period, catalogue=year.id, period=period, state="published", number=1, published_on=TODAY,
        signed_first="carl", signed_second="mona", previous_hash=json.NO_HASH, hash=content["hash"],
    )  # fmt: skip
    stored = json.canonical(content)
    db.db.session.add(release)
    db.db.session.flush()
    db.db.session.add(Rendering(release_id=period, format="json", part="", lang="", sha256="0" * 64, content=stored))
    db.db.session.commit()
    return release


def words(**changes: Any) -> findings.Words:
    """What an author writes."""
    written = {
        "theme": "ADG",
        "period": PERIOD,
        "claim": f"Mange savner, at huset har åbent om aftenen: {FIGURE}.",
        "body": "De fortæller, at de går forgæves.",
        "counter_evidence": "Vi ledte efter ros til åbningstiden og fandt intet.",
    }
    return findings.Words(**{**written, **changes})


def a_finding(state: str = "draft", *, author: User | None = None, **changes: Any) -> Finding:
    """A finding that has come this far."""
    finding = findings.draft(words(**changes), author or a_user("moderator"))
    if state == "dropped":
        findings.drop(finding, "Den var skrevet to gange.")
    if state in ("signed", "published"):
        findings.sign(finding, a_user("moderator"))
    if state == "published":
        findings.publish(finding, TODAY)
    db.db.session.commit()
    return finding


def ask(**changes: Any) -> proposals.Words:
    """What the council asks for."""
    written = {
        "ask": "Hold huset åbent om aftenen.",
        "recipient": "municipality",
        "recipient_name": "Helsingør Kommune",
        "initiative": "street_house",
        "answer_due": None,
    }
    return proposals.Words(**{**written, **changes})


def a_proposal(state: str = "draft", *, on: Finding | None = None, sent_on: date = TODAY, **changes: Any) -> Proposal:
    """A proposal that has come this far."""
    proposal = proposals.draft(ask(**changes), [on or a_finding("signed")], a_user("council"))
    if state == "submitted":
        proposals.submit(proposal, sent_on)
    if state == "withdrawn":
        proposals.withdraw(proposal, "Kommunen har gjort det.")
    db.db.session.commit()
    return proposal


def decided(**changes: Any) -> decisions.Words:
    """What the council decided."""
    written = {
        "outcome": "adjust",
        "title": "Huset holder åbent om aftenen.",
        "body": "Det begynder efter sommeren.",
        "reason": REASON,
        "decided_on": TODAY,
        "decided_by": "Rådet for Socialt Udsatte",
        "theme": "ADG",
        "told_outcome": "did",
        "said_da": f"Døren er låst om aftenen. Det sagde {FIGURE}.",
        "said_en": f"The door is locked in the evening. {FIGURE} said so.",
        "told_da": "Nu er huset åbent om aftenen.",
        "told_en": "Now the house is open in the evening.",
    }
    return decisions.Words(**{**written, **changes})


def a_decision(
    state: str = "pending", *, of: Proposal | None = None, author: User | None = None, **changes: Any
) -> Decision:
    """A decision that has come this far."""
    decision = decisions.enter(decided(**changes), [of or a_proposal("submitted")], author or a_user("council"), TODAY)
    if state in ("taken", "published"):
        decisions.confirm(decision, a_user("moderator"))
    if state == "published":
        decisions.publish(decision)
    db.db.session.commit()
    return decision


def _key(year: catalogue.Catalogue, one: catalogue.Planned) -> tuple[str, str, str]:
    splits = year.table(one.table).splits
    return one.table, one.cell.get("place") or "", "|".join(one.cell.get(split) or "" for split in splits)
