"""`stemme user`: accounts, for the operator."""

import click

from app.commands.context import in_app
from app.core.access import ROLES
from app.core.db import db
from app.desk.accounts import queries, users


@click.group()
def user() -> None:
    """Add, list and reset the accounts of the desk."""


@user.command()
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--display-name", help="The name others see; NAME if not given.")
@click.option("--site", metavar="CODE", help="The place the person works at.")
@in_app
def add(name: str, role: str, display_name: str | None, site: str | None) -> None:
    """Add the account NAME and print its first password."""
    password = users.add(name, display_name or name, role, site, by_operator=True)
    db.session.commit()
    click.echo(f"{name}: {password} (to be changed at the first sign-in)")


@user.command("list")
@in_app
def list_() -> None:
    """List the accounts: name, role, place."""
    for account in queries.users():
        state = "" if account.is_active else " (closed)"
        click.echo(f"{account.name}  {account.role}  {account.site_code or '-'}{state}")


@user.command()
@click.argument("name")
@in_app
def reset(name: str) -> None:
    """Give NAME a new first password; every session of the account ends."""
    password = users.reset(name, by_operator=True)
    db.session.commit()
    click.echo(f"{name}: {password} (to be changed at the first sign-in)")
