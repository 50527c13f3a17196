"""Changing a text: only the version the person has seen, never behind somebody's back."""

from typing import Any

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.desk.moderation import queries, states
from app.desk.moderation.queries import AnyRow


class Changed(Refusal):
    """Somebody else changed the text since this form was made."""


class NotYet(Refusal):
    """Something is missing before this can be done; the sentence says what."""


def check(item: AnyRow, version: int, to: str) -> None:
    """Raise Changed if the form is older than the text, NotAllowed if no text takes this step."""
    if item.version != version:
        raise _changed()
    states.check(item.state, to)


def change(item: AnyRow, version: int, **values: Any) -> None:
    """Write the change in one statement that also counts the version on; the first of two wins."""
    if not queries.decide(item.answer_id, version, **values):
        raise _changed()


def _changed() -> Changed:
    return Changed(_("Somebody changed this text while you read it. Look at it once more."))
