"""Saying what a statement is about: themes, sub-codes, the type and flags. Set, never toggle."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.moderation.codebook import codes
from app.desk.moderation.codebook import queries as code_queries
from app.desk.moderation.models import Code
from app.privacy import queries as promise

FIRST, AGREED = "first", "agreed"
BY_SYSTEM = frozenset({"AKUT", "VARSEL"})
"""Flags that come with the text, not from a choice on the card."""


class UnknownCode(Refusal):
    """A code that is not in the codebook, or not offered any more."""


@dataclass(frozen=True)
class Chosen:
    """What a person ticked: keys of codes, keys taken from suggestions, at most one type."""

    codes: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()
    type: str | None = None

    @property
    def keys(self) -> frozenset[str]:
        """All of it."""
        return self.codes | self.accepted | ({self.type} if self.type else set())

    def without(self, keys: Collection[str]) -> "Chosen":
        """The same but for these."""
        gone = frozenset(keys)
        return replace(
            self, codes=self.codes - gone, accepted=self.accepted - gone, type=None if self.type in gone else self.type
        )


def set_all(statement_id: bytes, chosen: Chosen, by: User) -> None:
    """Write the first round of a statement; it has one type, whatever else was ticked."""
    book = codes.book()
    types = {one.key for one in book.types} - {chosen.type}
    for key in sorted(chosen.keys - types):
        source = "accepted" if key in chosen.accepted else "manual"
        _add(statement_id, _code(book, key), by, book.version, source)


def tag(statement_id: bytes, key: str, by: User, *, source: str = "manual") -> bool:
    """Set one code in the round that counts; False if it was there. A type takes the place of the type before."""
    code_queries.hold(statement_id)
    book, round_ = codes.book(), _counted(statement_id)
    code = _code(book, key)
    if set(code_queries.guids_through([code.guid])) & set(code_queries.tagged_guids(statement_id, round_)):
        return False
    if code.kind == "type":
        code_queries.remove_taggings(statement_id, [one.guid for one in book.types], round_)
    _add(statement_id, code, by, book.version, source, round_)
    audit.record("text.tag", count=1)
    return True


def untag(statement_id: bytes, key: str) -> bool:
    """Take one code off, with what was merged into it; False if it was not there."""
    book = codes.book()
    code = book.any(key) or _code(book, key)
    guids = code_queries.guids_through([code.guid])
    gone = code_queries.remove_taggings(statement_id, guids, _counted(statement_id))
    if gone:
        audit.record("text.untag", count=1)
    return bool(gone)


def tell_receipt(response_id: bytes | None) -> None:
    """The receipt of a response: a person has read it, and its main themes. No words, no sub-codes."""
    if response_id is not None:
        promise.mark_receipt(response_id, ",".join(code_queries.themes_of_response(response_id)))


def tell_receipts(response_ids: Sequence[bytes]) -> None:
    """The same for many responses at once, most of which nobody took a receipt of."""
    told = promise.with_receipt(response_ids)
    themes: dict[bytes, list[str]] = {response_id: [] for response_id in told}
    for response_id, theme in code_queries.themes_of_responses(told) if told else ():
        themes[bytes(response_id or b"")].append(theme)
    for response_id, keys in themes.items():
        promise.mark_receipt(response_id, ",".join(keys))


def code(key: str) -> Code:
    """The code of this key, if a person may set it. Raises UnknownCode."""
    return _code(codes.book(), key)


def _code(book: codes.Book, key: str) -> Code:
    code = book.code(key)
    if code is None or key in BY_SYSTEM:
        raise UnknownCode(_("That code is not in the codebook."))
    return code


def _counted(statement_id: bytes) -> str:
    """The agreed round where two coders settled one, else the first: what is changed is what is shown."""
    return AGREED if code_queries.tagged_guids(statement_id, AGREED) else FIRST


def _add(statement_id: bytes, code: Code, by: User, version: int, source: str, round_: str = FIRST) -> None:
    code_queries.add_tagging(
        {
            "statement_id": statement_id,
            "code_guid": code.guid,
            "coder": by.id,
            "round": round_,
            "source": source,
            "codebook_version": version,
        }
    )
