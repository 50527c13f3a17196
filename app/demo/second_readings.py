"""Mona and Malik code some of each other's texts a second time, and settle part of what they disagree on."""

from itertools import cycle

from app.core import db
from app.demo.readings import READERS
from app.desk.accounts import users
from app.desk.accounts.models import User
from app.desk.moderation.codebook import codes
from app.desk.moderation.codebook.codes import Book
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.second_coding import coding, queries, settling
from app.desk.moderation.tagging import Chosen

EACH = 30
"""So many each of the two codes; the rest waits."""
ANOTHER_SUB, ANOTHER_THEME = 5, 7
"""Every fifth text gets another sub-code of the theme, every seventh another theme besides."""
LEFT_OPEN = 3
"""Every third disagreement is still to be settled."""


def read_again() -> None:
    """Blind, as on the page; the caller commits. What is settled counts as it did, so no figure moves."""
    book = codes.book()
    for name in READERS:
        reader = users.named(name)
        for place, statement in enumerate(_due(reader)[:EACH], 1):
            coding.code(statement, _said(statement, place, book), reader)
    for place, (one, by) in enumerate(zip(_open(), cycle(READERS), strict=False)):
        if place % LEFT_OPEN:
            settling.settle(one.statement, _first(one.statement), users.named(by))


def _due(reader: User) -> list[AnyRow]:
    """In the order of the words: ids are random, and the demo should look alike each time."""
    ids = db.connection().execute(queries.due(reader)).scalars().all()
    found = [statement for one in ids if (statement := queries.statement(bytes(one), reader))]
    return sorted(found, key=lambda statement: str(statement.text))


def _open() -> list[settling.Disagreement]:
    return sorted(settling.unsettled(users.named(READERS[0])), key=lambda one: str(one.statement.text))


def _first(statement: AnyRow) -> Chosen:
    rounds = queries.rounds([statement.id])[statement.id]
    return Chosen(codes=frozenset(rounds.codes["first"]), type=next(iter(rounds.types["first"]), None))


def _said(statement: AnyRow, place: int, book: Book) -> Chosen:
    first = _first(statement)
    themes = set(first.codes) or {"INTET"}
    if place % ANOTHER_SUB == 0:
        themes = {_neighbour(key, book) for key in themes}
    if place % ANOTHER_THEME == 0 and "INTET" not in themes:
        themes.add(book.themes[place % len(book.themes)].code.key)
    return Chosen(codes=frozenset(themes), type=first.type)


def _neighbour(key: str, book: Book) -> str:
    """The next sub-code of the same theme; a theme as a whole stays itself."""
    for theme in book.themes:
        subs = [sub.key for sub in theme.subs]
        if key in subs:
            return subs[(subs.index(key) + 1) % len(subs)]
    return key
