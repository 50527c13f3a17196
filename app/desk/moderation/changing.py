"""Changing a text: only the version the person has seen, never behind somebody's back."""

from typing import Any

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.desk.moderation import queries, states
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.rereading import queries as rereading

_OUTCOMES = {
    states.REJECTED: rereading.UPHELD,
    states.APPROVED: rereading.REVERSED,
    states.APPROVED_MASKED: rereading.REVERSED,
    states.ESCALATED: rereading.REVERSED,
}
"""What a decision says of an earlier rejection that is read again."""


class Changed(Refusal):
    """Somebody else changed the text since this form was made."""


class NotYet(Refusal):
    """Something is missing before this can be done; the sentence says what."""


def check(item: AnyRow, version: int, to: str) -> None:
    """Raise Changed if the form is older than the text, NotAllowed if no text takes this step."""
    if item.version != version:
        raise moved_on()
    states.check(item.state, to)


def change(item: AnyRow, version: int, **values: Any) -> None:
    """Write the change in one statement that also counts the version on; the first of two wins."""
    if not queries.decide(item.answer_id, version, **values):
        raise moved_on()
    if outcome := _OUTCOMES.get(values.get("state", "")):
        rereading.settle(item.answer_id, outcome)


def moved_on() -> Changed:
    """The form was made for an earlier version of the text."""
    return Changed(_("Somebody changed this text while you read it. Look at it once more."))
