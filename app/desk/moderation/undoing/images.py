"""What a text's rows look like before and after an act, field by field, and what changed. Pure; holds no words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Column, Integer, LargeBinary, String, Table, Text

ROW = ""
"""The field that says whether a row is there."""
THERE = "1"
WORDS = "words"
"""Stands for what somebody wrote: that it is there, never what it says."""
MADE_AGAIN = frozenset({("statement", "text"), ("statement", "folded")})
"""Words that are made again from the sealed text and its masks."""
CARRIED = {
    ("text_item", "translation"): frozenset({("statement", "translation")}),
    ("statement", "translation"): frozenset({("text_item", "translation")}),
}
"""A translation only moves: sealed beside a text that waits, readable beside its statement."""
LONGEST = 200
SEPARATOR = "/"  # a code's key has a dot in it

Image = Mapping[tuple[str, str], Mapping[str, str | None]]
"""(table, key of the row) → field → value as text."""
Value = str | int | bytes | bool | None


@dataclass(frozen=True)
class Change:
    """One field of one row, before and after."""

    table: str
    row_key: str
    field: str
    was: str | None
    now: str | None


def changes(before: Image, after: Image) -> list[Change]:
    """What is different, field by field."""
    return [
        Change(*row, field, was, now)
        for row in sorted({*before, *after})
        for field in sorted({*before.get(row, {}), *after.get(row, {})})
        if (was := before.get(row, {}).get(field)) != (now := after.get(row, {}).get(field))
    ]


def lost_words(found: list[Change]) -> bool:
    """Whether words went that nothing brings back: such an act cannot be undone."""
    went = {(change.table, change.field) for change in found if change.was == WORDS and change.now is None}
    came = {(change.table, change.field) for change in found if change.now == WORDS and change.was is None}
    return _is_masked_blindly(found) or any(not CARRIED.get(place, frozenset()) & came for place in went - MADE_AGAIN)


def _is_masked_blindly(found: list[Change]) -> bool:
    """Masked further where the sealed text could not be matched: nothing says which words were covered."""
    tables = {change.table for change in found}
    is_masked = any(
        (change.table, change.field) == ("text_item", "state")
        and change.was == "approved"
        and change.now == "approved_masked"
        for change in found
    )
    return is_masked and "mask_span" not in tables


def holds_words(column: Column[object]) -> bool:
    """Columns with room for what somebody wrote; short codes, numbers and ids have none."""
    kind = column.type
    if isinstance(kind, LargeBinary):
        return kind.length != 16
    if isinstance(kind, String) and not isinstance(kind, Text):
        return kind.length is None or kind.length > LONGEST
    return not isinstance(kind, Boolean | Integer)


def encoded(value: Value) -> str | None:
    """A value as text: ids in hex, yes and no as 1 and 0."""
    if value is None:
        return None
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(int(value)) if isinstance(value, bool) else str(value)


def decoded(table: Table, field: str, text: str | None) -> Value:
    """The value again, as this column holds it; words are a placeholder until they are made again."""
    kind = table.columns[field].type
    if text is None:
        return None
    if holds_words(table.columns[field]):
        return text.encode() if isinstance(kind, LargeBinary) else text
    if isinstance(kind, LargeBinary):
        return bytes.fromhex(text)
    if isinstance(kind, Boolean):
        return text == "1"
    return int(text) if isinstance(kind, Integer) else text


def key_of(table: Table, row: Mapping[Any, Any]) -> str:
    """The primary key of a row as one text."""
    return SEPARATOR.join(encoded(row[column.name]) or "" for column in table.primary_key)


def leans_on(table: Table, fields: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    """The rows this row points at, as (table, key)."""
    for key in table.foreign_keys:
        pointed = fields.get(key.parent.name)
        if pointed is not None:
            yield key.column.table.name, pointed
