"""Jobs that start a process of ours leave the database to it, and a worker outlives a database that is away."""

import logging
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app import create_app, jobs
from app.core import clock, config, db, log
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


@pytest.mark.one_database
def test_a_worker_waits_for_a_database_that_is_away_and_says_so_once(
    environ: dict[str, str], database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[datetime] = []
    monkeypatch.setattr(jobs, "JOBS", (jobs.Job("tried", ran.append, every=1),))
    path = tmp_path / "away" / "house"
    worker = create_app(config.load(environ | {"STEMME_DATABASE_URL": f"sqlite:///{path}"}))
    heard: list[str] = []
    listener = logging.Handler()
    listener.emit = lambda record: heard.append(record.msg)  # type: ignore[method-assign]
    log.log.addHandler(listener)

    jobs.work(worker, pause=0, rounds=3)
    path.parent.mkdir()
    shutil.copy(database_url.removeprefix("sqlite:///"), path)
    jobs.work(worker, pause=0, rounds=2)
    log.log.removeHandler(listener)

    assert heard == ["no database", "over"]
    assert len(ran) == 1
