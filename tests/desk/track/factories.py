"""Findings, proposals and decisions of tests, and a published release for them to stand on."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.core import db
from app.desk.accounts.models import User
from app.desk.track import clocks
from app.desk.track.actions import actions, ending, evidence
from app.desk.track.actions.models import Action
from app.desk.track.decisions import decisions, weighing
from app.desk.track.decisions.models import Decision
from app.desk.track.decisions.weighing import Lists
from app.desk.track.findings import findings, publishing
from app.desk.track.findings.models import Finding
from app.desk.track.peers import rounds
from app.desk.track.phases import dates, steps
from app.desk.track.phases import queries as phases
from app.desk.track.phases.models import Phase
from app.desk.track.proposals import answers, proposals
from app.desk.track.proposals.answers import Answer
from app.desk.track.proposals.models import Proposal
from app.desk.track.research import research
from app.desk.track.research.models import Research
from app.desk.track.telling import telling
from app.desk.track.telling.models import Telling
from app.publication import catalogue, document, periods, tree
from app.publication.document import Chained
from app.publication.formats import json
from app.publication.formats.base import Edition
from app.publication.models import TOLD_ON, Release, Rendering
from app.publication.told import Wording
from tests.desk.accounts.factories import a_user

PERIOD = "2026-Q1"
SUMMER = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
"""Long after the first quarter: nobody can take words back any more."""
TODAY = SUMMER.date()
FIGURE = f"[[{PERIOD} T5 DK ADG]]"
PRINTED = {("T1", "DK", ""): 96, ("T5", "DK", "ADG"): 41}
"""What the release prints; every other cell is a dash."""
SIGNABLE = ("peer_checked", "signed", "published", "superseded")
"""States of a finding that peers have had their days with."""
PHASE = "listen_first"
DAYS = {
    "opens_on": date(2026, 1, 1),
    "closes_on": date(2026, 5, 31),
    "decide_by": date(2026, 6, 30),
    "result_by": date(2026, 7, 31),
}
"""Of the phase: the first quarter ends in it, and on TODAY it can be closed."""
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
    newest = db.db.session.scalar(db.db.select(db.db.func.max(Release.number))) or 0
    release = Release(
        id=period, catalogue=year.id, period=period, state="published", number=1 + newest, published_on=TODAY,
        signed_first="carl", signed_second="mona", previous_hash=json.NO_HASH, hash=content["hash"],
    )  # fmt: skip
    (stored,) = (piece.content for piece in json.render(Edition(content, is_early=False)))
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
        "who_is_missing": "Vi har hørt få under tredive og få, der sover ude.",
    }
    return findings.Words(**{**written, **changes})


def a_finding(state: str = "draft", *, author: User | None = None, **changes: Any) -> Finding:
    """A finding that has come this far."""
    finding = findings.draft(words(**changes), author or a_user("moderator"))
    if state == "dropped":
        findings.drop(finding, "Den var skrevet to gange.")
    go_on(finding, state)
    db.db.session.commit()
    return finding


def go_on(finding: Finding, state: str) -> None:
    """From draft as far as this; no peer answers in time."""
    if state in ("with_peers", *SIGNABLE):
        rounds.ask(finding, TODAY - clocks.PEERS)
    if state in SIGNABLE:
        rounds.take_on(finding, TODAY)
    if state in ("signed", "published", "superseded"):
        publishing.sign(finding, a_user("moderator"))
    if state in ("published", "superseded"):
        publishing.publish(finding, TODAY)
    if state == "superseded":
        publishing.supersede(finding, a_finding("published"), TODAY)


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
    if state not in ("draft", "withdrawn"):
        proposals.submit(proposal, sent_on)
    if state == "evaluating":
        answers.evaluate(proposal, sent_on)
    if state in answers.NAMES:
        answers.record(proposal, an_answer(state, on=sent_on), sent_on)
    if state == "withdrawn":
        proposals.withdraw(proposal, "Kommunen har gjort det.", TODAY)
    db.db.session.commit()
    return proposal


def an_answer(state: str = "accepted", **changes: Any) -> Answer:
    """What a recipient says."""
    words = "Vi kan holde åbent tirsdag. Resten må vente, til der er penge. Vi ser på det igen, når året er gået."
    return Answer(**{"state": state, "words": words, "by": "Helsingør Kommune", "on": TODAY, **changes})


def studied(**changes: Any) -> research.Words:
    """What is written about a piece of research."""
    written = {
        "kind": "interim",
        "title": "Gadens Hus efter et år",
        "institution": "Et forskningscenter",
        "dated": date(2026, 3, 1),
        "asked_on": None,
        "link": "https://example.org/rapport",
        "says": "Flere har fået hjælp til en bolig end før.",
        "themes": ("ADG",),
        "initiatives": ("street_house",),
        "permission": "",
    }
    return research.Words(**{**written, **changes})


def a_research(state: str = "registered", *, phase: Phase | None = None, **changes: Any) -> Research:
    """Research that has come this far."""
    found = research.register(studied(**changes), phase, a_user("council"))
    if state != "registered":
        research.review(found, a_user("analyst"))
    if state in ("published", "withdrawn"):
        research.publish(found, TODAY)
    if state == "withdrawn":
        research.withdraw(found, "Forskerne har fundet en fejl.", TODAY)
    db.db.session.commit()
    return found


def to_do(**changes: Any) -> actions.Words:
    """What somebody will do."""
    written = {
        "title": "Huset holder åbent tirsdag aften.",
        "owner": "Gadens Hus Ankeret",
        "owner_kind": "site_owner",
        "site_code": "GH1",
        "due": TODAY + timedelta(days=30),
    }
    return actions.Words(**{**written, **changes})


def an_action(state: str = "planned", *, of: Proposal | None = None, by: User | None = None, **changes: Any) -> Action:
    """An action that has come this far, on a proposal with a yes."""
    ground = actions.Ground(proposal=of or a_proposal("accepted"))
    action, by = actions.plan(to_do(**changes), ground, TODAY), by or a_user("council")
    if state in ("started", "paused", "done"):
        actions.start(action, TODAY)
    if state == "paused":
        actions.pause(action, TODAY)
    if state == "done":
        evidence.give(action, "Tiderne står på døren.", "", by, TODAY)
        actions.set_progress(action, 100, by, TODAY, result="Mange kom." if action.is_trial else "")
        ending.see_done(action, a_user("moderator"), TODAY)
    if state == "dropped":
        ending.drop(action, "Der er ikke folk til det.", TODAY, result="Få kom." if action.is_trial else "")
    db.db.session.commit()
    return action


def a_phase(state: str = "closed", *, key: str = PHASE, **days: date) -> Phase:
    """A phase that has come this far; one that has come further stays there."""
    phase = phases.phase(key)
    assert phase is not None
    if phase.state == "planned":
        dates.promise(phase, {**DAYS, **days}, "", TODAY)
    if state in ("open", "closed") and phase.state == "planned":
        steps.open_(phase, TODAY)
    if state == "closed" and phase.state == "open":
        steps.close(phase, TODAY)
    if state == "cancelled":
        steps.cancel(phase, "Der er ikke penge til den.")
    db.db.session.commit()
    return phase


def decided(**changes: Any) -> decisions.Words:
    """What the council decided."""
    written = {
        "outcome": "adjust",
        "title": "Huset holder åbent om aftenen.",
        "body": "Det begynder efter sommeren.",
        "reason": REASON,
        "decided_on": TODAY,
        "decided_by": "Rådet for Socialt Udsatte",
        "phase_key": PHASE,
    }
    return decisions.Words(**{**written, **changes})


def a_decision(
    state: str = "pending",
    *,
    of: Proposal | None = None,
    author: User | None = None,
    lists: Lists | None = None,
    told: bool = False,
    **changes: Any,
) -> Decision:
    """A decision that has come this far, at the gate of a closed phase; everything there is considered."""
    a_phase()
    grounds, by = [of or a_proposal("submitted")], author or a_user("council")
    weighed = lists or Lists(tuple(weighing.codes(PHASE)), {})
    decision = decisions.enter(decided(**changes), grounds, by, TODAY, lists=weighed)
    if told:
        tell(decision.code)
    if state in ("taken", "published"):
        decisions.confirm(decision, a_user("moderator"), TODAY)
    if state == "published":
        decisions.publish(decision, TODAY)
    if state == "dropped":
        decisions.drop(decision, "Den var skrevet to gange.")
    db.db.session.commit()
    return decision


def told_words(**changes: str) -> list[Wording]:
    """What is told of a decision, short enough for every channel, in both languages."""
    written = {
        "said_da": "Døren er låst om aftenen.", "body_da": "Nu er der åbent.",
        "said_en": "The door is locked at night.", "body_en": "Now it is open.",
    } | changes  # fmt: skip
    return [
        Wording(channel, lang, written[f"said_{lang}"], written[f"body_{lang}"])
        for channel in TOLD_ON
        for lang in ("da", "en")
    ]


def tell(code: str, *, outcome: str = "did", author: User | None = None, **changes: str) -> list[Telling]:
    """Words for every channel and language, written by one person and approved by another."""
    drafts = telling.write(code, outcome, told_words(**changes), author or a_user("council"))
    telling.approve(code, [one.mark for one in drafts], a_user("moderator"), TODAY)
    db.db.session.commit()
    return drafts


def _key(year: catalogue.Catalogue, one: catalogue.Planned) -> tuple[str, str, str]:
    splits = year.table(one.table).splits
    return one.table, one.cell.get("place") or "", "|".join(one.cell.get(split) or "" for split in splits)
