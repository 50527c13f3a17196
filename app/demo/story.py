"""What comes of the voices: findings, proposals, decisions that are told back, and a quote."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from app.demo import deeds, phases, telling_back, voices
from app.demo.times import Times
from app.demo.voices import FOLDER
from app.desk.accounts import users
from app.desk.accounts.models import User
from app.desk.moderation import statements
from app.desk.moderation.statements import Heard
from app.desk.track import cell_references, queries, states
from app.desk.track.decisions import decisions, weighing
from app.desk.track.decisions.models import Decision
from app.desk.track.decisions.weighing import Lists
from app.desk.track.findings import evidence, findings, publishing
from app.desk.track.findings.models import Finding
from app.desk.track.peers import rounds, verdicts
from app.desk.track.proposals import proposals
from app.desk.track.proposals.models import Proposal
from app.publication import quotes
from app.publication.periods import Period
from app.surveys import sites


def is_told() -> bool:
    """Whether the track has a finding already: then the demo is complete, or somebody works in it."""
    return bool(queries.findings(states.FINDING))


def answered(times: Times) -> None:
    """The first finding is out, its proposal is answered, the answers are told back, and somebody is quoted."""
    phases.listen(times)
    free_from = cell_references.free_from(times.before.code)
    finding = _signed(0, times.before)
    publishing.publish(finding, free_from)
    deeds.studied(_story()["research"], finding, free_from)
    proposal = _submitted(0, finding, free_from, times.today)
    deeds.answered(_story()["answers"][0], proposal, times.today)
    decided = [_decide(entry, proposal, times.today) for entry in _story()["decisions"]]
    for entry in _story()["actions"]:
        deeds.act(entry, decided[entry["decision"]], times.today)
    phases.decide(_story()["gate"], max(one.decided_on for one in decided), times.today)
    _quote(times.before, free_from)


def waiting(times: Times) -> None:
    """The second finding is signed, its proposal waits for an answer; peers read a third, and a signal is a draft."""
    _submitted(1, _signed(1, times.last), times.last.may_be_published_on(), times.today)
    rounds.ask(_drafted(2, times.last), times.today)
    _drafted(3, times.last)


def _signed(place: int, period: Period) -> Finding:
    """Peers have had their days with it and been answered, and a second person stands for it."""
    entry, finding = _story()["findings"][place], _drafted(place, period)
    asked_on = period.may_be_published_on()
    rounds.ask(finding, asked_on)
    for one in entry.get("said", ()):
        _hear(one, finding, users.named(entry["author"]), asked_on)
    rounds.take_on(finding, rounds.answers_until(finding))
    publishing.sign(finding, users.named(entry["signer"]))
    return finding


def _drafted(place: int, period: Period) -> Finding:
    entry = _story()["findings"][place]
    written = ("claim", "body", "counter_evidence", "who_is_missing")
    texts = {name: entry[name].replace("{period}", period.code) for name in written}
    belongs = {name: entry[name] for name in ("principles", "initiatives") if name in entry}
    author = users.named(entry["author"])
    provenance = evidence.provenance(entry["theme"], period.code, author)
    words = findings.Words(theme=entry["theme"], period=period.code, **texts, **belongs, provenance=provenance)
    return findings.draft(words, author)


def _hear(one: Mapping[str, Any], finding: Finding, answered_by: User, day: date) -> None:
    """A peer says it, and is answered."""
    said = verdicts.Said(one["verdict"], one["words"], one["may_be_shown"])
    given = verdicts.give(finding, said, users.named(one["peer"]), day)
    verdicts.answer(given, finding, verdicts.Answer(one["answer"], one["shown"]), answered_by, day)


def _submitted(place: int, finding: Finding, since: date, today: date) -> Proposal:
    entry = _story()["proposals"][place]
    told = {name: entry[name] for name in ("ask", "recipient", "recipient_name", "initiative")}
    proposal = proposals.draft(proposals.Words(**told, answer_due=None), [finding], users.named(entry["author"]))
    proposals.submit(proposal, min(since + timedelta(days=entry["submitted"]), today))
    return proposal


def _decide(entry: Mapping[str, Any], proposal: Proposal, today: date) -> Decision:
    asked_on = proposal.submitted_on or today
    day = min(asked_on + timedelta(days=entry["decided"]), today)
    people = ("author", "second", "proposal", "decided", "told", "set_aside")
    written = {name: text for name, text in entry.items() if name not in people}
    words = decisions.Words(**written, decided_on=day, phase_key=phases.FIRST)
    aside = entry.get("set_aside", {})
    lists = Lists(tuple(code for code in weighing.codes(phases.FIRST) if code not in aside), aside)
    decision = decisions.enter(words, [proposal], users.named(entry["author"]), today, lists=lists)
    decisions.confirm(decision, users.named(entry["second"]), day)
    telling_back.tell(decision.code, entry["told"], entry["author"], entry["second"], today)
    decisions.publish(decision, today)
    return decision


def _quote(period: Period, free_from: date) -> None:
    """One quote is shown, and one waits for its second signature."""
    for name in ("quote", "waiting_quote"):
        entry = _story()[name]
        signers = [users.named(entry[place]) for place in ("first", "second") if place in entry]
        for one in statements.on(entry["theme"], period.weeks, signers[0]):
            if one.text == entry["text"]:
                _sign(one, entry["theme"], signers, free_from)


def _sign(one: Heard, theme: str, signers: Sequence[User], today: date) -> None:
    source = _source(one)
    quote = quotes.draft(source, quotes.Wording(text=one.text, kind="verbatim", theme=theme))
    for signer in signers:
        quotes.sign(quote, source, by=signer.id.hex(), today=today)
    if quote.state == "approved":
        quotes.release(quote, source)


def _source(one: Heard) -> quotes.Source:
    site = sites.by_code(one.site_code or "")
    assert site is not None  # noqa: S101 - every voice of the demo is heard at a place
    return quotes.Source(
        statement_id=one.id,
        statement=one.text,
        lang=one.lang,
        week=one.week,
        place_kind=site.kind,
        region=site.region,
        has_consent=voices.by_text()[one.text].quote,
        themes=one.codes,
    )


@cache
def _story() -> Mapping[str, Any]:
    return tomllib.loads((FOLDER / "track.toml").read_text("utf-8"))
