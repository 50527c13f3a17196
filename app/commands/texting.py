"""`stemme sms`: the real engine from a terminal, as if the texts had come over the air."""

import secrets

import click

from app.channels.sms import segments, views
from app.channels.sms.providers import console
from app.commands.context import in_app
from app.core import config
from app.core.errors import Refusal


@click.group()
def sms() -> None:
    """Send texts through the real engine (demo and testing only)."""


@sms.command()
@click.option("--from", "sender", required=True, metavar="NUMBER", help="The telephone, like +4500123456.")
@click.argument("text")
@in_app
def send(sender: str, text: str) -> None:
    """Send one TEXT and print the reply (nothing for silence)."""
    _refuse_in_production()
    reply = _exchange(sender, text)
    if reply:
        click.echo(reply)


@sms.command()
@click.option("--from", "sender", metavar="NUMBER", help="Be this telephone; a new one if none is given.")
@in_app
def chat(sender: str | None) -> None:
    """A telephone in the terminal: type a text, read the reply. End with Ctrl-D."""
    _refuse_in_production()
    number = sender or f"+4500{secrets.randbelow(10**6):06}"
    click.echo(f"Text to {config.settings().sms_number}. Begin with the code of a place, like GH1.")
    while (text := _typed()) is not None:
        reply = _exchange(number, text)
        count = segments.segments(reply)
        click.echo(f"< {reply}\n  ({count.segments} segment, {count.units} {count.encoding})" if reply else "<")


def _exchange(sender: str, text: str) -> str:
    inbound = console.inbound(sender, text)
    if inbound.is_machine:
        raise Refusal("--from must be a telephone number, like +4520123456.")
    return views.taken(inbound).text


def _typed() -> str | None:
    try:
        return str(click.prompt(">", prompt_suffix=" ", default="", show_default=False))
    except click.Abort:
        click.echo()
        return None


def _refuse_in_production() -> None:
    if config.settings().env == "production":
        raise Refusal("Texts cannot be simulated in production.")
