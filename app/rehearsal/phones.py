"""Telephones that speak with the engine of the current app, and what was said between them and us."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from flask import current_app

from app.channels.sms.providers import console
from app.core.errors import Refusal

NAMES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WEBHOOK = f"/sms/{console.Console.name}"
Kind = Literal["text", "again", "time"]


class NothingToRepeat(Refusal):
    """A text is to be delivered again that was never sent."""


class NotTaken(Refusal):
    """The webhook did not answer with 200: a carrier would try again later."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """One thing that happened in a rehearsal: a text with our reply, its second delivery, or time that passed."""

    kind: Kind
    phone: str = ""
    text: str = ""
    pictures: int = 0
    has_answered: str | None = None
    """STOP, HELP or START where the carrier says that it has replied by itself."""
    id: str = ""
    reply: str = ""
    nth: int = 0
    """Which text of the telephone was delivered again, counted from 1."""
    minutes: int = 0


@dataclass
class Phones:
    """Some telephones and everything that happened, in its order."""

    numbers: dict[str, str] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)

    def add(self, name: str, number: str | None = None) -> None:
        """A telephone; with a number that no Danish subscriber has unless one is given."""
        number = self.numbers.setdefault(name, number or f"+4500{secrets.randbelow(10**6):06}")
        if console.inbound(number, "").is_machine:
            raise Refusal("A telephone must have a number, like +4520123456.")

    def say(self, name: str, text: str, *, pictures: int = 0, has_answered: str | None = None) -> Act:
        """Text us; the reply is in the act."""
        self.add(name)
        sent = Act(
            kind="text", phone=name, text=text, pictures=pictures, has_answered=has_answered, id=secrets.token_hex(16)
        )
        return self._done(replace(sent, reply=self._deliver(sent)))

    def again(self, name: str, nth: int = 0) -> Act:
        """The carrier delivers the last text of a telephone once more, or its `nth` (from 1). NothingToRepeat."""
        sent = self.texts_of(name)
        if not 0 <= nth <= len(sent) or not sent:
            raise NothingToRepeat(f"telephone {name} has not sent so many texts.")
        nth = nth or len(sent)
        again = replace(sent[nth - 1], kind="again", nth=nth)
        return self._done(replace(again, reply=self._deliver(again)))

    def wait(self, minutes: int) -> None:
        """Write down that time has passed."""
        self._done(Act(kind="time", minutes=minutes))

    def texts_of(self, name: str) -> Sequence[Act]:
        """The texts of one telephone, each once."""
        return [act for act in self.acts if act.kind == "text" and act.phone == name]

    def _deliver(self, act: Act) -> str:
        """Knock at the webhook as a carrier does; what it answers."""
        form = {
            "id": act.id, "from": self.numbers[act.phone], "text": act.text, "pictures": str(act.pictures),
            "optout": act.has_answered or "",
        }  # fmt: skip
        answer = current_app.test_client().post(WEBHOOK, data=form, headers=console.signed(WEBHOOK, form.items()))
        if answer.status_code != 200:
            raise NotTaken(f"the text was not taken: the webhook answered {answer.status_code}.")
        return answer.get_data(as_text=True)

    def _done(self, act: Act) -> Act:
        self.acts.append(act)
        return act
