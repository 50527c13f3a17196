"""`stemme check` and `stemme verify`: is it set up safely, and is everything that was frozen still what it was."""

import click

from app.channels.sms import readiness
from app.channels.sms.readiness import Kind
from app.commands.context import in_app
from app.core import clock, config
from app.desk.accounts import audit
from app.privacy import sealing
from app.publication import releases


@click.command()
@in_app
def check() -> None:
    """Check the settings, and say what is missing for production."""
    settings = config.settings()
    click.echo(f"Settings: good for {settings.env}.")
    faults = config.production_faults(settings)
    for fault in faults:
        click.echo(f"Not ready for production: {fault}.")
    for point in readiness.points(settings, clock.today()) if settings.has_citizen_side else ():
        click.echo(f"{'Text messages' if point.kind is Kind.SO else 'By hand'}: {point.says}")
    if faults and settings.env == "production":
        raise SystemExit(1)


@click.command()
@in_app
def verify() -> None:
    """Check the audit chain, the month keys and every release; exit 1 and a line per fault."""
    faults = [*audit.faults(), *(sealing.faults() if config.settings().sealing_private_key else ()), *releases.faults()]
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise SystemExit(1)
    click.echo("Everything is as it was frozen.")
