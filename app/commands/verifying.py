"""`stemme check` and `stemme verify`: is it set up safely, and is everything that was frozen still what it was."""

from collections.abc import Iterator
from pathlib import Path

import click

from app.channels.sms import readiness
from app.channels.sms.readiness import Kind
from app.commands.context import in_app
from app.core import clock, config, db
from app.desk.accounts import anchor, audit
from app.desk.track.dossiers import verification
from app.privacy import sealing, starting
from app.publication import ledger_attack, releases
from app.surveys import month_keys


@click.command()
@in_app
def check() -> None:
    """Check settings, machine and database, and say what is missing for production."""
    settings = config.settings()
    click.echo(f"Settings: good for {settings.env}.")
    faults = [*config.production_faults(settings), *starting.faults(settings)]
    for fault in faults:
        click.echo(f"Not ready for production: {fault}.")
    for hint in starting.hints(settings):
        click.echo(f"Could be better: {hint}")
    for point in readiness.points(settings, clock.today()) if settings.has_citizen_side else ():
        click.echo(f"{'Text messages' if point.kind is Kind.SO else 'By hand'}: {point.says}")
    if faults and settings.env == "production":
        raise SystemExit(1)


@click.command()
@click.option("--dossier", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Check only this file.")
@click.option("--deep", is_flag=True, help="Also attack everything ever printed, as a clever reader would: minutes.")
@in_app
def verify(dossier: Path | None, *, deep: bool) -> None:
    """Check the audit chain, the month keys, every release and every dossier; exit 1 and a line per fault.

    Says the head of the audit chain, to compare with one that was written down elsewhere.
    """
    faults = list(verification.of_file(dossier.read_bytes()) if dossier else _faults())
    faults += ledger_attack.faults(_tell_tenths()) if deep and not dossier else ()
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise SystemExit(1)
    click.echo("Everything is as it was frozen.")


def _faults() -> Iterator[str]:
    db.begin_reading()  # it takes long, and nobody shall wait for it
    click.echo(f"Head of the audit trail: {anchor.head_in_words()}")
    for day, seq in anchor.restores():
        click.echo(f"Restored on {day}: the audit trail went on from row {seq}.")
    yield from audit.faults()
    yield from anchor.faults(clock.today())
    if config.settings().sealing_private_keys:
        yield from sealing.faults()
    yield from month_keys.faults(clock.today())
    yield from releases.faults()
    yield from verification.faults()


def _tell_tenths() -> ledger_attack.Tell:
    """Say how far the attack has come, a line for each tenth of a year."""
    said: dict[str, int] = {}

    def tell(name: str, share: float) -> None:
        if int(share * 10) > said.get(name, -1):
            said[name] = int(share * 10)
            click.echo(f"Attacking everything printed of {name}: {said[name] * 10} %")

    return tell
