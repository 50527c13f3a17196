"""Decisions: a reason, two people, and both lists of what was heard."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from app.core import db
from app.desk.track import states
from app.desk.track.cell_references import ReferenceRefused
from app.desk.track.decisions import decisions, weighing
from app.desk.track.decisions.decisions import DecisionRefused
from app.desk.track.decisions.models import Weighed
from app.desk.track.decisions.queries import at_gate
from app.desk.track.decisions.weighing import Lists, WeighingRefused
from app.desk.track.public_words import NumbersTyped
from app.publication import told, track
from tests.desk.accounts.factories import a_user
from tests.desk.track import factories
from tests.desk.track.factories import PHASE, TODAY

WHY = "Det handler om en anden kommune og bliver taget op der."
OTHER = "Det er allerede gjort, og huset har fået nye regler."
NOTHING = Lists((), {})
LACKING: tuple[dict[str, Any], ...] = (
    {"reason": "x" * 39}, {"reason": ""}, {"title": ""}, {"title": "x" * 201}, {"body": ""}, {"outcome": "maybe"},
    {"decided_by": ""}, {"decided_on": TODAY + timedelta(days=1)}, {"phase_key": "midway"}, {"phase_key": ""},
    {"corrects_number": 9}, {"decided_by": "x" * 81},
)  # fmt: skip


def test_a_decision_lacks_nothing(quarter: None) -> None:
    factories.a_phase()
    proposal, council = factories.a_proposal("submitted"), a_user("council")

    for changes in LACKING:
        with pytest.raises(DecisionRefused):
            decisions.enter(factories.decided(**changes), [proposal], council, TODAY, lists=NOTHING)


def test_a_typed_number_is_refused_in_every_text(quarter: None) -> None:
    typed = "Det var 12, som bad om det, og det kan lade sig gøre."
    factories.a_phase()
    proposal, council = factories.a_proposal("submitted"), a_user("council")

    for field in ("title", "body", "reason", "minority"):
        with pytest.raises(NumbersTyped):
            decisions.enter(factories.decided(**{field: typed}), [proposal], council, TODAY, lists=NOTHING)
    with pytest.raises(NumbersTyped):
        decisions.enter(factories.decided(), [proposal], council, TODAY, lists=Lists((), {"U1": typed}))


def test_a_decision_answers_a_proposal_that_was_sent(quarter: None) -> None:
    factories.a_phase()

    for proposals in ([], [factories.a_proposal("draft")]):
        with pytest.raises(DecisionRefused):
            decisions.enter(factories.decided(), proposals, a_user("council"), TODAY, lists=NOTHING)


def test_who_entered_or_changed_it_cannot_confirm_it(quarter: None) -> None:
    author, second = a_user("council"), a_user("council")
    decision = factories.a_decision(author=author)

    with pytest.raises(states.OnePersonTwice):
        decisions.confirm(decision, author, TODAY)
    changed = factories.decided(body="Noget andet.")
    decisions.edit(decision, changed, decision.proposals, second, TODAY, lists=NOTHING)
    with pytest.raises(states.OnePersonTwice):
        decisions.confirm(decision, second, TODAY)


def test_a_confirmed_decision_is_not_edited(quarter: None) -> None:
    decision = factories.a_decision("taken")

    with pytest.raises(states.StepRefused):
        decisions.edit(decision, factories.decided(), decision.proposals, a_user("council"), TODAY, lists=NOTHING)


def test_nothing_is_decided_while_people_are_still_heard(quarter: None) -> None:
    factories.a_phase("open", closes_on=TODAY, decide_by=TODAY, result_by=TODAY)
    council = a_user("council")
    proposal = factories.a_proposal("submitted")
    decision = decisions.enter(factories.decided(), [proposal], council, TODAY, lists=NOTHING)

    with pytest.raises(DecisionRefused, match="lytter stadig"):
        decisions.confirm(decision, a_user("moderator"), TODAY)


def test_everything_published_in_the_phase_stands_in_exactly_one_list(quarter: None) -> None:
    factories.a_phase()
    first, second = factories.a_finding("published"), factories.a_finding("published")
    assert (first.phase, second.phase) == (PHASE, PHASE)
    decision = factories.a_decision(lists=Lists(("U1",), {}))
    write = (decision.proposals, a_user("council"), TODAY)

    with pytest.raises(WeighingRefused, match="U2"):
        decisions.confirm(decision, a_user("moderator"), TODAY)
    for lists, named in (
        (Lists(("U1", "U2"), {"U2": WHY}), "U2"),  # in both
        (Lists(("U1",), {"U2": "Nej."}), "U2"),  # too short a reason
        (Lists((), {"U1": WHY, "U2": f"  {WHY.upper()} "}), "U1, U2"),  # a copy
    ):
        with pytest.raises(WeighingRefused, match=named):
            decisions.edit(decision, factories.decided(), *write, lists=lists)
    decisions.edit(decision, factories.decided(), *write, lists=Lists(("U1", "U9"), {"U2": WHY}))
    with pytest.raises(WeighingRefused, match="U9"):
        decisions.confirm(decision, a_user("moderator"), TODAY)
    decisions.edit(decision, factories.decided(), *write, lists=Lists((), {"U1": OTHER, "U2": WHY}))
    decisions.confirm(decision, a_user("moderator"), TODAY)

    assert [(one.code, one.reason) for one in decision.set_aside] == [("U1", OTHER), ("U2", WHY)]


def test_the_database_holds_the_lists_too(quarter: None) -> None:
    number = factories.a_decision(lists=Lists(("U1",), {"U3": OTHER})).number

    for code, reason in (("U1", WHY), ("U2", "Nej."), ("U2", OTHER)):  # in both lists, too short, a copy
        row = {"decision_number": number, "code": code, "position": 9, "reason": reason}
        with pytest.raises(IntegrityError):
            db.connection().execute(insert(Weighed), row)
        db.db.session.rollback()
    row = {"decision_number": number, "code": "U2", "position": 9, "reason": WHY}
    db.connection().execute(insert(Weighed), row)


def test_a_published_decision_is_told_back_with_printed_figures(quarter: None) -> None:
    decision = factories.a_decision("taken", minority="Nogle ville vente.", body=f"Det sagde {factories.FIGURE}.")
    factories.tell(decision.code, said_en=f"{factories.FIGURE} say so.", outcome="did_not")
    assert not told.live()
    decisions.publish(decision, TODAY)

    (item,) = told.live("ADG")
    assert (item.code, item.outcome, item.decided_on) == (decision.code, "did_not", TODAY)
    entry = track.entry(decision.code)
    assert entry
    assert "41 af 96 svar (43 %, usikkerhed 33–53 %)" in entry.parts["body"]
    assert (entry.phase, entry.parts["minority"]) == (PHASE, "Nogle ville vente.")
    assert [(link.relation, link.code) for link in entry.links] == [("answers", "F1")]


def test_a_figure_that_is_not_printed_is_not_published(quarter: None) -> None:
    decision = factories.a_decision("taken", body="[[2026-Q2 T5 DK ADG]] er nu glade.")

    with pytest.raises(ReferenceRefused):
        decisions.publish(decision, TODAY)
    assert decision.state == "taken"


def test_a_correction_is_a_new_decision_that_names_the_old_one(quarter: None) -> None:
    first = factories.a_decision("published")
    second = factories.a_decision("published", of=first.proposals[0], corrects_number=first.number)

    entry = track.entry(second.code)
    assert entry
    assert ("corrects", first.code) in [(link.relation, link.code) for link in entry.links]


def test_what_belongs_to_no_phase_is_weighed_by_the_next_decision_and_then_by_no_other(quarter: None) -> None:
    early = factories.a_finding("published")
    study = factories.a_research("published")
    assert early.phase is study.phase_key is None
    factories.a_phase()
    proposal = factories.a_proposal("submitted", on=early)

    with pytest.raises(WeighingRefused, match="R1, U1"):
        factories.a_decision("taken", of=proposal, lists=NOTHING)
    db.db.session.rollback()
    factories.a_decision("taken", of=proposal, lists=Lists((early.code,), {study.code: WHY}))

    assert early.phase == study.phase_key == PHASE
    shown = {one.code: one.phase for one in track.entries()}
    assert shown[early.code] == shown[study.code] == shown[proposal.code] == PHASE
    factories.a_phase("open", key="midway", opens_on=TODAY, closes_on=TODAY, decide_by=TODAY, result_by=TODAY)
    assert weighing.codes("midway") == []


def test_what_a_cancelled_phase_heard_is_weighed_by_the_next_decision(quarter: None) -> None:
    factories.a_phase("open")
    finding = factories.a_finding("published")
    factories.a_phase("cancelled")
    factories.a_phase("open", key="midway", opens_on=TODAY, closes_on=TODAY, decide_by=TODAY, result_by=TODAY)

    assert weighing.codes("midway") == [finding.code]


def test_what_comes_after_a_phase_is_decided_waits_for_the_next_one(quarter: None) -> None:
    phase = factories.a_phase()
    phase.state, phase.decided_on, phase.gate_stood = "decided", TODAY, []
    db.db.session.commit()
    study = factories.a_research("published")

    assert weighing.codes(PHASE) == []
    factories.a_phase("open", key="midway", opens_on=TODAY, closes_on=TODAY, decide_by=TODAY, result_by=TODAY)
    assert weighing.codes("midway") == [study.code]


def test_a_decision_entered_by_mistake_is_dropped_with_its_reason_and_keeps_its_number(quarter: None) -> None:
    wrong = factories.a_decision()
    with pytest.raises(DecisionRefused):
        decisions.drop(wrong, "  ")

    decisions.drop(wrong, "Den var skrevet to gange.")
    db.db.session.commit()

    assert (wrong.state, wrong.dropped_because) == ("dropped", "Den var skrevet to gange.")
    for step in (lambda: decisions.confirm(wrong, a_user("moderator"), TODAY), lambda: decisions.drop(wrong, "igen")):
        with pytest.raises(states.StepRefused):
            step()
    assert factories.a_decision("published", of=wrong.proposals[0]).code == "B2"
    assert [one.code for one in at_gate(PHASE)] == ["B2"]


def test_what_is_confirmed_is_not_dropped_by_raw_sql_without_a_reason(quarter: None) -> None:
    taken = factories.a_decision("taken")

    with pytest.raises(states.StepRefused):
        decisions.drop(taken, "Den er forkert.")
    with pytest.raises(IntegrityError):
        db.connection().exec_driver_sql("UPDATE decision SET state = 'dropped', confirmed_by_id = NULL")


def test_who_wrote_in_a_decision_before_another_changed_it_does_not_confirm_it(quarter: None) -> None:
    first, second = a_user("council"), a_user("council")
    decision = factories.a_decision(author=first)
    lists = Lists(tuple(decision.considered), {})
    decisions.edit(decision, factories.decided(), decision.proposals, second, TODAY, lists=lists)

    for writer in (first, second):
        with pytest.raises(states.OnePersonTwice):
            decisions.confirm(decision, writer, TODAY)
    decisions.confirm(decision, a_user("moderator"), TODAY)
