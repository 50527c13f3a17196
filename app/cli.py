"""The `stemme` command. Every refusal is one line on stderr and exit 1, never a traceback."""

import sys
from importlib import import_module

import click

from app.commands.refusing import in_one_line

COMMANDS = {
    "init": ("preparing", "Make folders, keys, tables and the codebook; safe to run again."),
    "demo": ("demonstrating", "Load places, surveys, accounts and example voices to try everything with."),
    "roles": ("dividing", "Print the two roles of PostgreSQL, for its administrator."),
    "serve": ("serving", "Start the web server."),
    "worker": ("working", "Run the timed jobs until it is stopped."),
    "jobs": ("working", "The timed jobs: list, run."),
    "sms": ("texting", "Texts through the real engine: send, chat."),
    "user": ("people", "Accounts of the desk: add, list, reset."),
    "survey": ("content", "Surveys: check, import, export."),
    "site": ("content", "Places: import."),
    "release": ("publishing", "Figures of a period: preview, publish."),
    "check": ("verifying", "Check the settings and what production needs."),
    "verify": ("verifying", "Check that everything frozen is what it was."),
    "keys": ("keying", "Make every key of a new house."),
    "backup": ("backing_up", "Write an encrypted copy of the database."),
    "restore": ("backing_up", "Pour such a copy into an empty database."),
    "explain": ("explaining", "Say why a text was understood as it was."),
}


class Commands(click.Group):
    """Imports a command only when it is used: `serve` and `worker` then stay small in memory."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, from its module."""
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        found: click.Command = getattr(import_module(f"app.commands.{module}"), cmd_name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List them without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def stemme() -> None:
    """Gadens Stemme: what people say about the places they use, heard and answered."""


def main() -> None:
    """Run the command; say what is wrong in one line."""
    try:
        sys.exit(stemme.main(standalone_mode=False) or 0)
    except click.ClickException as error:
        _refuse(error.format_message())
    except (click.Abort, KeyboardInterrupt):
        _refuse("Stopped.")
    except Exception as error:  # whatever it is, nobody at a terminal is helped by a hundred lines of it
        _refuse(in_one_line(error))


def _refuse(sentence: str) -> None:
    click.echo(" ".join(sentence.split()), err=True)
    sys.exit(1)
