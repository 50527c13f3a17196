"""Answers to proposals: easy words, somebody's name, and the clock that runs until they come."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.desk.track import public_words
from app.desk.track.proposals import answers, waiting
from app.desk.track.proposals.models import Proposal
from app.desk.track.proposals.proposals import ProposalRefused
from app.publication import track
from tests.desk.track import factories
from tests.desk.track.factories import TODAY, an_answer

HARD = "Kommunalbestyrelsen har besluttet, at finansieringsmulighederne undersøges administrativt, " * 2


def test_the_clock_counts_whole_days_over_summer_time_new_year_and_a_week_53() -> None:
    sent = Proposal(state="submitted", submitted_on=date(2026, 10, 24), answer_due=date(2026, 12, 19))

    for today, waited, late in (
        (date(2026, 10, 24), 0, 0), (date(2026, 10, 25), 1, 0), (date(2026, 10, 26), 2, 0), (date(2026, 12, 19), 56, 0),
        (date(2026, 12, 20), 57, 1), (date(2026, 12, 31), 68, 12), (date(2027, 1, 1), 69, 13),
        (date(2027, 1, 3), 71, 15), (date(2027, 3, 28), 155, 99), (date(2027, 3, 29), 156, 100),
    ):  # fmt: skip
        assert (waiting.days_waiting(sent, today), waiting.days_late(sent, today)) == (waited, late), today


def test_the_clock_says_its_days(quarter: None) -> None:
    proposal = factories.a_proposal("evaluating")

    assert "34" in waiting.waited(proposal, TODAY + timedelta(days=34))
    assert waiting.waited(proposal, TODAY + timedelta(days=60)).endswith("4 dage for sent.")


def test_only_an_answer_stops_the_clock(quarter: None) -> None:
    proposal = factories.a_proposal("submitted")
    factories.a_decision("published", of=proposal)
    decided = waiting.days_waiting(proposal, TODAY)

    answers.record(proposal, an_answer("rejected"), TODAY)

    assert decided == 0
    assert waiting.days_waiting(proposal, TODAY) is None
    assert waiting.waited(proposal, TODAY) == ""


def test_an_answer_is_in_easy_words_and_somebody_stands_for_it(quarter: None) -> None:
    proposal = factories.a_proposal("submitted", sent_on=TODAY - timedelta(days=3))
    lacking: tuple[dict[str, Any], ...] = (
        {"state": "rejected", "words": "Nej."}, {"state": "partly_accepted", "words": "x " * 49}, {"words": HARD},
        {"state": "maybe"}, {"by": ""}, {"by": "x" * 121}, {"on": None}, {"on": TODAY + timedelta(days=1)},
        {"on": TODAY - timedelta(days=4)},
    )  # fmt: skip

    for changes in lacking:
        with pytest.raises(ProposalRefused):
            answers.record(proposal, an_answer(**changes), TODAY)
    with pytest.raises(public_words.NumbersTyped):
        answers.record(proposal, an_answer(words="Vi har kun penge til 3 aftener."), TODAY)
    assert proposal.state == "submitted"
    answers.record(proposal, an_answer(words=""), TODAY)
    assert proposal.state == "accepted", "a plain yes needs no words"


def test_asking_again_keeps_the_first_answer_and_starts_a_new_clock(quarter: None) -> None:
    later, last = TODAY + timedelta(days=40), TODAY + timedelta(days=50)
    proposal = factories.a_proposal("rejected")

    with pytest.raises(ProposalRefused):
        answers.reopen(proposal, " ", later)
    answers.reopen(proposal, "De svarer ikke på weekenden.", later)
    waits = (waiting.days_waiting(proposal, last), proposal.answer_due)
    answers.record(proposal, an_answer("partly_accepted", on=last), last)

    entry = track.entry(proposal.code)
    assert waits == (10, later + timedelta(days=56))
    assert entry is not None
    assert entry.parts["answer"]["state"] == "partly_accepted"
    assert [(one["state"], one["reopened_because"]) for one in entry.parts["former_answers"]] == [
        ("rejected", "De svarer ikke på weekenden.")
    ]
