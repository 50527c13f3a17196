"""Which answers of tablets are counted."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.core import clock, db
from app.desk.moderation import intake
from app.desk.moderation.codebook import queries as code_queries
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


def test_moderators_see_which_texts_came_in_a_burst(tablet: Tablet, sign_in: Callable[..., FlaskClient]) -> None:
    for words in ({"change": "Flere senge"}, {"change": "Mere kaffe"}):
        tablet.says(words=words, burst=words["change"] == "Mere kaffe")
    batches.release(clock.now(), size=1)
    intake.take_in()
    db.db.session.commit()

    queue = sign_in("moderator").get("/desk/queue").text

    assert queue.count("Mange i træk") == 1


@pytest.mark.requirement("R9")
def test_trials_and_bursts_bring_no_batch_about(tablet: Tablet) -> None:
    tablet.says()
    for marked in ({"test": True}, {"burst": True}) * 4:
        tablet.says(**marked)

    assert batches.release(clock.now(), size=5) == 0
    for _ in range(4):
        tablet.says()
    assert batches.release(clock.now(), size=5) == 13
    db.db.session.rollback()
