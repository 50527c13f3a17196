"""Statements about texts of nearly the same length and time."""

from collections.abc import Sequence
from itertools import combinations

from sqlalchemy import LargeBinary, Select, and_, case, column, false, func, or_, select, table, text

from app.core import db, weeks
from app.desk.accounts.models import User
from app.desk.moderation import queries, states
from app.desk.moderation.models import Statement, TextItem
from app.desk.moderation.queries import AnyRow, AnySelect, beyond_the_wall
from app.desk.moderation.searching.queries import INDEX
from app.desk.moderation.similar import rule
from app.surveys.models import Response

WEEKS = 8
MANY = 20_000
"""So many statements are compared with one, no more."""
_SHORTER, _LONGER = 0.7, 1.45
"""Two texts that are 85 % alike differ less in length; a chain of them may reach a little further."""


def near(week: str, words: str, reader: User, *, but_not: bytes) -> Sequence[AnyRow]:
    """(id, folded) of approved statements within 8 weeks and of nearly this length; where a translation
    is folded in too, (id, None, text). Where these weeks are full, only those that share two of the longest words.
    """
    first, last = weeks.around(week, WEEKS)
    shortest, longest = int(len(words) * _SHORTER), int(len(words) * _LONGER) + 1
    found = (
        select(
            Statement.id,
            case((Statement.translation.is_(None), Statement.folded), else_=None).label("folded"),
            case((Statement.translation.is_not(None), Statement.text), else_=None).label("text"),
        )
        .where(func.length(Statement.text).between(shortest, longest))
        .where(func.coalesce(Statement.answer_id, b"") != but_not)
    )
    if _is_full(first, last):
        found = _sharing(found, rule.longest_words(words), first, last).limit(MANY)
    else:
        found = found.where(Statement.week.between(first, last))
    if reader.site_code is not None:
        found = found.outerjoin(Response, Response.id == Statement.response_id)
        found = found.where(beyond_the_wall(func.coalesce(Response.site_code, Statement.site_code), reader))
    return db.connection().execute(found).all()


def _is_full(first: str, last: str) -> bool:
    """Whether there are too many statements in these weeks to look at each."""
    there = select(Statement.week).where(Statement.week.between(first, last)).limit(MANY + 1)
    return db.connection().execute(select(func.count()).select_from(there.subquery())).scalar_one() > MANY


def _sharing(found: AnySelect, words: Sequence[str], first: str, last: str) -> AnySelect:
    """Only texts that have two of these words (or the one there is), by the index of the search."""
    pairs: list[tuple[str, ...]] = list(combinations(words, 2)) or [(one,) for one in words]
    if not pairs:
        return found.where(false())
    if not db.is_sqlite():
        has_them = (and_(*(Statement.folded.contains(one, autoescape=True) for one in pair)) for pair in pairs)
        return found.where(Statement.week.between(first, last), or_(*has_them))
    match = " OR ".join("(" + " AND ".join(f'"{one}"' for one in pair) + ")" for pair in pairs)
    hits: Select[bytes] = select(column("statement_id", LargeBinary)).select_from(table(INDEX))
    hits = hits.where(text(f"{INDEX} MATCH :match"))
    new = select(Statement.id).where(Statement.in_index.is_(None))
    # Not the bare column: SQLite would go through the weeks, and shall begin with the hits.
    in_weeks = func.likely(Statement.week).between(first, last)
    return found.where(Statement.id.in_(hits.union_all(new)), in_weeks).params(match=match)


def statements(statement_ids: Sequence[bytes], reader: User) -> Sequence[AnyRow]:
    """These statements with their words, within the wall; those of a text that is closed just now are left out."""
    is_open = or_(TextItem.state.is_(None), TextItem.state.in_(states.READABLE))
    found = queries.readable(reader).where(Statement.id.in_(statement_ids), is_open)
    return db.connection().execute(found).all()
