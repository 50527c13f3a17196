"""Each house in which it shows that somebody answered is told from ours by looking everywhere twice."""

import pytest
from flask import Flask

from app.core import db
from tests.desk import stillness
from tests.desk.accounts import factories as accounts
from tests.desk.stillness import House
from tests.desk.test_batch import house, work
from tests.mutants import batch_mutants
from tests.requirements import IN_FULL

__all__ = ["house"]
pytestmark = pytest.mark.requirement("R9", mutants=True)


def test_what_shows_that_somebody_answered_is_seen(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    missed = []
    for name, (make_wrong, where) in batch_mutants.MOVING.items():
        with monkeypatch.context() as wrong:
            make_wrong(wrong)
            before = house.seen([where])
            house.somebody_answers(0)
            work("batch")
            if where not in stillness.moved(before, house.seen([where])):
                missed.append(name)

    assert missed == []


def test_a_batch_in_order_is_seen(app: Flask, content: None, monkeypatch: pytest.MonkeyPatch) -> None:
    if not (IN_FULL or db.is_sqlite()):
        pytest.skip("the same ids: both databases in full")
    batch_mutants.batch_in_order(monkeypatch)

    assert stillness.order_in_batches(accounts.a_user("moderator"), 25) < 1e-6
