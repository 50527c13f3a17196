"""The gate: ten points worked out from what there is, reasons of a named role, and the way through it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.core import db
from app.core.errors import Refusal
from app.core.i18n import translate
from app.desk.track.decisions import decisions
from app.desk.track.findings.models import Finding
from app.desk.track.gates import gate, in_public, passing
from app.desk.track.gates.gate import GateRefused
from app.desk.track.phases.models import POINTS, Phase
from app.publication import queries as printed
from app.publication import track
from app.surveys import responses
from app.surveys.responses import Setting
from tests.desk.accounts.factories import a_user
from tests.desk.track import factories
from tests.desk.track.factories import PHASE, TODAY

BECAUSE = "Der er for lidt tid til det nu, og vi gør det i den næste fase."
WAIVABLE = (1, 2, 3, 4, 5, 6, 9)


def met(phase: Phase) -> set[int]:
    return {point.number for point in gate.stands(phase, TODAY) if point.is_met}


def explained(phase: Phase) -> Phase:
    """Every point that may be explained is."""
    council = a_user("council")
    for number in WAIVABLE:
        gate.give_reason(phase, number, BECAUSE, council)
    return phase


def test_a_point_is_met_by_what_lies_before_it(quarter: None) -> None:
    phase = factories.a_phase()
    assert met(phase) == {3, 7, 8, 9}  # the quarter is out; nothing is heard, so nothing is left out

    printed.add_moderated(factories.PERIOD, {})
    assert 1 in met(phase)
    finding = factories.a_finding("published")
    assert 4 in met(phase)
    assert 8 not in met(phase)
    proposal = factories.a_proposal("draft", on=finding)
    assert 9 not in met(phase)
    factories.a_research("published", phase=phase, kind="none", dated=None, asked_on=TODAY, says="")
    assert 5 in met(phase)
    db.db.session.delete(proposal)
    decision = factories.a_decision("taken", of=factories.a_proposal("submitted", on=finding))
    assert {8, 9} <= met(phase)
    assert 10 not in met(phase)
    factories.tell(decision.code)
    assert 10 in met(phase)
    factories.a_finding("draft")
    assert 4 not in met(phase)


def test_a_month_somebody_was_heard_in_is_owed_until_it_or_a_longer_period_is_out(quarter: None) -> None:
    phase = factories.a_phase()
    for week in ("2026-W07", "2026-W16"):  # one inside the quarter that is out, one in April
        responses.begin(Setting(channel="web", lang="da", week=week, site_code="GH1"))
    db.db.session.commit()

    third = next(point for point in gate.stands(phase, TODAY) if point.number == 3)
    assert (third.is_met, third.says("en")) == (False, "These periods are not published: April 2026.")

    factories.a_release("2026-M04", {("T1", "DK", ""): 40})
    assert 3 in met(phase)


def test_a_missing_thing_is_named(quarter: None) -> None:
    phase = factories.a_phase()
    factories.a_finding("published")
    said = {point.number: point.says("en") for point in gate.stands(phase, TODAY)}

    assert said[8] == "Not considered yet, nor set aside: U1."
    assert said[1] == "It is not printed yet how many texts are unread: First quarter of 2026."
    assert said[3] == ""


def test_no_reason_stands_in_for_three_of_the_points(quarter: None) -> None:
    phase, council = factories.a_phase(), a_user("council")

    for number in set(POINTS) - set(WAIVABLE):
        with pytest.raises(GateRefused):
            gate.give_reason(phase, number, BECAUSE, council)
        row = {"phase": PHASE, "point": number, "because": BECAUSE, "by": council.id}
        with pytest.raises(IntegrityError):
            db.connection().execute(
                text("INSERT INTO gate_reason VALUES (:phase, :point, :because, 'council', :by)"), row
            )
        db.db.session.rollback()
    for because in ("Nej.", f"De 12 mangler. {BECAUSE}"):
        with pytest.raises(Refusal):
            gate.give_reason(phase, 1, because, council)


def test_a_phase_is_decided_when_every_point_is_in_order_and_the_gate_stays_as_it_stood(quarter: None) -> None:
    phase = explained(factories.a_phase())
    with pytest.raises(GateRefused, match="en anden har bekræftet"):
        passing.decide(phase, TODAY)
    decision = factories.a_decision("taken")
    with pytest.raises(GateRefused, match=r"10\."):
        passing.decide(phase, TODAY)
    factories.tell(decision.code)

    passing.decide(phase, TODAY)
    db.db.session.flush()
    in_public.show(phase, TODAY)

    assert (phase.state, phase.decided_on) == ("decided", TODAY)
    with pytest.raises(GateRefused):
        gate.give_reason(phase, 1, BECAUSE, a_user("council"))
    db.connection().execute(text("DELETE FROM gate_reason"))
    entry = track.entry(PHASE)
    assert entry
    assert [point["number"] for point in entry.parts["gate"]] == list(POINTS)
    (second,) = [point for point in entry.parts["gate"] if point["number"] == 2]
    assert (second["is_met"], second["because"], second["by_role"]) == (False, BECAUSE, translate("da", "The Council"))


def test_the_result_waits_for_the_decision_its_dossier_and_the_people_who_spoke(quarter: None) -> None:
    phase = explained(factories.a_phase())
    decision = factories.a_decision("taken", told=True)
    passing.decide(phase, TODAY)

    with pytest.raises(GateRefused, match=decision.code):
        passing.publish_result(phase, TODAY)
    decisions.publish(decision, TODAY)
    factories.a_decision("pending", of=decision.proposals[0], corrects_number=decision.number)  # holds nothing up
    with pytest.raises(GateRefused, match="dossier"):
        passing.publish_result(phase, TODAY)
    assert passing.untold(phase) == []
    db.connection().execute(text("UPDATE telling SET live_on = '2026-01-01'"))  # before it was decided
    assert passing.untold(phase) == [decision.code]


def test_a_correction_is_all_that_can_follow_a_decided_phase(quarter: None) -> None:
    phase = explained(factories.a_phase())
    first = factories.a_decision("published", told=True)
    passing.decide(phase, TODAY)

    with pytest.raises(Refusal, match="rette en beslutning"):
        factories.a_decision(of=first.proposals[0])
    factories.a_decision("taken", of=first.proposals[0], corrects_number=first.number)


def test_counter_evidence_cannot_be_missing_from_a_public_finding(quarter: None) -> None:
    factories.a_phase()
    factories.a_finding("published")

    with pytest.raises(IntegrityError):
        db.db.session.query(Finding).update({"counter_evidence": " "})
