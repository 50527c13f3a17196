"""Statements about what can be taken back, and the rows of one text as they are now."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Table,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
    update,
)

from app.core import db
from app.core.db import Model
from app.desk.accounts.models import User
from app.desk.moderation.codebook.queries import guids_through
from app.desk.moderation.models import Code, Statement, Tagging, TextItem
from app.desk.moderation.undoing import images
from app.desk.moderation.undoing.images import Change, Image, Value
from app.desk.moderation.undoing.models import MOST, UndoEntry, UndoField, UndoTagging
from app.publication.models import CountedMonth, Quote
from app.surveys.models import Response

NOT_WATCHED = frozenset({"quote", "undo_entry", "undo_tagging", "claim", "skipped"})
"""Tables beside a text that say nothing of what was decided about it."""
COUNTS_ON = ("text_item", "version")
"""Only ever counts on: a form made before must stay stale whatever is taken back."""
_TAGGING = ("statement_id", "code_guid", "coder", "round", "source", "codebook_version")


def image(answer_id: bytes) -> Image:
    """Every row that hangs on a text and on its statement, without their words."""
    found: dict[tuple[str, str], Mapping[str, str | None]] = {}
    for table, belongs in _watched(answer_id):
        for row in db.connection().execute(select(*_columns(table)).where(belongs)).mappings():
            fields = {name: images.encoded(value) for name, value in row.items()}
            found[table.name, images.key_of(table, row)] = {images.ROW: images.THERE, **fields}
    return found


def version(answer_id: bytes) -> int | None:
    """The version of a text as it is now."""
    return db.connection().execute(select(TextItem.version).where(TextItem.answer_id == answer_id)).scalar()


def answer_of(statement_id: bytes) -> bytes | None:
    """The answer a statement was made from."""
    return db.connection().execute(select(Statement.answer_id).where(Statement.id == statement_id)).scalar()


def add_entry(entry: UndoEntry) -> None:
    """Put an act in the first place of its person; the twenty-first goes."""
    own = UndoEntry.user_id == entry.user_id
    move = update(UndoEntry).execution_options(synchronize_session=False)
    db.connection().execute(delete(UndoEntry).where(own, UndoEntry.place >= MOST))
    db.connection().execute(move.where(own).values(place=UndoEntry.place + MOST + 1))
    db.connection().execute(move.where(own).values(place=UndoEntry.place - MOST))
    db.db.session.add(entry)
    db.db.session.flush()


def add_fields(entry_id: bytes, changed: Sequence[Change]) -> None:
    """What the act changed."""
    rows = [{"entry_id": entry_id, **change.__dict__} for change in changed]
    db.connection().execute(insert(UndoField), rows)


def entries(user_id: bytes, *, most: int = MOST) -> Sequence[UndoEntry]:
    """A person's last acts, the newest first."""
    return [entry for entry, _da, _en in named(user_id, most=most)]


def named(user_id: bytes, *, most: int = MOST) -> Sequence[Row[UndoEntry, str | None, str | None]]:
    """The same with what the code of each is called, in Danish and in English."""
    found = (
        select(UndoEntry, Code.name_da, Code.name_en)
        .outerjoin(Code, Code.key == UndoEntry.code)
        .where(UndoEntry.user_id == user_id)
        .order_by(UndoEntry.place)
        .limit(most)
    )
    return db.db.session.execute(found.execution_options(populate_existing=True)).all()


def newest(user_id: bytes) -> UndoEntry | None:
    """A person's last act."""
    return next(iter(entries(user_id, most=1)), None)


def entry(entry_id: bytes, user_id: bytes) -> UndoEntry | None:
    """One act, if it is this person's own."""
    found = select(UndoEntry).where(UndoEntry.id == entry_id, UndoEntry.user_id == user_id)
    return db.db.session.scalars(found.execution_options(populate_existing=True)).first()


def fields(entry_id: bytes) -> list[Change]:
    """What an act on one text changed."""
    found = select(UndoField.table, UndoField.row_key, UndoField.field, UndoField.was, UndoField.now)
    return [Change(*row) for row in db.connection().execute(found.where(UndoField.entry_id == entry_id)).all()]


def forget(entry_id: bytes, user_id: bytes) -> None:
    """Take an act off the list, and what it changed; the places behind it close up."""
    gone = select(UndoEntry.place).where(UndoEntry.id == entry_id)
    place = db.connection().execute(gone).scalar()
    db.connection().execute(delete(UndoEntry).where(UndoEntry.id == entry_id))
    if place is not None:
        own, move = UndoEntry.user_id == user_id, update(UndoEntry).execution_options(synchronize_session=False)
        db.connection().execute(move.where(own, UndoEntry.place > place).values(place=UndoEntry.place + MOST))
        db.connection().execute(move.where(own, UndoEntry.place > MOST).values(place=UndoEntry.place - MOST - 1))


def known(user_id: bytes) -> frozenset[bytes]:
    """The acts of a person, to tell those that come later."""
    found = select(UndoEntry.id).where(UndoEntry.user_id == user_id)
    return frozenset(map(bytes, db.connection().execute(found).scalars()))


def absorb(entry: UndoEntry, parts: Collection[bytes]) -> None:
    """Acts that were part of another: what they did to many texts goes with it, the rest it knows itself."""
    moving = update(UndoTagging).where(UndoTagging.entry_id.in_(parts)).values(entry_id=entry.id)
    db.connection().execute(moving.execution_options(synchronize_session=False))
    entry.used += used_of_entry(entry.id)
    for part in parts:
        forget(part, entry.user_id)
    db.db.session.flush()


def is_on_many(entry_id: bytes) -> bool:
    """Whether an act set or took off codes of many texts."""
    return bool(db.connection().execute(select(exists().where(UndoTagging.entry_id == entry_id))).scalar())


def point_again(item_id: bytes, before: int, now: int) -> None:
    """The acts that ended in the version an undone act began with, end in the version there is now."""
    earlier = update(UndoEntry).where(UndoEntry.item_id == item_id, UndoEntry.now_version == before)
    earlier = earlier.where(UndoEntry.was_version != UndoEntry.now_version)
    db.connection().execute(earlier.values(now_version=now).execution_options(synchronize_session=False))


def put_back(table: Table, was: Mapping[str, Value]) -> None:
    """A row as it was before the act, words apart."""
    db.connection().execute(insert(table), dict(was))


def take_away(table: Table, row_key: str) -> None:
    """A row that the act made."""
    db.connection().execute(delete(table).where(_is_row(table, row_key)))


def set_again(table: Table, row_key: str, was: Mapping[str, Value]) -> None:
    """The fields of a row as they were before the act."""
    db.connection().execute(update(table).where(_is_row(table, row_key)).values(**was))


def count_on(item_id: bytes) -> int:
    """The next version of a text."""
    on = update(TextItem).where(TextItem.answer_id == item_id).values(version=TextItem.version + 1)
    db.connection().execute(on.execution_options(synchronize_session=False))
    return version(item_id) or 0


def reword(statement_id: bytes, text: str, folded: str, translation: str | None) -> None:
    """The words of a statement, made again from its sealed text and the masks there are."""
    values = {"text": text, "folded": folded, "translation": translation, "in_index": False}
    again = update(Statement).where(Statement.id == statement_id).values(**values)
    db.connection().execute(again.execution_options(synchronize_session=False))


def seal_again(item_id: bytes, box: bytes) -> None:
    """The sealed translation of a text that waits again."""
    again = update(TextItem).where(TextItem.answer_id == item_id).values(translation=box)
    db.connection().execute(again.execution_options(synchronize_session=False))


def is_quoted(statement_ids: Sequence[bytes]) -> bool:
    """Whether a quote was proposed from one of them and not taken down."""
    quoted = exists().where(Quote.statement_id.in_(statement_ids), Quote.state != "taken_down")
    return bool(db.connection().execute(select(quoted)).scalar())


def used_of_text(item_id: bytes) -> int:
    """How many statements of this text (1 or 0) are in a quarter whose themes are counted for good."""
    return _used(Statement.answer_id == item_id)


def used_of_entry(entry_id: bytes) -> int:
    """The same of an act on many texts."""
    about = select(UndoTagging.statement_id).where(UndoTagging.entry_id == entry_id)
    return _used(Statement.id.in_(about))


def used_now(entry: UndoEntry) -> int:
    """How many statements of an act a release has used by now."""
    of_text = used_of_text(entry.item_id) if entry.item_id is not None else 0
    return of_text + used_of_entry(entry.id)


def _used(which: ColumnElement[bool]) -> int:
    counted = (
        select(func.count(Statement.id))
        .join(Response, Response.id == Statement.response_id)
        .join(CountedMonth, CountedMonth.month == Response.counted_month)
        .where(which, CountedMonth.has_themes.is_(True))
    )
    return db.connection().execute(counted).scalar_one()


# ── acts on many texts ────────────────────────────────────────────────────────────


def plan_to_add(
    entry_id: bytes, statement_ids: Collection[bytes], guid: str, coder: bytes, *, source: str, version: int
) -> int:
    """Write down one code for each of these statements that does not have it in the first round; how many."""
    same = Tagging.code_guid.in_(guids_through([guid]))
    has_it = exists().where(Tagging.statement_id == Statement.id, same, Tagging.round == "first")
    chosen = select(
        literal(entry_id), Statement.id, literal(guid), literal(coder), literal("first"), literal(source),
        literal(version), literal(value=True), Statement.answer_id,
    ).where(Statement.id.in_(statement_ids), ~has_it)  # fmt: skip
    return _plan(chosen)


def plan_to_remove(entry_id: bytes, statement_ids: Collection[bytes], guids: Sequence[str]) -> int:
    """Write down every first-round tagging of these codes on these statements; how many."""
    return _plan(_to_remove(entry_id, guids).where(Statement.id.in_(statement_ids)))


def plan_to_remove_beside(entry_id: bytes, guids: Sequence[str]) -> int:
    """The same on the statements that this act gives another code."""
    added = select(UndoTagging.statement_id).where(UndoTagging.entry_id == entry_id, UndoTagging.is_added.is_(True))
    return _plan(_to_remove(entry_id, guids).where(Statement.id.in_(added)))


def _to_remove(entry_id: bytes, guids: Sequence[str]) -> Any:
    chosen = (
        select(
            literal(entry_id), Tagging.statement_id, Tagging.code_guid, Tagging.coder, Tagging.round, Tagging.source,
            Tagging.codebook_version, literal(value=False), Statement.answer_id,
        )
        .join(Statement, Statement.id == Tagging.statement_id)
    )  # fmt: skip
    return chosen.where(Tagging.code_guid.in_(guids_through(guids)), Tagging.round == "first")


def count_planned(entry_id: bytes) -> int:
    """On how many statements an act was written down."""
    planned = select(func.count(UndoTagging.statement_id.distinct())).where(UndoTagging.entry_id == entry_id)
    return db.connection().execute(planned).scalar_one()


def _plan(chosen: Any) -> int:
    columns = ["entry_id", *_TAGGING, "is_added", "answer_id"]
    planning = insert(UndoTagging).from_select(columns, chosen)
    return db.connection().execute(planning, execution_options={"preserve_rowcount": True}).rowcount


def carry_out(entry_id: bytes) -> None:
    """Do what was written down: first take off, then set."""
    _take_off(entry_id, is_added=False)
    _set(entry_id, is_added=True)


def reverse(entry_id: bytes) -> None:
    """Do the opposite of what was written down. Statements that are gone meanwhile stay gone."""
    _take_off(entry_id, is_added=True)
    _set(entry_id, is_added=False)


def is_as_left(entry_id: bytes) -> bool:
    """Whether every tagging of an act on many is still as the act left it, and no text is read again meanwhile."""
    is_there = exists().where(Statement.id == UndoTagging.statement_id)
    is_read_again = and_(~is_there, UndoTagging.answer_id.is_not(None))
    has_it = exists().where(_is_same())
    differs = select(UndoTagging.entry_id).where(
        UndoTagging.entry_id == entry_id,
        or_(
            is_read_again,
            and_(is_there, UndoTagging.is_added, ~has_it),
            and_(is_there, ~UndoTagging.is_added, has_it),
        ),
    )
    return not db.connection().execute(select(differs.exists())).scalar()


def has_two_types(entry: UndoEntry) -> bool:
    """Whether a statement of this act has two types in the first round: somebody set another one since."""
    about = select(UndoTagging.statement_id).where(UndoTagging.entry_id == entry.id)
    own = select(Statement.id).where(Statement.answer_id == entry.item_id)
    several = (
        select(Tagging.statement_id)
        .join(Code, Code.guid == Tagging.code_guid)
        .where(Tagging.statement_id.in_(about.union(own)), Tagging.round == "first", Code.kind == "type")
        .group_by(Tagging.statement_id)
        .having(func.count(Tagging.code_guid.distinct()) > 1)
    )
    return bool(db.connection().execute(select(several.exists())).scalar())


def behind_the_wall(entry_id: bytes, reader: User) -> bool:
    """Whether an act on many touched a statement its person may not read any more."""
    if reader.site_code is None:
        return False
    site = func.coalesce(Response.site_code, Statement.site_code)
    hidden = (
        select(UndoTagging.entry_id)
        .join(Statement, Statement.id == UndoTagging.statement_id)
        .outerjoin(Response, Response.id == Statement.response_id)
        .where(UndoTagging.entry_id == entry_id, case((site.is_(None), True), else_=site == reader.site_code))
    )
    return bool(db.connection().execute(select(hidden.exists())).scalar())


def responses_of(entry_id: bytes) -> Sequence[bytes]:
    """The responses an act on many was about, for their receipts."""
    found = (
        select(Statement.response_id)
        .join(UndoTagging, UndoTagging.statement_id == Statement.id)
        .where(UndoTagging.entry_id == entry_id, Statement.response_id.is_not(None))
        .distinct()
    )
    return [bytes(one) for one in db.connection().execute(found).scalars() if one is not None]


def _take_off(entry_id: bytes, *, is_added: bool) -> None:
    same = tuple_(UndoTagging.statement_id, UndoTagging.code_guid, UndoTagging.coder, UndoTagging.round)
    planned = select(*same.clauses).where(UndoTagging.entry_id == entry_id, UndoTagging.is_added.is_(is_added))
    row = tuple_(Tagging.statement_id, Tagging.code_guid, Tagging.coder, Tagging.round)
    db.connection().execute(delete(Tagging).where(row.in_(planned)))


def _set(entry_id: bytes, *, is_added: bool) -> None:
    planned = select(*(getattr(UndoTagging, name) for name in _TAGGING)).where(
        UndoTagging.entry_id == entry_id,
        UndoTagging.is_added.is_(is_added),
        exists().where(Statement.id == UndoTagging.statement_id),
    )
    db.connection().execute(insert(Tagging).from_select(list(_TAGGING), planned))


def _is_same() -> ColumnElement[bool]:
    return and_(
        Tagging.statement_id == UndoTagging.statement_id,
        Tagging.code_guid == UndoTagging.code_guid,
        Tagging.coder == UndoTagging.coder,
        Tagging.round == UndoTagging.round,
    )


# ── the rows of one text ──────────────────────────────────────────────────────────


def _watched(answer_id: bytes) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """The text's own row, what points at it, what points at its statement."""
    item, statement = Model.metadata.tables["text_item"], Model.metadata.tables["statement"]
    yield item, item.c.answer_id == answer_id
    own = select(statement.c.id).where(statement.c.answer_id == answer_id)
    for table, to_item, to_statement in _beside():
        ways = [column == answer_id for column in to_item] + [column.in_(own) for column in to_statement]
        yield table, or_(*ways)


@cache
def _beside() -> list[tuple[Table, list[Any], list[Any]]]:
    """Tables with a foreign key to a text or to a statement: those columns of each."""
    found = []
    for table in Model.metadata.sorted_tables:
        to_item = [key.parent for key in table.foreign_keys if key.column.table.name == "text_item"]
        to_statement = [key.parent for key in table.foreign_keys if key.column.table.name == "statement"]
        if (to_item or to_statement) and table.name not in NOT_WATCHED:
            found.append((table, to_item, to_statement))
    return found


@cache
def _columns(table: Table) -> list[Any]:
    """The columns of a table; of words only whether there are any."""
    return [
        case((column.is_not(None), literal(images.WORDS)), else_=None).label(column.name)
        if images.holds_words(column)
        else column
        for column in table.columns
        if (table.name, column.name) != COUNTS_ON
    ]


def _is_row(table: Table, row_key: str) -> ColumnElement[bool]:
    columns = list(table.primary_key)
    values = row_key.split(images.SEPARATOR) if len(columns) > 1 else [row_key]
    return and_(
        *(column == images.decoded(table, column.name, value) for column, value in zip(columns, values, strict=True))
    )
