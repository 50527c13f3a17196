"""One code on many statements, or off them: written down first, then carried out, one undo for all. Views commit."""

from collections.abc import Collection, Sequence

from app.desk.accounts.models import User
from app.desk.moderation import tagging
from app.desk.moderation.models import Code
from app.desk.moderation.undoing import many_queries, queries
from app.desk.moderation.undoing.models import UndoEntry


def add(
    by: User, act: str, statement_ids: Collection[bytes], code: Code, *,
    instead_of: Sequence[str] = (), source: str, version: int,
) -> int:  # fmt: skip
    """Set a code in the first round where it is missing; `instead_of` are guids that go where it is set (types).

    How many statements got it. Two SQL statements for any number of texts, up to 10,000.
    """
    entry = _begin(by, act, code)
    changed = many_queries.plan_to_add(entry.id, statement_ids, code.guid, by.id, source=source, version=version)
    if changed and instead_of:
        many_queries.plan_to_remove_beside(entry.id, instead_of)
    return _carry_out(entry, changed)


def add_all(
    by: User, act: str, statement_ids: Collection[bytes], codes: Collection[Code], *, source: str, version: int
) -> int:
    """Set several themes and codes in one act; how many statements got any."""
    entry, changed = _begin(by, act, None), 0
    for code in codes:
        guid = code.guid
        changed += many_queries.plan_to_add(entry.id, statement_ids, guid, by.id, source=source, version=version)
    return _carry_out(entry, changed)


def remove(by: User, act: str, statement_ids: Collection[bytes], code: Code) -> int:
    """Take a code off in the first round, whoever set it; how many statements had it."""
    entry = _begin(by, act, code)
    return _carry_out(entry, many_queries.plan_to_remove(entry.id, statement_ids, [code.guid]))


def _begin(by: User, act: str, code: Code | None) -> UndoEntry:
    entry = UndoEntry(user_id=by.id, act=act, place=1, code=code.key if code else None)
    queries.add_entry(entry)
    return entry


def _carry_out(entry: UndoEntry, changed: int) -> int:
    if not changed:
        queries.forget(entry.id, entry.user_id)
        return 0
    entry.count, entry.used = many_queries.count_planned(entry.id), queries.used_of_entry(entry.id)
    many_queries.carry_out(entry.id)
    tagging.tell_receipts(many_queries.responses_of(entry.id))
    return entry.count
