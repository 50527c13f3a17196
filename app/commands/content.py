"""`stemme survey` and `stemme site`: content from files, checked before anything changes."""

from pathlib import Path

import click

from app.commands.context import in_app, text_of
from app.core.db import db
from app.core.errors import Refusal
from app.surveys import definition, library, lint, queries, sites, versions
from app.surveys.definition import Survey

FILE = click.argument("file", type=click.Path(path_type=Path))


@click.group()
def survey() -> None:
    """Check, import and export surveys."""


@survey.command()
@FILE
def check(file: Path) -> None:
    """Say what keeps the survey in FILE from a channel; exit 1 if anything does."""
    faults = _faults(library.read(file))
    for fault in faults:
        click.echo(f"{file}: {fault}", err=True)
    if faults:
        raise SystemExit(1)
    click.echo(f"{file}: fits every channel it names.")


@survey.command("import")
@FILE
@in_app
def import_(file: Path) -> None:
    """Publish the survey in FILE as a version that never changes."""
    read = library.read(file)
    faults = _faults(read)
    if faults:
        raise Refusal(f"{file}: {faults[0]} ({len(faults)} faults; see `stemme survey check`)")
    changed = versions.publish(read)
    db.session.commit()
    click.echo(f"{read.id} version {read.version} is {'published' if changed else 'published already'}.")


@survey.command()
@click.argument("survey_id")
@in_app
def export(survey_id: str) -> None:
    """Print the newest published version of SURVEY_ID as JSON."""
    latest = queries.latest_version(survey_id)
    found = versions.get(survey_id, latest.version) if latest else None
    if found is None:
        raise Refusal(f"There is no published survey {survey_id}.")
    click.echo(definition.to_json(found))


@click.group()
def site() -> None:
    """Import places."""


@site.command("import")
@FILE
@in_app
def import_sites(file: Path) -> None:
    """Add or change the places in FILE, all or none."""
    changed = sites.import_file(text_of(file), str(file))
    db.session.commit()
    click.echo(f"{len(changed)} places: {', '.join(place.code for place in changed)}.")


def _faults(read: Survey) -> list[str]:
    return [
        f"{channel}: {fault.where}: {fault.reason}" for channel in read.channels for fault in lint.check(read, channel)
    ]
