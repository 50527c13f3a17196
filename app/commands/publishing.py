"""`stemme release`: what would be seen, and making it public."""

import click

from app.commands.context import in_app
from app.core import clock, config
from app.core.db import db
from app.desk.moderation import voices
from app.desk.moderation.measures import pace
from app.desk.track import queries as track
from app.desk.track.releases import previewing
from app.publication import dealing, dispositions, printing, published, releases, tallies

PERIOD = click.argument("period")


@click.group()
def release() -> None:
    """Preview and publish the figures of a period."""


@release.command()
@PERIOD
@in_app
def preview(period: str) -> None:
    """Show PERIOD as the public would see it: a dash for every figure that is hidden."""
    _count(period)
    for line in releases.preview(period, clock.today()).lines():
        click.echo(line)


@release.command()
@PERIOD
@click.option("--by", "first", default="carl", show_default=True, help="The council member who publishes.")
@click.option("--second", default="mona", show_default=True, help="The moderator who signs.")
@in_app
def publish(period: str, first: str, second: str) -> None:
    """Count, decide, freeze and publish PERIOD, once and for all."""
    _count(period)
    done = releases.publish(period, clock.today(), first, second)
    db.session.commit()
    click.echo(f"{done.id} is published: {done.hash}")


@release.command()
@in_app
def wishes() -> None:
    """Do what was asked for at the desk: work out previews, publish what two people signed (the worker calls this)."""
    asked = [*filter(None, [track.preview_asked()]), *(period for period, _, _ in published.signed_and_waiting())]
    db.session.rollback()
    for period in asked:
        _count(period)
    previewing.work_out(clock.now())
    db.session.commit()
    releases.publish_signed(clock.now())
    db.session.commit()


@release.command()
@in_app
def count() -> None:
    """Count for good what has rested: months, and the themes of quarters whose texts are read (the worker calls this)."""
    for period in list(tallies.due(clock.today())):
        tallies.freeze(period, voices.voices, pace.outcomes, today=clock.today())
        db.session.commit()


@release.command()
@in_app
def answering() -> None:
    """Decide what may be seen of conversations by text, and of moderation, in the quarters that are over.

    The worker calls this.
    """
    while one := dispositions.decide_next(clock.today()):
        db.session.commit()
        click.echo(f"{one.survey_id or 'words without a survey'} {one.version or ''} {one.period.code} is decided.")
    while quarter := dealing.decide_next(clock.today(), pace.outcomes):
        db.session.commit()
        click.echo(f"How the texts of {quarter.code} were dealt with is decided.")


@release.command()
@in_app
def rerender() -> None:
    """Print the pages of every release again, from the same figures (after a change of templates)."""
    changed = printing.rerender_all()
    db.session.commit()
    click.echo(f"Printed again: {', '.join(changed) or 'nothing had changed'}.")


def _count(period: str) -> None:
    tallies.freeze(period, voices.voices, pace.outcomes, today=clock.today(), is_early=config.settings().is_demo)
    db.session.commit()
