"""`stemme demo`: something to try everything with."""

import click

from app.commands.context import in_app
from app.commands.preparing import prepare
from app.core import clock, config, db
from app.core.errors import Refusal
from app.demo import content, tablet


@click.command()
@in_app
def demo() -> None:
    """Load places, surveys, accounts and example voices to try everything with; safe to run again."""
    settings = config.settings()
    if settings.env == "production":
        raise Refusal("The demo's people and places do not belong in production.")
    prepare()
    content.load(clock.now())
    tablet_code = tablet.code(clock.now())
    db.db.session.commit()
    click.echo(content.welcome(settings, tablet_code))
