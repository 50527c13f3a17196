"""Writing SQLite's search index anew, every night: a text that was taken back leaves no part of a word in it."""

from collections.abc import Iterator

from app.core import db
from app.desk.moderation.searching import queries


def renewing() -> Iterator[None]:
    """Write it anew, a few statements at a time into an index beside the old one; the caller commits at each pause.

    So nobody waits long for a turn to write, and ended half-way the old index stays in use. On PostgreSQL the index
    keeps itself, and the night's rewrite empties it of what is gone.
    """
    if not db.is_sqlite():
        return
    queries.begin_index()
    yield
    new: list[tuple[bytes, str]] = []
    after = b""
    while rows := queries.add_to_index(after):
        yield
        new += [(row.id, row.folded) for row in rows if not row.in_index]
        after = rows[-1].id
    queries.end_index(new)
    yield
