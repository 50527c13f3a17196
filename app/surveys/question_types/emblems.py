"""Reads faces, thumbs and stars: one kind of them is an answer, two kinds are none."""

from collections.abc import Collection, Mapping

from app.surveys.question_types.base import Reading, Unreadable, Value
from app.surveys.question_types.said import Said

_MOST_OTHER_WORDS = 5
_LEAST_COMMENT_WORDS = 3


def read(said: Said, meanings: Mapping[str, str]) -> Reading | None:
    """The one thing the signs of a text mean; None where there is no such sign."""
    meant = {meanings[sign] for sign in said.visible if sign in meanings}
    if not meant:
        return None
    return _beside_words(said, meant.pop(), meanings) if len(meant) == 1 else Unreadable()


def stars(said: Said, filled: Collection[str], empty: Collection[str], *, high: int) -> Reading | None:
    """As many as there are stars. ★★★☆☆ is three of five; empty stars alone are nothing."""
    count = sum(sign in filled for sign in said.visible)
    with_empty = count + sum(sign in empty for sign in said.visible)
    if not with_empty:
        return None
    if not 1 <= count <= high or with_empty not in (count, high):
        return Unreadable()
    return _beside_words(said, str(count), {**dict.fromkeys(filled, ""), **dict.fromkeys(empty, "")})


def _beside_words(said: Said, value: str, meanings: Mapping[str, str]) -> Reading:
    """As beside a number: first in the text, or among few words."""
    first = next(place for place, sign in enumerate(said.visible) if sign in meanings)
    if not said.tokens or first < said.tokens[0].start:
        end = first
        while end < len(said.visible) and (said.visible[end] in meanings or said.visible[end].isspace()):
            end += 1
        return Value(value, said.after(end))
    if len(said.tokens) > _MOST_OTHER_WORDS:
        return Unreadable()
    return Value(value, said.whole() if len(said.tokens) >= _LEAST_COMMENT_WORDS else None)
