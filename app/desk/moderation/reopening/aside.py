"""What an approved text leaves behind while it is read again: its codes, and its translation sealed."""

from collections.abc import Collection, Mapping
from typing import Any

from app.desk.accounts.models import User
from app.desk.moderation import opening
from app.desk.moderation import queries as statements
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.reopening import queries
from app.desk.moderation.translating import translations
from app.publication import quotes


def take(item: AnyRow, by: User) -> Mapping[str, Any]:
    """Take the statement away; what the text keeps of it. Raises CannotRead where its words could not be read again."""
    opening.open_(item)
    statement = statements.statement(item.answer_id, by)
    if statement is None:
        return {}
    quotes.take_down([statement.id])
    queries.keep_tags(item.answer_id, statement.id)
    queries.delete_statement(statement.id)
    if statement.translation is None:
        return {}
    return {"translation": translations.seal(item, statement.translation), "translated_by": statement.translator}


def give_back(item_id: bytes, statement_id: bytes, chosen: Collection[str]) -> frozenset[str]:
    """Give the codes back that are chosen again, to those who set them; which they were."""
    return queries.give_back(item_id, statement_id, chosen)


def codes(item_id: bytes) -> frozenset[str]:
    """The codes of the first round that wait for this text, by key."""
    return queries.kept_keys(item_id)
