"""Proposals: a named recipient, signed grounds, a public clock."""

from datetime import date, timedelta

import pytest

from app.desk.track import states
from app.desk.track.proposals import proposals
from app.desk.track.proposals.proposals import ProposalRefused
from app.desk.track.public_words import NumbersTyped
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


@pytest.mark.parametrize(
    "changes",
    [{"recipient": "police"}, {"recipient_name": ""}, {"recipient_name": "x" * 121}, {"ask": ""}, {"initiative": "x"}],
)
def test_a_proposal_names_what_is_asked_and_who_answers(quarter: None, changes: dict[str, str]) -> None:
    with pytest.raises(ProposalRefused):
        factories.a_proposal(**changes)


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


def test_the_clock_counts_whole_days_also_over_summer_time(quarter: None) -> None:
    proposal = factories.a_proposal("submitted", sent_on=date(2026, 10, 24))

    assert proposals.days_waiting(proposal, date(2026, 10, 24)) == 0
    assert proposals.days_waiting(proposal, date(2026, 10, 26)) == 2
    assert proposals.days_waiting(proposal, date(2027, 1, 1)) == 69
    assert proposals.days_late(proposal, date(2026, 12, 19)) == 0
    assert proposals.days_late(proposal, date(2026, 12, 20)) == 1


def test_the_clock_says_its_days(quarter: None) -> None:
    proposal = factories.a_proposal("submitted")

    assert "34" in proposals.waited(proposal, TODAY + timedelta(days=34))
    assert "60" in proposals.waited(proposal, TODAY + timedelta(days=60))
    assert "4" in proposals.waited(proposal, TODAY + timedelta(days=60)).split(".")[1]


def test_the_clock_stops_when_a_decision_is_published(quarter: None) -> None:
    proposal = factories.a_proposal("submitted")

    pending = factories.a_decision("taken", of=proposal)
    assert proposals.days_waiting(proposal, TODAY) == 0
    factories.decisions.publish(pending)

    assert proposals.days_waiting(proposal, TODAY) is None
    assert proposals.waited(proposal, TODAY) == ""


def test_withdrawing_takes_a_reason(quarter: None) -> None:
    with pytest.raises(ProposalRefused):
        proposals.withdraw(factories.a_proposal("submitted"), " ")


def test_a_sent_proposal_is_not_edited(quarter: None) -> None:
    proposal = factories.a_proposal("submitted")

    with pytest.raises(states.StepRefused):
        proposals.edit(proposal, factories.ask(), proposal.findings)


def test_an_answered_proposal_says_what_answers_it(quarter: None) -> None:
    proposal = factories.a_proposal("submitted")
    decision = factories.a_decision("taken", of=proposal)
    before = proposals.stands(proposal)

    factories.decisions.publish(decision)

    assert decision.code not in before
    assert decision.code in proposals.stands(proposal)


def test_an_answered_proposal_is_not_withdrawn(quarter: None) -> None:
    proposal = factories.a_proposal("submitted")
    decision = factories.a_decision("published", of=proposal)

    with pytest.raises(states.StepRefused, match=decision.code):
        proposals.withdraw(proposal, "Kommunen har gjort det.")

    assert proposal.state == "submitted"
