"""`stemme release`: what would be seen, and making it public."""

from datetime import date

import click

from app.commands.context import in_app
from app.core import clock
from app.core.db import db
from app.publication import releases

PERIOD = click.argument("period")


@click.group()
def release() -> None:
    """Preview and publish the figures of a period."""


@release.command()
@PERIOD
@in_app
def preview(period: str) -> None:
    """Show PERIOD as the public would see it: a dash for every figure that is hidden."""
    shown = releases.preview(period, _today())
    for line in shown.lines():
        click.echo(line)


@release.command()
@PERIOD
@click.option("--by", "first", default="carl", show_default=True, help="The council member who publishes.")
@click.option("--second", default="mona", show_default=True, help="The moderator who signs.")
@in_app
def publish(period: str, first: str, second: str) -> None:
    """Freeze and publish PERIOD, once and for all."""
    done = releases.publish(period, _today(), first, second)
    db.session.commit()
    click.echo(f"{done.id} is published: {done.hash}")


def _today() -> date:
    return clock.today()
