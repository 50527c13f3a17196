"""What runs on a clock, and how often. Several workers may run: each job has one lease in the database."""

import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy.exc import DBAPIError

from app.channels.sms import sweep
from app.core import clock, config, db, leases, log, metrics, pdf
from app.core.clock import COPENHAGEN
from app.desk.accounts import anchor, audit, leaving, session
from app.desk.accounts.outside import errands
from app.desk.moderation import intake
from app.desk.moderation import queries as statements
from app.desk.moderation.dealing import claims
from app.desk.moderation.measures import pace
from app.desk.moderation.purging import purging
from app.desk.moderation.quoting import proposing
from app.desk.moderation.safeguarding import cases
from app.desk.moderation.searching import index
from app.desk.moderation.second_coding import drawing
from app.desk.paper import accepting as paper
from app.desk.track import morning
from app.desk.track import queries as track
from app.desk.track.findings import publicity
from app.desk.track.telling import receipts as told_receipts
from app.privacy import night, rehearsals, samples
from app.privacy.night import Step
from app.publication import dealt, finished, printing, published, tallies
from app.publication.track import rates
from app.surveys import batches, month_keys, queries, retention

HOUR = 3600
THEMES_NOTED = 2000


@dataclass(frozen=True)
class Job:
    """A timed task: what it does (in one transaction, committed by `run`) and when it is due."""

    name: str
    act: Callable[[datetime], object]
    every: int = 0
    """Seconds between two runs; 0 for a job with an hour of the day."""
    at: tuple[int, int] | None = None
    """Hour and minute in Copenhagen."""
    again_until: tuple[int, int] | None = None
    """Hour and minute until which it comes again every quarter of an hour if it failed; else it waits for its time."""
    side: str = "desk"
    """Where it runs in a house of two sides: the citizens' has day keys and carrier, the desk owns the tables."""

    def runs_on(self, side: str) -> bool:
        """Whether a worker of this side (`Settings.side`) runs it."""
        return side in ("all", self.side)

    def comes_again(self, now: datetime) -> bool:
        """Whether it is tried again when its lease is over, if it fails now."""
        local = (now + timedelta(seconds=leases.LONGEST)).astimezone(COPENHAGEN)
        return self.again_until is not None and (local.hour, local.minute) < self.again_until

    def is_due(self, last: float, now: datetime) -> bool:
        """Whether it should run at this instant, having last run at `last` (seconds since 1970)."""
        if self.at is None:
            return now.timestamp() - last >= self.every
        local = now.astimezone(COPENHAGEN)
        due = local.replace(hour=self.at[0], minute=self.at[1], second=0, microsecond=0)
        due = due if due <= local else due - timedelta(days=1)
        return last < due.timestamp()


def release_batch(now: datetime) -> None:
    """Let a shuffled batch out to the desk."""
    batches.release(now, size=config.settings().release_batch)
    intake.take_in()


def fulfil_wishes(_: datetime) -> None:
    """Previews and releases asked for at the desk, in a process of its own: the solver's memory goes with it."""
    if track.preview_asked() or published.signed_and_waiting():
        _release("wishes")


def decide_answering(now: datetime) -> None:
    """What may be seen of conversations by text, and of moderation, once a quarter is over: the solver's turn, too."""
    today = now.astimezone(COPENHAGEN).date()
    if finished.undecided(today) or dealt.undecided(today):
        _release("answering")


def count_tallies(now: datetime) -> None:
    """Count what has rested, in a process of its own: it reads every answer of a year."""
    if any(tallies.due(now.astimezone(COPENHAGEN).date())):
        _release("count")


FORGETTING = (
    Step("keys, receipts and answers", retention.run),
    Step("texts and statements", purging.run),
    Step("rehearsals", rehearsals.forget),
    Step("paper forms", lambda now: paper.forget(now.astimezone(COPENHAGEN).date())),
    Step("cases", cases.forget),
    Step("sessions", session.forget),
    Step("sign-ins elsewhere", errands.forget),
    Step("people who left", lambda now: leaving.erase(now.astimezone(COPENHAGEN).date())),
    Step("claims", lambda _: claims.forget()),
    Step("audit trail", audit.cut_off),
    Step("quotes", proposing.keep_true),
    Step("small numbers", lambda now: tallies.destroy_due(now.astimezone(COPENHAGEN).date())),
    Step("keys of months", month_keys.make_ahead),
    Step("findings", lambda now: publicity.keep_true(now.astimezone(COPENHAGEN).date())),
)
"""What is forgotten or taken down when its time is over; each part by itself."""


def forget(now: datetime) -> None:
    """Everything whose time is over, keyed paper forms too; and shown quotes that should not be any more."""
    for step in FORGETTING:
        step.act(now)


def night_run(now: datetime) -> None:
    """Forget what is due, let what waited leave in the morning, print and index anew, shuffle everything."""
    night.run(
        now,
        *FORGETTING,
        Step("due in the morning", lambda _: queries.mark_due()),
        Step("drawn anew", lambda _: drawing.mix()),
        Step("pace", lambda now: pace.note(now.astimezone(COPENHAGEN).date())),
        Step("printed anew", lambda _: printing.rerender_all()),
        Step("indexed anew", index_anew),
        Step("samples forbidden", lambda _: samples.forbid()),
    )


def index_anew(_: datetime) -> None:
    """Build the search index again: nothing of a word that was taken back stays in it."""
    for _nth in index.renewing():
        db.db.session.commit()


def note_themes(_: datetime) -> None:
    """Note what has a theme, a few statements at a time: texts that come meanwhile wait for no more."""
    after: tuple[str, bytes] | None = ("", b"")
    while after and (after := statements.note_themes(after, most=THEMES_NOTED)):
        db.db.session.commit()


def print_pdf(_: datetime) -> None:
    """The PDF of one release that has none; without the libraries the page itself can be printed."""
    with suppress(pdf.PdfRefused):
        printing.print_one_pdf()


def keep_rate(now: datetime) -> None:
    """What became of the findings, once a half-year is over."""
    rates.keep(now.astimezone(COPENHAGEN).date())


def sweep_provider(now: datetime) -> None:
    """Take, answer and delete what still lies at the carrier; one transaction for each text."""
    carrier = sweep.provider()
    if carrier:
        sweep.run(carrier, now)


JOBS = (
    Job("batch", release_batch, every=2),
    Job("sweep-provider", sweep_provider, every=sweep.EVERY, side="citizen"),
    Job("day-keys", retention.end_days, every=HOUR, side="citizen"),
    Job("retention", forget, every=HOUR),
    Job("wishes", fulfil_wishes, every=5),
    Job("themes", note_themes, every=600),
    Job("receipts", told_receipts.write, every=60),
    Job("pdf", print_pdf, every=60),
    Job("night", night_run, at=(3, 30), again_until=(6, 0)),
    Job("anchor", anchor.keep, at=(4, 0)),
    Job("tallies", count_tallies, at=(4, 30)),
    Job("answering", decide_answering, at=(5, 0)),
    Job("change-rate", keep_rate, at=(6, 50)),
    Job("clocks", morning.ring, at=(7, 0)),
)


def _release(command: str) -> None:
    db.db.session.rollback()  # nothing is written yet, and SQLite has one writer: the other process
    stemme = Path(sys.executable).with_name("stemme")
    subprocess.run([stemme, "release", command], check=True, cwd=config.ROOT)  # noqa: S603 - our own command


def here() -> tuple[Job, ...]:
    """The jobs of this side."""
    return tuple(job for job in JOBS if job.runs_on(config.settings().side))


def by_name(name: str) -> Job | None:
    """The job of this name."""
    return next((job for job in JOBS if job.name == name), None)


def run(job: Job, now: datetime) -> None:
    """Run one job now and commit."""
    try:
        job.act(now)
        db.db.session.commit()
    finally:
        db.db.session.remove()


def work(app: Flask, *, pause: float = 1.0, rounds: int | None = None) -> None:
    """Run what is due, for ever (or for some rounds). A job that fails is logged and comes again.

    While the database does not answer it waits for it, and says so once.
    """
    holder = secrets.token_hex(8)
    done = 0
    while rounds is None or done < rounds:
        with app.app_context():
            _look_round(holder)
        done += 1
        time.sleep(pause)


def _look_round(holder: str) -> None:
    try:
        _run_due(holder)
    except (DBAPIError, db.Busy) as error:
        log.alarm("no database", is_on=True, error=error)
    else:
        log.alarm("no database", is_on=False)
    finally:
        db.db.session.remove()


def _run_due(holder: str) -> None:
    now = clock.now()
    db.begin_reading()
    last = leases.last_runs()
    db.db.session.rollback()
    for job in here():
        if job.is_due(last.get(job.name, 0.0), now) and leases.take(job.name, holder, now.timestamp()):
            if run_safely(job, now) or not job.comes_again(now):
                leases.give_back(job.name, holder, now.timestamp())
            else:
                leases.put_off(job.name, holder, now.timestamp())


def run_safely(job: Job, now: datetime) -> bool:
    """Run one job; its fault is logged when it begins and when it is over, and comes no further. Whether it went."""
    try:
        run(job, now)
    except Exception as error:  # one broken job must not stop the others
        db.db.session.rollback()
        metrics.count("job_failures")
        log.alarm("job failed", is_on=True, error=error, job=job.name)
        return False
    log.alarm("job failed", is_on=False, job=job.name)
    return True
