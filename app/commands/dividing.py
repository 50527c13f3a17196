"""`stemme roles`: the two roles of PostgreSQL, so that citizens' side and desk cannot read each other's tables."""

import click
from sqlalchemy import make_url

from app.core import config
from app.core.errors import Refusal
from app.core.roles import SETUP


@click.command()
def roles() -> None:
    """Print what an administrator of PostgreSQL says once, before the first `stemme init`: pipe it into psql."""
    url = make_url(config.load().database_url)
    if url.get_backend_name() != "postgresql":
        raise Refusal("SQLite knows no roles: STEMME_DATABASE_URL must begin with postgresql+psycopg://.")
    if not url.database:
        raise Refusal("STEMME_DATABASE_URL names no database.")
    click.echo(SETUP.format(database=f'"{url.database}"'), nl=False)
