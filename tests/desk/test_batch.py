"""Nobody sees that somebody answered: nothing moves anywhere before the batch, and a batch is shuffled."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from app import jobs
from app.core import clock, db
from app.surveys import queries
from tests.conftest import NOON
from tests.desk import stillness
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.stillness import House
from tests.requirements import IN_FULL

QUEUE = "moderator /desk/queue"
BATCHES, RARE = (1000, 1e-3) if IN_FULL else (25, 1e-6)
pytestmark = pytest.mark.requirement("R9")


@pytest.fixture
def house(environ: dict[str, str], request: pytest.FixtureRequest) -> House:
    environ["STEMME_RELEASE_BATCH"] = "5"
    app, _ = request.getfixturevalue("app"), request.getfixturevalue("content")
    if not (IN_FULL or db.is_sqlite()):
        pytest.skip("the same pages: both databases in full")
    factories.the_codebook()
    return House(app, NOON)


def work(name: str) -> None:
    """Run a job now."""
    job = jobs.by_name(name)
    assert job
    jobs.run(job, clock.now())


def test_nothing_moves_for_anybody_before_five_wait(house: House, figure: Callable[[str], None]) -> None:
    before = house.seen()
    for nth in range(4):
        house.somebody_answers(nth)
        work("batch")
    moved = stillness.moved(before, house.seen())

    house.somebody_answers(4)
    work("batch")
    after = stillness.moved(before, house.seen([QUEUE]))

    figure(f"{len(before)} pages, counts, feeds and heartbeats: 0 moved before the fifth answer, the queue with it")
    assert (moved, after) == ([], [QUEUE])


def test_what_waited_over_night_leaves_at_six_in_the_morning(house: House) -> None:
    house.somebody_answers(0)
    waiting = []
    for hour, minute, job in ((2, 30, "night"), (4, 59, "batch"), (5, 0, "batch")):  # one hour later in Copenhagen
        clock.clock().set(datetime(2026, 3, 3, hour, minute, tzinfo=UTC))
        work(job)
        waiting.append(queries.count_waiting(only_due=False))
        db.db.session.rollback()

    assert waiting == [1, 1, 0]


def test_a_batch_is_shuffled(app: Flask, content: None, figure: Callable[[str], None]) -> None:
    p = stillness.order_in_batches(accounts.a_user("moderator"), BATCHES)

    figure(f"order of {BATCHES} batches of 5: p = {p:.3f}")
    assert p > RARE
