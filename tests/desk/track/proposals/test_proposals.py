"""Proposals: a named recipient, signed grounds, a public clock."""

from datetime import timedelta
from typing import Any

import pytest

from app.desk.track import states
from app.desk.track.findings import findings
from app.desk.track.proposals import proposals
from app.desk.track.proposals.proposals import ProposalRefused
from app.desk.track.public_words import NumbersTyped
from app.publication import track
from tests.desk.accounts.factories import a_user
from tests.desk.track import factories
from tests.desk.track.factories import TODAY


def test_a_proposal_stands_on_a_signed_finding(quarter: None) -> None:
    for grounds in ([], [factories.a_finding("draft")], [factories.a_finding("signed"), factories.a_finding("draft")]):
        with pytest.raises(ProposalRefused):
            proposals.draft(factories.ask(), grounds, a_user("council"))


def test_a_signal_cannot_carry_a_proposal_alone(quarter: None) -> None:
    signal = factories.a_finding("signed", claim="Vi har hørt, at døren er låst.")

    with pytest.raises(ProposalRefused):
        proposals.draft(factories.ask(), [signal], a_user("council"))
    proposals.draft(factories.ask(), [signal, factories.a_finding("signed")], a_user("council"))


def test_a_proposal_names_what_is_asked_and_who_answers(quarter: None) -> None:
    finding = factories.a_finding("signed")
    lacking: tuple[dict[str, Any], ...] = (
        {"recipient": "police"}, {"recipient_name": ""}, {"recipient_name": "x" * 121}, {"ask": ""},
        {"initiative": "x"}, {"principle": 11},
    )  # fmt: skip

    for changes in lacking:
        with pytest.raises(ProposalRefused):
            factories.a_proposal(on=finding, **changes)


def test_a_typed_number_is_refused(quarter: None) -> None:
    with pytest.raises(NumbersTyped):
        factories.a_proposal(ask="Hold åbent til kl. 22.")
    factories.a_proposal(ask="Hold åbent til kl. [ikke et antal: 22].")


def test_the_answer_is_due_after_56_days(quarter: None) -> None:
    proposal = factories.a_proposal("submitted")

    assert (proposal.submitted_on, proposal.answer_due) == (TODAY, TODAY + timedelta(days=56))


def test_the_answer_is_due_when_the_council_says_but_after_today(quarter: None) -> None:
    sooner = factories.a_proposal("submitted", answer_due=TODAY + timedelta(days=14))
    past = factories.a_proposal(answer_due=TODAY)

    assert sooner.answer_due == TODAY + timedelta(days=14)
    with pytest.raises(ProposalRefused):
        proposals.submit(past, TODAY)


def test_a_proposal_is_not_sent_on_a_finding_that_was_taken_back(quarter: None) -> None:
    proposal = factories.a_proposal()
    factories.findings.take_back(proposal.findings[0])

    with pytest.raises(ProposalRefused):
        proposals.submit(proposal, TODAY)


def test_withdrawing_takes_a_reason(quarter: None) -> None:
    with pytest.raises(ProposalRefused):
        proposals.withdraw(factories.a_proposal("submitted"), " ", TODAY)


def test_no_number_is_typed_in_the_reason_everybody_reads(quarter: None) -> None:
    proposal = factories.a_proposal("submitted")
    with pytest.raises(NumbersTyped):
        proposals.withdraw(proposal, "Kun 3 borgere på huset sagde det.", TODAY)

    proposals.withdraw(proposal, "Det blev gjort [ikke et antal: den 1. marts].", TODAY)

    entry = track.entry(proposal.code)
    assert entry is not None
    assert entry.parts["withdrawn_because"] == "Det blev gjort den 1. marts."


def test_a_finding_under_a_sent_proposal_is_not_taken_back(quarter: None) -> None:
    finding = factories.a_finding("signed")
    factories.a_proposal("draft", on=finding)
    sent = factories.a_proposal("submitted", on=finding)
    with pytest.raises(states.StepRefused, match=sent.code):
        findings.take_back(finding)

    proposals.withdraw(sent, "Kommunen har gjort det.", TODAY)
    findings.take_back(finding)

    assert finding.state == "draft"


def test_a_proposal_somebody_has_decided_on_is_not_withdrawn(quarter: None) -> None:
    proposal = factories.a_proposal("submitted")
    decision = factories.a_decision("published", of=proposal)

    with pytest.raises(states.StepRefused, match=decision.code):
        proposals.withdraw(proposal, "Kommunen har gjort det.", TODAY)

    assert proposal.state == "submitted"


def test_a_sent_proposal_takes_research_and_no_other_words(quarter: None) -> None:
    proposal, research = factories.a_proposal("accepted"), factories.a_research("published")

    proposals.cite(proposal, [research], TODAY)

    entry = track.entry(proposal.code)
    assert proposal.state == "accepted", "evidence moves no state"
    assert entry is not None
    assert [one.code for one in entry.links] == [proposal.findings[0].code, research.code]
    with pytest.raises(ProposalRefused):
        proposals.cite(proposal, [factories.a_research("reviewed")], TODAY)
    with pytest.raises(states.StepRefused):
        proposals.edit(proposal, factories.ask(), proposal.findings)


def test_the_public_reads_what_was_sent_and_nothing_before(quarter: None) -> None:
    proposal = factories.a_proposal(ask="Hold åbent til kl. [ikke et antal: 22].", principle=3, is_trial=True)
    before = track.entry(proposal.code)

    proposals.submit(proposal, TODAY)
    sent = track.entry(proposal.code)
    proposals.withdraw(proposal, "Kommunen har gjort det.", TODAY)
    gone = track.entry(proposal.code)

    assert before is None
    assert sent is not None
    assert (sent.state, sent.title["da"], sent.themes) == ("submitted", "Hold åbent til kl. 22.", ("ADG",))
    assert sent.parts["principle"] == "Fra mange lukkede døre til én åben dør"
    assert sent.parts["is_trial"]
    assert gone is not None
    assert gone.parts["withdrawn_because"] == "Kommunen har gjort det."
