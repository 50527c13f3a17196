"""Decisions: a reason, two people, and words that are told back."""

from datetime import timedelta

import pytest

from app.desk.track import states
from app.desk.track.cell_references import ReferenceRefused
from app.desk.track.decisions import decisions
from app.desk.track.decisions.decisions import DecisionRefused
from app.desk.track.public_words import NumbersTyped
from app.publication import told
from tests.desk.accounts.factories import a_user
from tests.desk.track import factories
from tests.desk.track.factories import TODAY


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": "x" * 39},
        {"reason": ""},
        {"title": ""},
        {"title": "x" * 201},
        {"body": ""},
        {"outcome": "maybe"},
        {"told_outcome": "perhaps"},
        {"theme": "XXX"},
        {"decided_by": ""},
        {"decided_on": TODAY + timedelta(days=1)},
        {"said_da": ""},
        {"told_en": ""},
        {"told_da": "x" * 601},
    ],
)
def test_a_decision_lacks_nothing(quarter: None, changes: dict[str, object]) -> None:
    with pytest.raises(DecisionRefused):
        factories.a_decision(**changes)


@pytest.mark.parametrize("field", ["title", "body", "reason", "said_da", "said_en", "told_da", "told_en"])
def test_a_typed_number_is_refused_in_every_text(quarter: None, field: str) -> None:
    with pytest.raises(NumbersTyped):
        factories.a_decision(**{field: "Det var 12, som bad om det, og det kan lade sig gøre."})


def test_a_decision_answers_a_proposal_that_was_sent(quarter: None) -> None:
    for proposals in ([], [factories.a_proposal("draft")], [factories.a_proposal("withdrawn")]):
        with pytest.raises(DecisionRefused):
            decisions.enter(factories.decided(), proposals, a_user("council"), TODAY)


def test_who_entered_it_cannot_confirm_it(quarter: None) -> None:
    author = a_user("council")
    decision = factories.a_decision(author=author)

    with pytest.raises(states.OnePersonTwice):
        decisions.confirm(decision, author)


def test_who_changed_it_cannot_confirm_it(quarter: None) -> None:
    second = a_user("council")
    decision = factories.a_decision()
    decisions.edit(decision, factories.decided(body="Noget andet."), decision.proposals, second, TODAY)

    with pytest.raises(states.OnePersonTwice):
        decisions.confirm(decision, second)


def test_a_confirmed_decision_is_not_edited(quarter: None) -> None:
    decision = factories.a_decision("taken")

    with pytest.raises(states.StepRefused):
        decisions.edit(decision, factories.decided(), decision.proposals, a_user("council"), TODAY)


def test_a_published_decision_is_told_back_with_printed_figures(quarter: None) -> None:
    decision = factories.a_decision("published", told_outcome="did_not")

    (item,) = told.live("ADG")
    assert (item.code, item.outcome, item.decided_on) == (decision.code, "did_not", TODAY)
    assert "41 of 96 answers (43 %, uncertainty 33–53 %)" in item.said_en
    assert "[[" not in item.said_da + item.body_da + item.said_en + item.body_en


def test_nothing_is_told_before_it_is_published(quarter: None) -> None:
    factories.a_decision("taken")

    assert not told.live()


def test_a_figure_that_is_not_printed_is_not_told(quarter: None) -> None:
    decision = factories.a_decision("taken", told_da="[[2026-Q2 T5 DK ADG]] er nu glade.")

    with pytest.raises(ReferenceRefused):
        decisions.publish(decision)
    assert not told.live()
