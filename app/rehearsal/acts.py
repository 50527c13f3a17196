"""What the buttons of the simulator do in a rehearsal."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from flask_babel import gettext as _

from app.channels.sms.providers.base import LONGEST_TEXT
from app.core.errors import Refusal
from app.rehearsal.phones import NAMES
from app.rehearsal.sandbox import Rehearsal

MOST_PHONES = 6
MOST_ACTS = 300
LONG_WAIT = timedelta(hours=20)

Form = Mapping[str, str]
Act = Callable[[Rehearsal, Form], None]


class NotRehearsed(Refusal):
    """A button that does nothing now."""


def _say(rehearsal: Rehearsal, form: Form) -> None:
    """A text as the carrier would bring it: no more than it joins, line breaks as telephones send them."""
    text = form.get("say", form.get("text", ""))[:LONGEST_TEXT].replace("\r\n", "\n")
    rehearsal.phones.say(_phone(rehearsal, form), text, pictures=1 if form.get("picture") else 0)


def _again(rehearsal: Rehearsal, form: Form) -> None:
    name = _phone(rehearsal, form)
    if not rehearsal.phones.texts_of(name):
        raise NotRehearsed(_("This telephone has not sent anything yet."))
    rehearsal.phones.again(name)


def _add_phone(rehearsal: Rehearsal, _form: Form) -> None:
    if len(rehearsal.phones.numbers) >= MOST_PHONES:
        raise NotRehearsed(_("There are %(most)s telephones already.", most=MOST_PHONES))
    rehearsal.phones.add(NAMES[len(rehearsal.phones.numbers)])


def _phone(rehearsal: Rehearsal, form: Form) -> str:
    name = form.get("phone", "")
    if name not in rehearsal.phones.numbers:
        raise NotRehearsed(_("There is no such telephone."))
    return name


ACTS: Mapping[str, Act] = {
    "say": _say,
    "again": _again,
    "phone": _add_phone,
    "hours": lambda rehearsal, form: rehearsal.wait(LONG_WAIT),
    "day": lambda rehearsal, form: rehearsal.end_day(),
    "tasks": lambda rehearsal, form: rehearsal.run_tasks(),
}


def do(name: str, rehearsal: Rehearsal, form: Form) -> None:
    """Do what the button says, or NotRehearsed. A rehearsal ends after so many acts: it is no load test."""
    if len(rehearsal.phones.acts) >= MOST_ACTS:
        raise NotRehearsed(_("This rehearsal has become very long. Begin a new one."))
    ACTS[name](rehearsal, form)
