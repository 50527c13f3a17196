"""Phases: days that are promised, steps by the table, and which period belongs to which."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.core import db
from app.core.errors import Refusal
from app.desk.track import states
from app.desk.track.phases import dates, phases, queries, steps
from app.desk.track.phases.dates import DateRefused
from app.desk.track.phases.models import Phase
from app.desk.track.states import StepRefused
from app.publication import track
from tests.desk.track import factories
from tests.desk.track.factories import DAYS, PHASE, TODAY

STEPS: dict[str, Callable[[Phase], None]] = {
    "open": lambda phase: steps.open_(phase, TODAY),
    "closed": lambda phase: steps.close(phase, TODAY),
    "cancelled": lambda phase: steps.cancel(phase, "Der er ikke penge til den."),
}
FORBIDDEN = (
    "UPDATE phase SET state = 'shiny'",
    "UPDATE phase SET state = 'open', opens_on = NULL",
    "UPDATE phase SET closes_on = '2025-01-01'",
    "UPDATE phase SET decide_by = '2025-01-01'",
    "UPDATE phase SET result_by = '2025-01-01'",
    "UPDATE phase SET state = 'cancelled'",
    "UPDATE phase SET state = 'decided'",
    "UPDATE phase SET state = 'decided', decided_on = '2026-06-01'",
    "UPDATE phase SET state = 'result_published'",
    "UPDATE phase_moved_date SET because = ' '",
    "UPDATE phase_moved_date SET became = was",
)


def test_a_phase_takes_the_steps_of_the_table_and_no_other(quarter: None) -> None:
    for before in ("planned", "open", "closed", "cancelled"):
        for after, step in STEPS.items():
            phase = factories.a_phase(before)
            if after in states.PHASE[before]:
                step(phase)
                db.db.session.flush()
                assert phase.state == after
            else:
                with pytest.raises(StepRefused):
                    step(phase)
            db.db.session.rollback()
            db.connection().execute(text("UPDATE phase SET state = 'planned', cancelled_because = ''"))
            db.db.session.commit()
            db.db.session.expire_all()


def test_the_database_holds_the_days_and_states_too(quarter: None) -> None:
    phase = factories.a_phase("open")
    dates.promise(phase, {"result_by": date(2026, 8, 31)}, "Vi venter på et svar.", TODAY)
    db.db.session.commit()

    for statement in FORBIDDEN:
        where = f" WHERE key = '{PHASE}'" if "UPDATE phase SET" in statement else ""
        with pytest.raises(IntegrityError):
            db.connection().execute(text(statement + where))
        db.db.session.rollback()


def test_days_follow_each_other_and_only_one_phase_listens(quarter: None) -> None:
    first, second = factories.a_phase("planned"), queries.phase("midway")
    assert second
    for phase, days in (
        (first, {"closes_on": date(2025, 12, 31)}),
        (first, {"decide_by": date(2026, 5, 30)}),
        (first, {"result_by": date(2036, 5, 30)}),
        (second, {"opens_on": date(2026, 5, 31), "closes_on": date(2026, 9, 30)}),
    ):
        with pytest.raises(DateRefused):
            dates.promise(phase, days, "", TODAY)
        db.db.session.rollback()
    dates.promise(second, {"opens_on": date(2026, 6, 1), "closes_on": date(2026, 9, 30)}, "", TODAY)

    assert [phases.of_period(one) for one in ("2026-Q1", "2026-M05", "2026-Q2", "2026-Q3", "2025-Q4")] == [
        PHASE, PHASE, "midway", "midway", None,
    ]  # fmt: skip
    assert phases.current(TODAY) is second


def test_a_promise_is_moved_only_with_a_reason_that_stays(quarter: None) -> None:
    phase = factories.a_phase("open")
    later = DAYS["result_by"] + timedelta(days=30)

    with pytest.raises(DateRefused, match="hvorfor"):
        dates.promise(phase, {"result_by": later}, " ", TODAY)
    with pytest.raises(DateRefused, match="ikke fjernes"):
        dates.promise(phase, {"result_by": None}, "Vi ved det ikke.", TODAY)
    with pytest.raises(StepRefused):
        dates.promise(phase, {"opens_on": TODAY}, "Vi kom senere i gang.", TODAY)
    dates.promise(phase, {"result_by": later}, "Kommunen har bedt om mere tid.", TODAY)

    (moved,) = queries.moved_dates(PHASE)
    assert (moved.was, moved.became, moved.because) == (DAYS["result_by"], later, "Kommunen har bedt om mere tid.")


def test_a_phase_opens_and_closes_on_its_days_only(quarter: None) -> None:
    undated = queries.phase("midway")
    assert undated
    with pytest.raises(Refusal, match="fire dage"):
        steps.open_(undated, TODAY)
    phase = factories.a_phase("planned")
    with pytest.raises(Refusal, match="åbner"):
        steps.open_(phase, DAYS["opens_on"] - timedelta(days=1))
    steps.open_(phase, DAYS["opens_on"])
    with pytest.raises(Refusal, match="lovet"):
        steps.close(phase, DAYS["closes_on"] - timedelta(days=1))


def test_loading_the_phases_again_changes_no_day_and_no_state(quarter: None) -> None:
    phase = factories.a_phase("open")

    phases.load()

    assert (phase.state, phase.opens_on, len(queries.phases())) == ("open", DAYS["opens_on"], 4)
    assert track.entry(PHASE) is None
