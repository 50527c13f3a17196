"""A job that starts a process of ours leaves the database to it: SQLite has one writer."""

import subprocess
from typing import Any

import pytest

from app import jobs
from app.core import clock, db
from tests.desk.track import factories


@pytest.mark.parametrize("name", ["tallies", "answering"])
def test_a_job_holds_no_transaction_while_another_process_works(
    content: None, clock: clock.Clock, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    clock.set(factories.SUMMER)
    seen: list[bool] = []

    def started(*_given: Any, **_more: Any) -> None:
        seen.append(db.db.session().in_transaction())

    monkeypatch.setattr(subprocess, "run", started)
    job = jobs.by_name(name)
    assert job
    db.db.session.rollback()

    jobs.run(job, factories.SUMMER)

    assert seen == [False]
