"""`stemme init` and `stemme demo`: folders, keys, tables, and something to try everything with."""

import click
import flask_migrate
from flask import current_app

from app.commands.context import in_app
from app.core import clock, config, db
from app.core.errors import Refusal
from app.demo import content
from app.desk.moderation import codebook
from app.privacy import keys

MIGRATIONS = str(config.ROOT / "migrations")


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


def prepare() -> None:
    """Folders, today's key, tables at the head of the migrations, the codebook."""
    config.settings().instance_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys.usable()
    flask_migrate.Migrate(current_app, db.db, directory=MIGRATIONS)
    flask_migrate.upgrade(directory=MIGRATIONS)
    codebook.load()
    db.db.session.commit()
