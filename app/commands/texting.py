"""`stemme sms`: the real engine from a terminal, as if the texts had come over the air."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import click

from app.channels.sms import views
from app.channels.sms.providers import console
from app.commands.context import in_app
from app.core import config, db
from app.core.errors import Refusal
from app.rehearsal import cost, recorder
from app.rehearsal.phones import NAMES, Act, Phones
from app.rehearsal.wordings import Wordings


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
    inbound = console.inbound(sender, text)
    if inbound.is_machine:
        raise Refusal("--from must be a telephone number, like +4520123456.")
    reply = views.taken(inbound).text
    if reply:
        click.echo(reply)


@sms.command()
@click.option("--from", "sender", metavar="NUMBER", help="Be this telephone; a new one if none is given.")
@in_app
def chat(sender: str | None) -> None:
    """Telephones in the terminal: type a text, read the reply and its price. End with Ctrl-D.

    /phone B is another telephone, /again delivers the last text once more, /save FILE writes all of it as a script.
    """
    _refuse_in_production()
    click.echo(f"Text to {config.settings().sms_number}. Begin with the code of a place, like GH1. /help says more.")
    talk = _Chat()
    talk.phones.add("A", sender)
    while (typed := talk.typed()) is not None:
        try:
            talk.do(typed)
        except Refusal as refusal:
            click.echo(f"  {refusal}")


@dataclass
class _Chat:
    """The telephones of one chat, and which of them is in hand."""

    phones: Phones = field(default_factory=Phones)
    name: str = "A"

    def typed(self) -> str | None:
        """The next line, None at the end."""
        prompt = ">" if len(self.phones.numbers) == 1 else f"{self.name}>"
        try:
            return str(click.prompt(prompt, prompt_suffix=" ", default="", show_default=False))
        except click.Abort:
            click.echo()
            return None

    def do(self, typed: str) -> None:
        """A line that begins with a slash is for us, every other is a text."""
        if not typed.startswith("/"):
            _show(self.phones.say(self.name, typed))
            return
        word, _, rest = typed[1:].partition(" ")
        acts: dict[str, Callable[[str], None]] = {
            "phone": self._turn_to, "again": self._again, "save": self._save, "help": self._help
        }  # fmt: skip
        if word not in acts:
            raise Refusal(f"There is no /{word}; there are {', '.join(f'/{one}' for one in acts)}.")
        acts[word](rest.strip())

    def _turn_to(self, name: str) -> None:
        if len(name) != 1 or name.upper() not in NAMES:
            raise Refusal("A telephone is one letter, like /phone B.")
        self.name = name.upper()
        self.phones.add(self.name)

    def _again(self, _: str) -> None:
        _show(self.phones.again(self.name))

    def _save(self, file: str) -> None:
        if not file:
            raise Refusal("Say where, like /save talk.txt.")
        db.begin_reading()
        script = recorder.write(self.phones.acts, Wordings.of_places())
        db.db.session.rollback()
        try:
            Path(file).write_text(script, "utf-8")
        except OSError as error:
            raise Refusal(f"{file}: {error.strerror}.") from error
        click.echo(f"  {file}: play it with `stemme survey check FILE --script {file}`.")

    def _help(self, _: str) -> None:
        click.echo("  /phone B  another telephone\n  /again    the last text is delivered once more")
        click.echo("  /save FILE  write this down as a script\n  Ctrl-D    the end")


def _show(act: Act) -> None:
    if not act.reply:
        click.echo("<")
        return
    counted, price = cost.of(act.reply)
    parts = "1 segment" if counted.segments == 1 else f"{counted.segments} segments"
    offender = f", because of {counted.offender!r}" if counted.offender else ""
    click.echo(f"< {act.reply}")
    click.echo(f"  ({parts}, {counted.units} {counted.encoding}{offender}; DKK {price.kroner}, USD {price.dollars})")


def _refuse_in_production() -> None:
    if config.settings().env == "production":
        raise Refusal("Texts cannot be simulated in production.")
