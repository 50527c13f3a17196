"""The clocks the public sees, by the day: waiting, due today, late, and late answers that are remembered."""

from datetime import date
from typing import Any

import pytest

from app.publication.track import lateness, words
from app.publication.track.lateness import Late
from tests.publication.track import factories

SENT: dict[str, Any] = {"submitted_on": "2026-12-20", "answer_due": "2027-02-14"}
PHASE: dict[str, Any] = {"decide_by": "2027-03-01", "result_by": "2027-03-28"}


@pytest.mark.parametrize(
    ("today", "waited", "late"),
    [
        (date(2026, 12, 20), 0, []),
        (date(2027, 1, 3), 14, []),  # over New Year and the end of week 53
        (date(2027, 2, 14), 56, []),
        (date(2027, 2, 15), 57, [Late("answer", date(2027, 2, 14), 1)]),
        (date(2027, 3, 29), 99, [Late("answer", date(2027, 2, 14), 43)]),  # the day after the clocks went forward
    ],
)
def test_a_proposal_waits_in_whole_days(today: date, waited: int, late: list[Late]) -> None:
    proposal = factories.entry("F3", parts=SENT)

    assert (lateness.days_waiting(proposal, today), lateness.late(proposal, today)) == (waited, late)


@pytest.mark.parametrize(
    ("state", "late"),
    [
        ("open", ["decision", "result"]),
        ("closed", ["decision", "result"]),
        ("decided", ["result"]),
        ("result_published", []),
        ("cancelled", []),
    ],
)
def test_a_phase_is_late_with_its_decision_and_its_result(state: str, late: list[str]) -> None:
    phase = factories.entry("midway", state=state, parts=PHASE)

    assert [one.what for one in lateness.late(phase, date(2027, 4, 1))] == late
    assert lateness.late(phase, date(2027, 3, 1)) == []


@pytest.mark.parametrize(
    ("state", "is_late"), [("planned", True), ("paused", True), ("done", False), ("dropped", False)]
)
def test_an_action_is_late_until_it_is_over(state: str, is_late: bool) -> None:
    action = factories.entry("A7", state=state, parts={"due": "2027-03-01"})

    assert bool(lateness.late(action, date(2027, 3, 2))) is is_late


@pytest.mark.parametrize(
    ("state", "answered", "since"),
    [
        ("submitted", None, date(2027, 2, 15)),
        ("accepted", "2027-02-14", None),
        ("accepted", "2027-02-20", date(2027, 2, 15)),
        ("evaluating", "2027-02-10", date(2027, 2, 15)),  # asked again
    ],
)
def test_an_answer_that_came_late_stays_late(state: str, answered: str | None, since: date | None) -> None:
    answer = {"on": answered, "words": "Ja."} if answered else None
    proposal = factories.entry("F3", state=state, parts={**SENT, "answer": answer})

    assert lateness.late_since(proposal, date(2027, 4, 1)) == since


def test_a_delay_is_said_in_a_sentence() -> None:
    phase = factories.entry("midway", state="decided", parts={**PHASE, "result_by": "2027-03-01"})

    assert words.late(phase, date(2027, 3, 13), "en") == [
        "The result should have come on 1 March 2027. It is 12 days late."
    ]
