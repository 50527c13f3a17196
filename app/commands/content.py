"""`stemme survey` and `stemme site`: content from files, checked before anything changes."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from app import create_app
from app.commands import speaking
from app.commands.context import in_app, text_of
from app.core.db import db
from app.core.errors import Refusal
from app.rehearsal import player, sandbox, script, stage
from app.rehearsal.script import ScriptRefused
from app.surveys import (
    definition,
    fault_places,
    library,
    lint,
    queries,
    recordings,
    sites,
    toml_lines,
    versions,
    wordings,
)
from app.surveys.audio_lint import IsRecorded
from app.surveys.definition import Survey

FILE = click.argument("file", type=click.Path(path_type=Path))


@click.group()
def survey() -> None:
    """Check, import and export surveys."""


survey.add_command(speaking.speak)


@survey.command()
@FILE
@click.option("--channel", "channels", multiple=True, type=click.Choice(definition.CHANNELS), help="Try this one too.")
@click.option(
    "--script", "scripts", multiple=True, type=click.Path(path_type=Path), metavar="DIALOGUE", help="Play it."
)
@click.argument("more", nargs=-1, type=click.Path(path_type=Path), metavar="")
def check(file: Path, channels: tuple[str, ...], scripts: tuple[Path, ...], more: tuple[Path, ...]) -> None:
    """Say what keeps the survey in FILE from a channel: file, line, channel, where and why; exit 1 if anything does.

    With --script DIALOGUE …, a survey without faults is asked at every place of the demo, and each
    conversation is played there: a line for every difference.
    """
    if more and not scripts:
        raise Refusal("Write --script in front of conversations.")
    read = library.read(file)
    faults = _located(file, read, dict.fromkeys((*read.channels, *channels)))
    faults = faults or [fault for path in (*scripts, *more) for fault in _played(read, path)]
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise SystemExit(1)
    click.echo(f"{file}: fits every channel it names. Its Danish is {wordings.danish_hash(read)}.")
    for path in (*scripts, *more):
        click.echo(f"{path}: plays as it is written.")


@survey.command("import")
@FILE
@in_app
def import_(file: Path) -> None:
    """Publish the survey in FILE as a version that never changes."""
    read = library.read(file)
    faults = _faults(read, recordings.has)
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


def _played(read: Survey, path: Path) -> list[str]:
    """What is not as the script says, each on one line; a script that makes no sense is one fault."""
    if "sms" not in read.channels:
        raise Refusal(f"{read.id} does not name the channel sms, so there is nothing to play.")
    try:
        played = script.parse(text_of(path), str(path))
    except ScriptRefused as refusal:
        return [str(refusal)]
    with TemporaryDirectory(prefix="stemme-") as folder:
        begun = sandbox.begin(create_app, stage.of_files(read), within=Path(folder))
        with sandbox.opened(create_app, begun) as rehearsal:
            return [str(difference) for difference in player.play(played, rehearsal)]


def _faults(read: Survey, is_recorded: IsRecorded) -> list[str]:
    return [
        f"{channel}: {fault.where}: {fault.reason}"
        for channel in read.channels
        for fault in lint.check(read, channel, is_recorded=is_recorded)
    ]


def _located(file: Path, read: Survey, channels: Iterable[str]) -> list[str]:
    """Every fault of every channel with its file and line; one that stands on several channels is one."""
    lines = {lang: toml_lines.lines(text_of(path)) for lang, path in library.files(file).items()}
    found: dict[tuple[str, int, str, str], list[str]] = {}
    for channel in channels:
        for fault in lint.check(read, channel):
            lang, line = fault_places.file_and_line(read, fault.where, lines)
            found.setdefault((lang, line, fault.where, fault.reason), []).append(channel)
    return [
        f"{library.files(file)[lang]}:{line}: {', '.join(dict.fromkeys(on))}: {where}: {reason}"
        for (lang, line, where, reason), on in sorted(found.items())
    ]
