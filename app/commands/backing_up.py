"""`stemme backup` and `stemme restore`: a copy for the day the database is lost, and back."""

from pathlib import Path

import click

from app import jobs
from app.commands.context import in_app, text_of
from app.commands.preparing import make_tables
from app.commands.verifying import verify
from app.core import clock, db
from app.core.errors import Refusal
from app.desk.accounts import anchor, audit
from app.desk.moderation.searching import index
from app.desk.moderation.second_coding import drawing
from app.privacy.backups import copies, encrypting

A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@in_app
def backup(file: Path) -> None:
    """Write a backup to FILE, encrypted to STEMME_BACKUP_RECIPIENT. Keep it 30 days at most."""
    drawing.mix()  # else the copy would say for a month whose texts of today came first
    db.db.session.commit()
    rows = copies.make(file, clock.now())
    copies.note(clock.now())
    click.echo(f"{file}: {rows} rows.")
    if encrypting.is_encrypted(file):
        return
    click.echo("It is not encrypted: STEMME_BACKUP_RECIPIENT is not set.", err=True)


@click.command()
@click.argument("file", type=A_FILE)
@click.option("--identity", type=A_FILE, help="The file with the private key of age that opens it.")
@click.pass_context
def restore(context: click.Context, file: Path, identity: Path | None) -> None:
    """Pour the backup FILE into an empty database, forget what is due, and check that everything is whole."""
    _pour(file, identity)
    context.invoke(verify)


@in_app
def _pour(file: Path, identity: Path | None) -> None:
    if encrypting.is_encrypted(file) and not identity:
        raise Refusal(f"{file} is encrypted: give the private key with --identity.")
    make_tables()
    rows = copies.restore(file, encrypting.private_key(text_of(identity)) if identity else "")
    gone = anchor.restored(clock.now())
    audit.record("restore", count=rows)
    db.db.session.commit()
    jobs.forget(clock.now())
    for _ in index.renewing():
        db.db.session.commit()
    db.db.session.commit()
    click.echo(f"{rows} rows restored; what was due is forgotten.")
    if gone:
        click.echo(f"Lost with the old database: rows of the audit trail up to {gone[-1]}, known from outside.")
