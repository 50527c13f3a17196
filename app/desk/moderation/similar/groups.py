"""The look-alikes of one text, and giving them its codes in one act. Views commit."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.core import folding
from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.moderation import changing
from app.desk.moderation.codebook import codes
from app.desk.moderation.codebook import queries as code_queries
from app.desk.moderation.opening import Opened
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.similar import queries, rule
from app.desk.moderation.similar.rule import Run
from app.desk.moderation.undoing import masses

CODED = ("theme", "sub")


@dataclass(frozen=True)
class Member:
    """A look-alike as the card shows it."""

    statement: AnyRow
    runs: list[Run]
    codes: list[str]


def of(item: AnyRow, words: str, me: User) -> list[Member]:
    """The approved look-alikes of these masked words within 8 weeks, nearest first."""
    if not rule.plain(words):
        return []
    near = queries.near(item.week, words, me, but_not=item.answer_id)
    found = rule.group(words, {id_: folded or folding.fold(text) for id_, folded, text in near})
    by_id = {bytes(row.id): row for row in queries.statements(found, me)} if found else {}
    coded: dict[bytes, list[str]] = {statement_id: [] for statement_id in by_id}
    for statement_id, key in code_queries.codes_of(coded) if coded else ():
        coded[bytes(statement_id)].append(key)
    return [Member(by_id[one], rule.differing(by_id[one].text, words), coded[one]) for one in found if one in by_id]


def token(members: Collection[Member]) -> str:
    """Stands for exactly these statements."""
    return hashlib.sha256(b"".join(sorted(bytes(one.statement.id) for one in members))).hexdigest()


def give(item: AnyRow, words: str, keys: Collection[str], shown: str, by: User) -> int:
    """Set these themes and codes on every look-alike that was shown; how many texts got any. Raises Changed."""
    members = of(item, words, by)
    if token(members) != shown:
        raise changing.Changed(_("Look-alikes have come or gone since you looked. Look at them once more."))
    book = codes.book()
    wanted = [code for key in sorted(keys) if (code := book.code(key)) and code.kind in CODED]
    ids = [bytes(one.statement.id) for one in members]
    changed = masses.add_all(by, "group", ids, wanted, source="group", version=book.version)
    if changed:
        audit.record("text.group", count=changed)
    return changed


def panel(item: AnyRow, opened: Opened | None, statement: AnyRow | None, me: User) -> Mapping[str, Any]:
    """The group on a text's card; an analyst gets none."""
    words = opened.masked if opened else statement.text if statement else ""
    members = of(item, words, me) if me.role == "moderator" else []
    return {"group": members, "group_token": token(members)} if members else {}
