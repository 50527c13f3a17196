"""`stemme worker` and `stemme jobs`: what runs on a clock."""

import os
from datetime import UTC, datetime

import click

from app import create_app
from app import jobs as timed
from app.commands.context import in_app
from app.core import clock, config, egress
from app.core.errors import Refusal
from app.privacy import starting


@click.command()
def worker() -> None:
    """Run the timed jobs until it is stopped. Several workers may run."""
    os.umask(0o077)
    app = create_app()
    with app.app_context():
        egress.allow_only(egress.hosts(config.settings()))
        starting.check()
    timed.work(app)


@click.group()
def jobs() -> None:
    """The timed jobs."""


@jobs.command("list")
def list_() -> None:
    """List the jobs, the side they run on in a house of two, and how often."""
    for job in timed.JOBS:
        often = f"every {job.every} s" if job.at is None else f"daily at {job.at[0]:02}:{job.at[1]:02} in Copenhagen"
        click.echo(f"{job.name} ({job.side}): {often}")


@jobs.command()
@click.argument("name")
@click.option("--at", metavar="ISO8601", help="Let it be this instant, like 2026-11-22T03:30Z.")
@in_app
def run(name: str, at: str | None) -> None:
    """Run the job NAME now."""
    job = timed.by_name(name)
    if job is None:
        raise Refusal(f"There is no job {name}; there are {', '.join(job.name for job in timed.JOBS)}.")
    if not job.runs_on(config.settings().side):
        raise Refusal(f"{name} runs where STEMME_SIDE is {job.side}: what it needs is there.")
    if at:
        clock.clock().set(_instant(at))
    timed.run(job, clock.now())
    click.echo(f"{name}: done.")


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refusal(f"--at: {text} is not an instant like 2026-11-22T03:30Z.") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
