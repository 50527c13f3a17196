"""The `stemme` command. Every refusal is one line on stderr and exit 1, never a traceback."""

import sys

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.commands import content, explaining, people, publishing, running, texting, verifying
from app.core import db
from app.core.errors import Refusal

COMMANDS = (
    running.init, running.demo, running.serve, running.worker, running.jobs_,
    texting.sms, people.user, content.survey, content.site, publishing.release,
    verifying.check, verifying.verify, explaining.explain,
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def stemme() -> None:
    """Gadens Stemme: what people say about the places they use, heard and answered."""


for command in COMMANDS:
    stemme.add_command(command)


def main() -> None:
    """Run the command; say what is wrong in one line."""
    try:
        sys.exit(stemme.main(standalone_mode=False) or 0)
    except click.ClickException as error:
        _refuse(error.format_message())
    except (click.Abort, KeyboardInterrupt):
        _refuse("Stopped.")
    except Refusal as refusal:
        _refuse(str(refusal))
    except db.Busy:
        _refuse("The database is busy. Please try again.")
    except (OperationalError, ProgrammingError) as error:
        _refuse(f"The database is not ready ({type(error.orig).__name__}). Has `stemme init` been run?")


def _refuse(sentence: str) -> None:
    click.echo(" ".join(sentence.split()), err=True)
    sys.exit(1)
