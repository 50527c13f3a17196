"""`stemme user`: accounts, for the operator."""

import click

from app.commands.context import in_app
from app.core.access import ROLES
from app.core.db import db
from app.desk.accounts import queries, users
from app.desk.accounts.granting import queries as wishes
from app.desk.accounts.outside import connecting
from app.desk.accounts.outside import queries as outside


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
    """List the accounts: name, role, place, and how each signs in."""
    waiting = {wish.user_id for wish in wishes.wishes()}
    for account in queries.users():
        way = "elsewhere" if outside.elsewhere_of(account.id) else "telephone" if account.totp_secret else "password"
        state = " (waits)" if account.id in waiting else "" if account.is_active else " (closed)"
        click.echo(f"{account.name}  {account.role}  {account.site_code or '-'}  {way}{state}")


@user.command()
@click.argument("name")
@in_app
def reset(name: str) -> None:
    """Give NAME a new first password; every session of the account and its telephone end."""
    password = users.reset(name, by_operator=True)
    db.session.commit()
    click.echo(f"{name}: {password} (to be changed at the first sign-in)")


@user.command()
@click.argument("name")
@click.argument("new_role", metavar="ROLE", type=click.Choice(ROLES))
@click.option("--site", metavar="CODE", help="The place the person works at.")
@in_app
def role(name: str, new_role: str, site: str | None) -> None:
    """Give NAME another ROLE; one that takes two administrators at the desk comes with a new first password.

    Whoever signs in elsewhere is connected again afterwards.
    """
    password = users.change_role(name, new_role, site, by_operator=True)
    db.session.commit()
    if password:
        click.echo(f"{name}: {password} (to be changed at the next sign-in)")


@user.command()
@click.argument("name")
@in_app
def phone(name: str) -> None:
    """Take the lost telephone of NAME out of use; another is set up at the next sign-in."""
    users.lose_phone(name, by_operator=True)
    db.session.commit()


@user.command()
@click.argument("name")
@click.argument("subject")
@in_app
def connect(name: str, subject: str) -> None:
    """Let NAME sign in with the account SUBJECT of the service in STEMME_OIDC_ISSUER, and with nothing else."""
    connecting.connect(users.named(name), subject)
    db.session.commit()
