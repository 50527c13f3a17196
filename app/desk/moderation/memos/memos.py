"""Writing and reading memos. What is written passes the masker first. Views commit."""

import os
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.moderation import changing, masks, states, undoing
from app.desk.moderation import queries as texts
from app.desk.moderation.memos import queries
from app.desk.moderation.memos.models import LONGEST
from app.desk.moderation.opening import Opened
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.rereading import queries as rereading
from app.desk.moderation.undoing import queries as undo_queries
from app.privacy import sealing

KINDS = ("text", "statement", "quote", "code")
DROP = "memo.drop"
PAGE = 50


@dataclass(frozen=True)
class Target:
    """What a memo hangs on: a text or statement or quote by its id, a code by its key."""

    kind: str
    value: str

    @property
    def id(self) -> bytes:
        """The id of what was said; empty where it is none."""
        try:
            return bytes.fromhex(self.value)
        except ValueError:
            return b""


def write(target: Target, words: str, by: User) -> None:
    """Keep a memo without the names in it; the same one twice is one.

    Raises NotYet where nothing is written, Changed where nothing is there.
    """
    text = without_names(words)
    if not text:
        raise changing.NotYet(_("Write something first."))
    if not may_see(target, by):
        raise changing.Changed(_("That text is not here any more."))
    undo_queries.take_turn(by.id)
    where = _where(target)
    if queries.is_there(by.id, text, **where):
        return
    memo_id = os.urandom(16)
    values: dict[str, Any] = {"id": memo_id, "text": text, "author": by.id}
    if target.kind == "text":
        with undoing.remembering(by, "memo", target.id):
            queries.add(**values, **where)
    else:
        queries.add(**values, **where)
        undoing.remember(by, "memo", inverse=DROP, arguments=memo_id.hex())
    audit.record("memo.write", count=1)


def delete(memo_id: bytes, by: User) -> bool:
    """Delete one's own memo for good; False if it was not there."""
    gone = queries.remove(memo_id, by.id)
    if gone:
        audit.record("memo.delete", count=1)
    return bool(gone)


def may_see(target: Target, by: User) -> bool:
    """Whether what the memo hangs on is there for this person."""
    if target.kind == "text":
        return len(target.id) == 16 and texts.item(target.id, by) is not None
    if target.kind == "statement":
        return queries.may_see_statement(target.id, by)
    if target.kind == "quote":
        return queries.may_see_quote(target.id, by)
    return target.kind == "code" and target.value.isprintable() and queries.guid_of(target.value) is not None


def panel(item: AnyRow, _opened: Opened | None, _statement: AnyRow | None, me: User) -> dict[str, Any]:
    """The memos of a text's card; only moderators see them."""
    if me.role != "moderator" or item.state == states.ESCALATED:
        return {}
    found = [memo for memo in queries.of_text(item.answer_id) if memo.author == me.id or not _is_read_again(item)]
    return {"memos": found}


def without_names(words: str) -> str:
    """The words as they may be kept, line by line."""
    lines = sealing.cleaned(words.replace("\r\n", "\n"))[:LONGEST].split("\n")
    return "\n".join(masks.without_names(line) for line in lines).strip()


def _where(target: Target) -> dict[str, Any]:
    """The column of what a memo hangs on."""
    if target.kind == "code":
        return {"code_guid": queries.guid_of(target.value)}
    return {"item_id" if target.kind == "text" else f"{target.kind}_id": target.id}


def _is_read_again(item: AnyRow) -> bool:
    """A rejection that somebody else judges anew comes without a word from whoever rejected it."""
    return rereading.pending(item.answer_id) is not None


def _drop(arguments: str, by: User) -> None:
    """Undo of a memo on a code, a quote or a statement."""
    if not queries.remove(bytes.fromhex(arguments), by.id):
        raise undoing.NotUndone(_("Somebody has gone on from this since. It cannot be undone any more."))


undoing.INVERSES[DROP] = _drop
