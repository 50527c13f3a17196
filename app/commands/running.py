"""`stemme init`, `demo`, `serve`, `worker`, `jobs`: making it ready and keeping it going."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
import flask_migrate

from app import create_app, jobs
from app.commands.context import in_app
from app.core import clock, config, db
from app.core.errors import Refusal
from app.demo import content
from app.desk.moderation import codebook
from app.privacy import keys

MIGRATIONS = config.ROOT / "migrations"


@click.command()
@in_app
def init() -> None:
    """Make folders, keys, tables and the codebook; safe to run again."""
    prepare()
    click.echo(f"Ready: {config.settings().instance_dir}")


@click.command()
@in_app
def demo() -> None:
    """Load places, surveys, accounts and example voices to try everything with; safe to run again."""
    settings = config.settings()
    if settings.env == "production":
        raise Refusal("The demo's people and places do not belong in production.")
    prepare()
    content.load(clock.now())
    db.db.session.commit()
    click.echo(content.welcome(settings))


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, processes: int) -> None:
    """Start the web server (granian; any WSGI server can run wsgi:app)."""
    config.load(port=port)
    os.environ.setdefault("STEMME_PUBLIC_BASE_URL", f"http://{host}:{port}")
    granian = Path(sys.executable).with_name("granian")
    options = {
        "--host": host, "--port": port, "--workers": processes, "--interface": "wsgi", "--log-level": "warning",
        "--blocking-threads": 4, "--backpressure": 64, "--working-dir": config.ROOT,
    }  # fmt: skip
    arguments = [str(part) for option in options.items() for part in option]
    os.umask(0o077)
    os.execv(granian, [str(granian), *arguments, "--no-ws", "wsgi:app"])  # noqa: S606 - our own server


@click.command()
def worker() -> None:
    """Run the timed jobs until it is stopped. Several workers may run."""
    os.umask(0o077)
    jobs.work(create_app())


@click.group("jobs")
def jobs_() -> None:
    """The timed jobs."""


@jobs_.command("list")
def list_jobs() -> None:
    """List the jobs and how often they run."""
    for job in jobs.JOBS:
        often = f"every {job.every} s" if job.at is None else f"daily at {job.at[0]:02}:{job.at[1]:02} in Copenhagen"
        click.echo(f"{job.name}: {often}")


@jobs_.command("run")
@click.argument("name")
@click.option("--at", metavar="ISO8601", help="Let it be this instant, like 2026-11-22T03:30Z.")
@in_app
def run_job(name: str, at: str | None) -> None:
    """Run the job NAME now."""
    job = jobs.by_name(name)
    if job is None:
        raise Refusal(f"There is no job {name}; there are {', '.join(job.name for job in jobs.JOBS)}.")
    if at:
        clock.clock().set(_instant(at))
    jobs.run(job, clock.now())
    click.echo(f"{name}: done.")


def prepare() -> None:
    """Folders, day key, tables at the head of the migrations, codebook."""
    settings = config.settings()
    settings.instance_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys.usable()
    flask_migrate.upgrade(directory=str(MIGRATIONS))
    codebook.load()
    db.db.session.commit()


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refusal(f"--at: {text} is not an instant like 2026-11-22T03:30Z.") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
