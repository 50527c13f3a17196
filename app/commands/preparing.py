"""`stemme init`: folders, keys, tables and the codebook."""

import click
import flask_migrate
from flask import current_app

from app.commands.context import in_app
from app.core import clock, config, db, roles
from app.desk.moderation.codebook import codes
from app.desk.track import morning
from app.desk.track.phases import phases
from app.privacy import keys, samples
from app.publication import printing
from app.surveys import month_keys

MIGRATIONS = str(config.ROOT / "migrations")


@click.command()
@in_app
def init() -> None:
    """Make folders, keys, tables and the codebook; safe to run again."""
    prepare()
    click.echo(f"Ready: {config.settings().instance_dir}")


def prepare() -> None:
    """Folders, today's key, tables at the head of the migrations, the codebook, the phases.

    The tables are the desk's: the citizens' side alone gets its folder and its key.
    """
    if not config.settings().has_desk_side:
        _make_folder()
        return
    make_tables()
    month_keys.make_ahead(clock.now())
    codes.load()
    phases.load()
    morning.ring(clock.now())  # the phases are public from the first day
    printing.rerender_all()  # pages carry their sheet, and the sheet may be a newer one now
    db.db.session.commit()


def make_tables() -> None:
    """Folders, today's key, and tables at the head of the migrations with nothing in them, each with its rights."""
    _make_folder()
    flask_migrate.Migrate(current_app, db.db, directory=MIGRATIONS)
    flask_migrate.upgrade(directory=MIGRATIONS)
    roles.grant()
    samples.forbid()
    db.db.session.commit()


def _make_folder() -> None:
    config.settings().instance_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if config.settings().has_citizen_side:
        keys.usable()
