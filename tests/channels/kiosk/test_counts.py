"""Which answers of tablets are counted."""

from app.core import clock, db
from app.desk.moderation import code_queries
from app.surveys import batches
from tests.channels.kiosk.tablet import WEEK, Tablet


def test_bursts_trials_and_half_runs_are_in_no_figure(tablet: Tablet) -> None:
    for marked in ({}, {"burst": True}, {"test": True}, {"completion": "partial"}):
        assert tablet.says(**marked).status_code == 201
    batches.release(clock.now(), size=1)

    [counted] = code_queries.counted_responses([WEEK])
    db.db.session.rollback()

    assert (counted.channel, counted.site_code) == ("kiosk", "GH1")


def test_what_a_tablet_kept_waiting_is_counted_where_it_belongs(tablet: Tablet) -> None:
    tablet.says(day=20514 - 7)
    batches.release(clock.now(), size=1)

    found = [len(code_queries.counted_responses([week])) for week in ("2026-W09", WEEK)]
    db.db.session.rollback()

    assert found == [1, 0]
