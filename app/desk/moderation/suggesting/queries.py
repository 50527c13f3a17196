"""Statements about what is learned from, what was suggested, and which new words were settled."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import states
from app.desk.moderation.codebook.models import Redirect
from app.desk.moderation.codebook.queries import READ_AS, insert_or_ignore, is_counted
from app.desk.moderation.models import Code, Statement, Tagging, TextItem
from app.desk.moderation.queries import AnyRow, beyond_the_wall
from app.desk.moderation.suggesting.models import ACCEPTED, REFUSED, SettledWord, SuggestionShown
from app.surveys.models import Response

DANISH = "da"
_THEME = func.coalesce(Code.parent_key, Code.key)
_WORDS = case((Statement.lang == DANISH, Statement.text), else_=Statement.translation)
"""The Danish words of a statement: its own, or those a person translated it into; none else."""


def coded(*, most: int) -> Sequence[tuple[bytes, str, tuple[str, ...]]]:
    """(voice, Danish words, themes) of the latest coded statements, but for those that are coded twice.

    What is coded twice measures what was learned, so nothing is learned from it.
    """
    return _with_themes(_learnable().order_by(Statement.week.desc(), Statement.id.desc()).limit(most))


def blind(*, since: str, most: int) -> Sequence[tuple[bytes, str, tuple[str, ...]]]:
    """The same of the statements since a week that are coded twice."""
    found = _coded().where(Statement.week >= since, _is_blind())
    return _with_themes(found.order_by(Statement.week.desc(), Statement.id.desc()).limit(most))


def count_coded(*, since: str) -> int:
    """How many voices since a week there are to learn from."""
    counted = _learnable().with_only_columns(func.count(Statement.voice.distinct())).where(Statement.week >= since)
    return db.connection().execute(counted).scalar_one()


def written(*, most: int) -> Sequence[AnyRow]:
    """(id, voice, week, site_code, words) of the latest readable statements with Danish words."""
    site = func.coalesce(Response.site_code, Statement.site_code).label("site_code")
    found = (
        select(Statement.id, Statement.voice, Statement.week, site, _WORDS.label("words"))
        .outerjoin(Response, Response.id == Statement.response_id)
        .where(_WORDS.is_not(None), _is_readable())
    )
    return db.connection().execute(found.order_by(Statement.week.desc(), Statement.id.desc()).limit(most)).all()


def add_shown(rows: Sequence[Mapping[str, Any]]) -> None:
    """Remember chips with their outcomes; the same chip of a statement once."""
    if rows:
        db.connection().execute(insert_or_ignore(SuggestionShown), rows)


def acceptance(reader: User) -> Sequence[AnyRow]:
    """(key, name_da, name_en, level, shown, accepted, refused) of every code ever suggested, within the wall."""
    found = (
        select(
            Code.key, Code.name_da, Code.name_en, SuggestionShown.level,
            func.count().label("shown"),
            func.sum(case((SuggestionShown.outcome == ACCEPTED, 1), else_=0)).label("accepted"),
            func.sum(case((SuggestionShown.outcome == REFUSED, 1), else_=0)).label("refused"),
        )
        .join(Code, Code.guid == SuggestionShown.code_guid)
        .group_by(Code.key, Code.name_da, Code.name_en, Code.place, SuggestionShown.level)
        .order_by(Code.place, SuggestionShown.level)
    )  # fmt: skip
    if reader.site_code is not None:
        found = _walled(found.join(Statement, Statement.id == SuggestionShown.statement_id), reader)
    return db.connection().execute(found).all()


def theme_counts(reader: User, *, since: str, is_slice: bool, round_: str) -> tuple[int, Mapping[str, int]]:
    """How many voices since a week have a theme in this round, and how many have each theme, within the wall.

    Of what is coded twice (`is_slice`), or of the rest.
    """
    chosen = _is_blind() if is_slice else ~_is_blind()
    found = (
        select(Statement.voice, _THEME)
        .select_from(Tagging)
        .outerjoin(Redirect, Redirect.from_guid == Tagging.code_guid)
        .join(Code, Code.guid == READ_AS)
        .join(Statement, Statement.id == Tagging.statement_id)
        .where(Tagging.round == round_, Code.kind.in_(("theme", "sub")), chosen)
        .where(Statement.week >= since)
        .distinct()
    )
    pairs = (found if reader.site_code is None else _walled(found, reader)).subquery()
    of_all = select(func.count(pairs.c.voice.distinct()))
    by_theme = select(pairs.c[1], func.count()).group_by(pairs.c[1])
    connection = db.connection()
    themes = {row[0]: row[1] for row in connection.execute(by_theme)}
    return connection.execute(of_all).scalar_one(), themes


def settled() -> frozenset[str]:
    """The stems that are not shown again."""
    return frozenset(db.connection().execute(select(SettledWord.stem)).scalars())


def settle(stem: str, verdict: str) -> None:
    """Settle a new word; the first verdict stays."""
    db.connection().execute(insert_or_ignore(SettledWord), {"stem": stem, "verdict": verdict})


def readable(statement_ids: Collection[bytes], me: User) -> Sequence[AnyRow]:
    """(id, answer_id, text, lang, week) of these statements, within the wall."""
    site = func.coalesce(Response.site_code, Statement.site_code)
    found = (
        select(Statement.id, Statement.answer_id, Statement.text, Statement.lang, Statement.week)
        .outerjoin(Response, Response.id == Statement.response_id)
        .where(Statement.id.in_(list(statement_ids)), beyond_the_wall(site, me), _is_readable())
        .order_by(Statement.week.desc(), Statement.id.desc())
    )
    return db.connection().execute(found).all()


def guids(keys: Iterable[str]) -> Mapping[str, str]:
    """Key → guid of these codes."""
    found = select(Code.key, Code.guid).where(Code.key.in_(list(keys)))
    return {row.key: row.guid for row in db.connection().execute(found)}


def _walled(found: Any, reader: User) -> Any:
    """Only what stands on this side of the wall; statements are in it already."""
    site = func.coalesce(Response.site_code, Statement.site_code)
    return found.outerjoin(Response, Response.id == Statement.response_id).where(beyond_the_wall(site, reader))


def _coded() -> Select[Any]:
    has_theme = exists().where(Tagging.statement_id == Statement.id, Tagging.code_guid == Code.guid)
    has_theme = has_theme.where(Code.kind.in_(("theme", "sub")), is_counted())
    found = select(Statement.id, Statement.voice, _WORDS.label("words"))
    return found.where(_WORDS.is_not(None), has_theme, _is_readable())


def _learnable() -> Select[Any]:
    return _coded().where(~_is_blind())


def _with_themes(chosen: Select[Any]) -> list[tuple[bytes, str, tuple[str, ...]]]:
    part = chosen.subquery()
    tagged = (
        select(part.c.id, _THEME)
        .join(Tagging, Tagging.statement_id == part.c.id)
        .outerjoin(Redirect, Redirect.from_guid == Tagging.code_guid)
        .join(Code, Code.guid == READ_AS)
        .where(Code.kind.in_(("theme", "sub")), is_counted())
        .distinct()
    )
    themes: dict[bytes, list[str]] = defaultdict(list)
    for statement_id, theme in db.connection().execute(tagged):
        themes[bytes(statement_id)].append(theme)
    rows = db.connection().execute(select(part)).all()
    return [(bytes(row.voice), row.words, tuple(sorted(themes[bytes(row.id)]))) for row in rows]


def _is_blind() -> ColumnElement[bool]:
    """Drawn for a second coding, or coded a second time already."""
    second = aliased(Tagging)
    return or_(
        exists().where(TextItem.answer_id == Statement.answer_id, TextItem.second_due.is_(True)),
        exists().where(second.statement_id == Statement.id, second.round == "second"),
    )


def _is_readable() -> ColumnElement[bool]:
    """Approved, also where the way back to the text is cut; not reopened, not moved to safeguarding."""
    return ~exists().where(TextItem.answer_id == Statement.answer_id, TextItem.state.not_in(states.READABLE))
