"""A night run in a process of its own that ends at a chosen moment, as by a loss of power: nothing is tidied up."""

import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app import jobs
from app.core import db
from app.privacy import night, night_report
from app.privacy.night import Step
from app.privacy.night_report import Report

BEFORE, NOT_COMMITTED, NOT_NOTED, HALF_WRITTEN, BEFORE_STATEMENT = (
    "before", "not committed", "not noted", "half written", "before the statement",
)  # fmt: skip
Act = Callable[[datetime], object]


@dataclass(frozen=True)
class Moment:
    """When the night ends; `where` is the name of a step, or how a statement begins."""

    when: str
    where: str

    def __str__(self) -> str:
        return f"{self.when}: {self.where}"


def run(now: datetime, moment: Moment) -> int:
    """Begin the night in a child that dies at this moment; the signal it died of, 0 if the moment never came."""
    db.db.session.remove()
    db.db.engine.dispose()  # a child must not speak on its parent's connections
    child = multiprocessing.get_context("fork").Process(target=_night, args=(now, moment))
    child.start()
    child.join()
    return -(child.exitcode or 0)


def _night(now: datetime, moment: Moment) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if moment.when == NOT_NOTED:
        night_report.write = _dying_at(moment.where, night_report.write)  # type: ignore[assignment]
    elif moment.when == BEFORE_STATEMENT:
        sa.event.listen(db.db.engine, "before_cursor_execute", _dying_before(moment.where))
    else:
        night._done = _dying_within(moment, night._done)  # type: ignore[assignment]
    jobs.night_run(now)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    signal.pause()


def _dying_at(step: str, write: Callable[[Report], None]) -> Callable[[Report], None]:
    """The step is done and committed, and nobody has written that down."""

    def noted(report: Report) -> None:
        if list(report.steps)[-1] == step:
            _die()
        write(report)

    return noted


def _dying_before(beginning: str) -> Callable[..., None]:
    def execute(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(beginning):
            _die()

    return execute


def _dying_within(moment: Moment, done: Callable[[Step, datetime], str]) -> Callable[[Step, datetime], str]:
    def act(own: Act, now: datetime) -> None:
        if moment.when == BEFORE:
            _die()
        if moment.when == HALF_WRITTEN:
            _let_nothing_grow_beyond_half()
        own(now)
        if moment.when == NOT_COMMITTED:
            _die()

    def dying(step: Step, now: datetime) -> str:
        own = step.act
        return done(replace(step, act=lambda now: act(own, now)) if step.name == moment.where else step, now)

    return dying


def _let_nothing_grow_beyond_half() -> None:
    """The kernel ends this process at the first byte that a file of SQLite gets beyond half of what it will need."""
    size = Path(str(db.db.engine.url.database)).stat().st_size
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, resource.RLIM_INFINITY))
