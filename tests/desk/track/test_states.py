"""Every step of the track by table, in code and in the database itself."""

import itertools
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TypeVar

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.core import db
from app.desk.track import states
from app.desk.track.actions import actions, ending, evidence
from app.desk.track.actions.models import Action
from app.desk.track.decisions import decisions
from app.desk.track.decisions.models import Decision
from app.desk.track.findings import findings, publishing
from app.desk.track.findings.models import Finding
from app.desk.track.peers import rounds
from app.desk.track.proposals import answers, proposals
from app.desk.track.proposals.models import Proposal
from app.desk.track.research import research
from app.desk.track.research.models import Research
from app.desk.track.states import ChangedMeanwhile, Stateful, StepRefused
from tests.desk.accounts.factories import a_user
from tests.desk.track import factories

Thing = TypeVar("Thing", bound=Stateful)


def _evaluate(proposal: Proposal, _reason: str, today: date) -> None:
    answers.evaluate(proposal, today)


def _see_done(action: Action) -> None:
    if action.state == "started":
        evidence.give(action, "Tiderne står på døren.", "", council := a_user("council"), factories.TODAY)
        actions.set_progress(action, 100, council, factories.TODAY)
    ending.see_done(action, a_user("moderator"), factories.TODAY)


FINDING_STEPS: dict[str, Callable[[Finding], None]] = {
    "draft": findings.take_back,
    "with_peers": lambda finding: rounds.ask(finding, factories.TODAY),
    "peer_checked": lambda finding: rounds.take_on(finding, factories.TODAY),
    "signed": lambda finding: publishing.sign(finding, a_user("moderator")),
    "published": lambda finding: publishing.publish(finding, factories.TODAY),
    "superseded": lambda finding: publishing.supersede(finding, factories.a_finding("published"), factories.TODAY),
    "dropped": lambda finding: findings.drop(finding, "Den var skrevet to gange."),
}
PROPOSAL_STEPS: dict[str, Callable[[Proposal], None]] = {
    "submitted": lambda proposal: proposals.submit(proposal, factories.TODAY),
    "evaluating": lambda proposal: (answers.reopen if proposal.answered_on else _evaluate)(
        proposal, "De har ikke svaret på det hele.", factories.TODAY
    ),
    **{
        state: partial(lambda state, one: answers.record(one, factories.an_answer(state), factories.TODAY), state)
        for state in states.ANSWERS
    },
    "withdrawn": lambda proposal: proposals.withdraw(proposal, "Kommunen har gjort det.", factories.TODAY),
}
RESEARCH_STEPS: dict[str, Callable[[Research], None]] = {
    "reviewed": lambda one: research.review(one, a_user("analyst")),
    "published": lambda one: research.publish(one, factories.TODAY),
    "withdrawn": lambda one: research.withdraw(one, "Der var en fejl.", factories.TODAY),
}
ACTION_STEPS: dict[str, Callable[[Action], None]] = {
    "started": lambda one: (
        ending.reopen(one, "Døren er låst igen.", factories.TODAY)
        if one.state == "done"
        else actions.start(one, factories.TODAY)
    ),
    "paused": lambda one: actions.pause(one, factories.TODAY),
    "done": _see_done,
    "dropped": lambda one: ending.drop(one, "Der er ikke folk til det.", factories.TODAY),
}
DECISION_STEPS: dict[str, Callable[[Decision], None]] = {
    "taken": lambda decision: decisions.confirm(decision, a_user("moderator"), factories.TODAY),
    "published": lambda decision: decisions.publish(decision, factories.TODAY),
    "dropped": lambda decision: decisions.drop(decision, "Den var skrevet to gange."),
}


def test_a_finding_takes_the_steps_of_the_table_and_no_other(quarter: None) -> None:
    for before in states.FINDING:
        finding = factories.a_finding(before)
        for after in set(FINDING_STEPS) - set(states.FINDING[before]):
            with pytest.raises(StepRefused):
                FINDING_STEPS[after](finding)
            assert finding.state == before, after

    for before, after in ((one, other) for one, others in states.FINDING.items() for other in others):
        finding = factories.a_finding(before)
        FINDING_STEPS[after](finding)
        db.db.session.commit()
        assert finding.state == after


def test_a_proposal_takes_the_steps_of_the_table_and_no_other(quarter: None) -> None:
    _walk(states.PROPOSAL, PROPOSAL_STEPS, partial(factories.a_proposal, on=factories.a_finding("signed")))


def test_research_goes_forward_only(quarter: None) -> None:
    _walk(states.RESEARCH, RESEARCH_STEPS, factories.a_research)


def test_an_action_takes_the_steps_of_the_table_and_no_other(quarter: None) -> None:
    _walk(states.ACTION, ACTION_STEPS, partial(factories.an_action, of=factories.a_proposal("accepted")))


@pytest.mark.parametrize(("before", "after"), list(itertools.product(states.DECISION, DECISION_STEPS)))
def test_a_decision_takes_the_steps_of_the_table_and_no_other(quarter: None, before: str, after: str) -> None:
    decision = factories.a_decision(before)

    if after in states.DECISION[before]:
        DECISION_STEPS[after](decision)
        db.db.session.commit()
        assert decision.state == after
    else:
        with pytest.raises(StepRefused):
            DECISION_STEPS[after](decision)
        assert decision.state == before


def _walk(moves: states.Moves, steps: Mapping[str, Callable[[Thing], None]], make: Callable[[str], Thing]) -> None:
    """Every step that is not in the table is refused and changes nothing; every other one is taken and stored."""
    for before, allowed in moves.items():
        thing = make(before)
        for after in sorted(set(steps) - set(allowed)):
            with pytest.raises(StepRefused):
                steps[after](thing)
            assert thing.state == before, after
        for after in allowed:
            moved = make(before)
            steps[after](moved)
            db.db.session.commit()
            assert moved.state == after, before


FORBIDDEN = {
    "a state nobody knows": "UPDATE finding SET state = 'shiny'",
    "signed without a signer": "UPDATE finding SET state = 'signed'",
    "signed by its author": "UPDATE finding SET state = 'signed', signer_id = author_id",
    "a signer on a draft": 'UPDATE finding SET signer_id = (SELECT id FROM "user" WHERE id <> author_id LIMIT 1)',
    "signed without counter-evidence": "UPDATE finding SET state = 'signed', counter_evidence = ' ', signer_id = "
    '(SELECT id FROM "user" WHERE id <> author_id LIMIT 1)',
    "published without a day": "UPDATE finding SET state = 'published', signer_id = "
    '(SELECT id FROM "user" WHERE id <> author_id LIMIT 1)',
    "signed without asking peers": "UPDATE finding SET state = 'signed', peers_answered = 0, signer_id = "
    '(SELECT id FROM "user" WHERE id <> author_id LIMIT 1)',
    "with peers without a day": "UPDATE finding SET state = 'with_peers', peers_asked_on = NULL",
    "read by peers without a count": "UPDATE finding SET state = 'peer_checked', peers_asked_on = '2026-06-01', "
    "peers_answered = NULL",
    "replaced by itself": "UPDATE finding SET superseded_by = number",
    "replaced by nothing": "UPDATE finding SET state = 'superseded'",
    "dropped without a reason": "UPDATE finding SET state = 'dropped'",
    "no claim": "UPDATE finding SET claim = ''",
    "a proposal state nobody knows": "UPDATE proposal SET state = 'shiny'",
    "an answer of nobody": "UPDATE proposal SET state = 'accepted'",
    "a no without words": "UPDATE proposal SET state = 'rejected', answered_on = '2026-06-01', answered_by = 'B'",
    "an answer to what waits": "UPDATE proposal SET answered_on = '2026-06-01', answered_by = 'B'",
    "an eleventh principle": "UPDATE proposal SET principle = 11",
    "a recipient nobody knows": "UPDATE proposal SET recipient = 'police'",
    "sent without a day": "UPDATE proposal SET submitted_on = NULL WHERE state = 'submitted'",
    "due before it was sent": "UPDATE proposal SET answer_due = submitted_on WHERE state = 'submitted'",
    "withdrawn without a reason": "UPDATE proposal SET state = 'withdrawn'",
    "nothing asked": "UPDATE proposal SET ask = ' '",
    "a decision state nobody knows": "UPDATE decision SET state = 'accepted'",
    "an outcome nobody knows": "UPDATE decision SET outcome = 'maybe'",
    "a short reason": "UPDATE decision SET reason = 'derfor'",
    "a reason of spaces": "UPDATE decision SET reason = '                                              '",
    "taken without a second person": "UPDATE decision SET state = 'taken'",
    "confirmed by who entered it": "UPDATE decision SET state = 'taken', confirmed_by_id = entered_by_id",
}


@pytest.mark.parametrize("statement", tuple(FORBIDDEN.values()), ids=tuple(FORBIDDEN))
def test_the_database_refuses(quarter: None, statement: str) -> None:
    factories.a_finding()
    factories.a_decision()

    with pytest.raises(IntegrityError):
        db.db.session.execute(text(statement))


def test_a_claim_of_201_characters_is_refused_by_the_database(quarter: None) -> None:
    factories.a_finding()

    with pytest.raises(Exception, match=r"ck_finding_claim|too long"):
        db.db.session.execute(text("UPDATE finding SET claim = :claim"), {"claim": "x" * 201})


def test_what_was_changed_meanwhile_is_not_signed(quarter: None) -> None:
    finding = factories.a_finding()
    findings.edit(finding, factories.words(body="Noget andet."), a_user("moderator"))

    with pytest.raises(ChangedMeanwhile):
        states.same_version(finding, 1)


def test_every_state_has_a_word() -> None:
    tables = (states.FINDING, states.RESEARCH, states.PROPOSAL, states.DECISION, states.ACTION, states.PHASE)

    assert {state for table in tables for state in table} <= set(states.WORDS)
