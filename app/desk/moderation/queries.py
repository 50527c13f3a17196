"""Statements about texts, masks and statements; every one that reads a citizen's words knows the wall."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    delete,
    exists,
    func,
    literal,
    select,
    true,
    tuple_,
    update,
)

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import states
from app.desk.moderation.codebook.models import Redirect
from app.desk.moderation.codebook.queries import READ_AS, guids_under, insert_or_ignore, is_counted
from app.desk.moderation.models import Code, MaskSpan, Statement, Tagging, TextItem
from app.desk.moderation.rereading import queries as rereading
from app.desk.moderation.rereading.models import Rereading
from app.surveys.models import Answer, Response, Site, Stop

AnyRow: TypeAlias = Row[*tuple[Any, ...]]
AnySelect: TypeAlias = Select[*tuple[Any, ...]]
NEWEST_FIRST = (Statement.week.desc(), Statement.id.desc())
"""The order of lists; an index gives it as it is."""
COMMON = 3000
"""Taggings from which on a page of twenty is sooner found by going through the statements than through the taggings."""
_STATE = (TextItem.state, TextItem.reason, TextItem.note, TextItem.decided_by, TextItem.agreed_by)
_BESIDE_THE_STATE = (
    TextItem.answer_id, TextItem.version, TextItem.is_urgent, TextItem.is_alert, TextItem.turn, TextItem.lang_guess,
    TextItem.translation, TextItem.translated_by,
    Answer.response_id, Answer.question, Answer.month,
    Response.site_code, Response.channel, Response.lang, Response.week, Response.is_burst,
    Site.kind.label("site_kind"),
)  # fmt: skip
_ITEM: AnySelect = (
    select(*_STATE, *_BESIDE_THE_STATE)
    .join(Answer, Answer.id == TextItem.answer_id)
    .join(Response, Response.id == Answer.response_id)
    .outerjoin(Site, Site.code == Response.site_code)
)
_AS_THEY_LEFT_IT = (
    case((Rereading.item_id.is_(None), TextItem.state), else_=states.REJECTED).label("state"),
    func.coalesce(Rereading.reason, TextItem.reason).label("reason"),
    TextItem.note,
    func.coalesce(Rereading.first_by, TextItem.decided_by).label("decided_by"),
    func.coalesce(Rereading.agreed_by, TextItem.agreed_by).label("agreed_by"),
)
"""Who rejected a text sees it rejected, also while somebody else reads it again."""
_SITE_OF_STATEMENT = func.coalesce(Response.site_code, Statement.site_code)
_STATEMENT = (
    select(
        Statement.id, Statement.answer_id, Statement.response_id, Statement.voice, Statement.text, Statement.lang,
        Statement.translation, Statement.translator,
        Statement.week, _SITE_OF_STATEMENT.label("site_code"), Site.kind.label("site_kind"), Response.channel,
        TextItem.state, TextItem.version,
    )
    .outerjoin(Response, Response.id == Statement.response_id)
    .outerjoin(Site, Site.code == _SITE_OF_STATEMENT)
    .outerjoin(TextItem, TextItem.answer_id == Statement.answer_id)
)  # fmt: skip


def beyond_the_wall(site_code: Any, reader: User) -> ColumnElement[bool]:
    """The wall goes by person: whoever has ties to a place gets no word said there.

    A text without a known place may be about theirs too, and a comparison with NULL keeps it out.
    """
    return true() if reader.site_code is None else site_code != reader.site_code


def take_in() -> int:
    """A waiting item for every released text that has none; how many."""
    week = select(Response.week).where(Response.id == Answer.response_id).scalar_subquery()
    turn = case((Answer.is_urgent, 0), else_=2)
    released = (
        select(Answer.id, literal(states.WAITING), literal(1), Answer.is_urgent, literal(False), turn, week)
        .where(Answer.kind == "words", Answer.sealed.is_not(None), ~exists().where(TextItem.answer_id == Answer.id))
        # Not a join: SQLite would begin with the released responses, which are nearly all of them.
        .where(exists().where(Response.id == Answer.response_id, Response.is_released, ~Response.is_test))
    )
    columns = ["answer_id", "state", "version", "is_urgent", "is_alert", "turn", "week"]
    taking = insert_or_ignore(TextItem).from_select(columns, released)
    return db.connection().execute(taking, execution_options={"preserve_rowcount": True}).rowcount


def item(answer_id: bytes, reader: User) -> AnyRow | None:
    """One text with its place, week and channel; None behind the wall as for one that does not exist."""
    theirs = and_(Rereading.item_id == TextItem.answer_id, rereading.is_rejected_by(reader))
    found = _ITEM.outerjoin(Rereading, theirs).with_only_columns(*_AS_THEY_LEFT_IT, *_BESIDE_THE_STATE)
    found = found.where(TextItem.answer_id == answer_id, beyond_the_wall(Response.site_code, reader))
    return db.connection().execute(found).first()


def box(answer_id: bytes) -> bytes | None:
    """The sealed words of an answer."""
    return db.connection().execute(select(Answer.sealed).where(Answer.id == answer_id)).scalar()


def to_read(reader: User) -> AnySelect:
    """Texts this person may meet in the queue, to be narrowed."""
    return _ITEM.where(beyond_the_wall(Response.site_code, reader), rereading.not_for(reader))


def decide(answer_id: bytes, version: int, **values: Any) -> bool:
    """Change a text if it still has this version and may take this step; False if someone was there first."""
    change = update(TextItem).where(TextItem.answer_id == answer_id, TextItem.version == version)
    if "state" in values:
        change = change.where(TextItem.state.in_(states.before(values["state"])))
    return db.connection().execute(change.values(version=version + 1, **values)).rowcount == 1


def place_names() -> frozenset[str]:
    """What our places and their stops are called: nobody's name in a text about them."""
    named = select(Site.name).union(select(Stop.name), select(Site.municipality))
    return frozenset(db.connection().execute(named).scalars())


def mask_spans(answer_id: bytes) -> Sequence[MaskSpan]:
    """What people decided about the masks of a text."""
    found = select(MaskSpan).where(MaskSpan.item_id == answer_id).order_by(MaskSpan.start, MaskSpan.stop)
    return db.db.session.scalars(found).all()


def set_span(values: Mapping[str, Any]) -> None:
    """Remember a decision about a stretch; the same decision twice is one."""
    unset_span(values["item_id"], values["start"], values["stop"], values["type"])
    db.db.session.add(MaskSpan(**values))
    db.db.session.flush()


def unset_span(answer_id: bytes, start: int, stop: int, type_: str) -> bool:
    """Forget the decision about a stretch; False if there was none."""
    gone = delete(MaskSpan).where(MaskSpan.item_id == answer_id, MaskSpan.start == start)
    return db.connection().execute(gone.where(MaskSpan.stop == stop, MaskSpan.type == type_)).rowcount > 0


def unset_masks(answer_id: bytes, start: int, stop: int, *, only_found: bool = False) -> None:
    """Forget the masks remembered within a stretch, or only those the machine had found."""
    gone = delete(MaskSpan).where(MaskSpan.item_id == answer_id, MaskSpan.decision == "mask")
    if only_found:
        gone = gone.where(MaskSpan.why.is_not(None))
    db.connection().execute(gone.where(MaskSpan.start >= start, MaskSpan.stop <= stop))


def voice_of(response_id: bytes) -> bytes | None:
    """The voice of this response's earlier statements. Nobody else approves a text of this response until the commit:
    two who do so at once would make two voices of one. SQLite has one writer anyway."""
    one_at_a_time = select(Response.id).where(Response.id == response_id).with_for_update(key_share=True)
    db.connection().execute(one_at_a_time)
    return db.connection().execute(select(Statement.voice).where(Statement.response_id == response_id)).scalar()


def statement(answer_id: bytes, reader: User) -> AnyRow | None:
    """The statement made from this answer, within the wall."""
    found = _STATEMENT.where(Statement.answer_id == answer_id, beyond_the_wall(_SITE_OF_STATEMENT, reader))
    return db.connection().execute(found).first()


def readable(reader: User) -> AnySelect:
    """Readable statements within the wall, to be narrowed."""
    return _STATEMENT.where(beyond_the_wall(_SITE_OF_STATEMENT, reader))


def statements(
    reader: User,
    *,
    theme: str | None = None,
    weeks: Iterable[str] | None = None,
    untagged: bool = False,
    after: tuple[str, bytes] | None = None,
    size: int,
) -> Sequence[AnyRow]:
    """Readable statements within the wall, newest week first; `after` is where the last page ended."""
    found = narrowed(readable(reader), theme=theme, weeks=weeks, untagged=untagged)
    if after:
        found = found.where(is_older(after))
    return db.connection().execute(found.order_by(*NEWEST_FIRST).limit(size)).all()


def is_older(place: tuple[str, bytes]) -> ColumnElement[bool]:
    """Stands behind this place in a list, the newest week first."""
    return tuple_(Statement.week, Statement.id) < tuple_(*map(literal, place))


def is_newer(place: tuple[str, bytes]) -> ColumnElement[bool]:
    """Stands before this place."""
    return tuple_(Statement.week, Statement.id) > tuple_(*map(literal, place))


def count_statements(reader: User, *, untagged: bool = False, most: int) -> int:
    """How many readable statements there are, counted no further than `most`."""
    return _count(narrowed(_walled(select(Statement.id), reader), untagged=untagged), most)


def count_voices(theme: str, weeks: Iterable[str], reader: User) -> int:
    """How many voices within the wall are about a theme or a sub-code in these weeks."""
    counted = _walled(select(func.count(Statement.voice.distinct())), reader)
    found: int = db.connection().execute(narrowed(counted, theme=theme, weeks=weeks)).scalar_one()
    return found


def voices_by_code(reader: User) -> Mapping[str, int]:
    """How many voices each theme and sub-code has within the wall; a sub-code counts for its theme."""
    theme = func.coalesce(Code.parent_key, Code.key)
    tagged: AnySelect = (
        select(func.count(Statement.voice.distinct()))
        .select_from(Tagging)
        .outerjoin(Redirect, Redirect.from_guid == Tagging.code_guid)
        .join(Code, Code.guid == READ_AS)
        .join(Statement, Statement.id == Tagging.statement_id)
        .where(is_counted())
    )
    tagged = _walled(tagged, reader)
    subs = tagged.add_columns(Code.key).where(Code.kind == "sub").group_by(Code.key)
    themes = tagged.add_columns(theme).where(Code.kind.in_(("theme", "sub"))).group_by(theme)
    return {key: n for found in (subs, themes) for n, key in db.connection().execute(found).all()}


def _walled(found: AnySelect, reader: User) -> AnySelect:
    """The wall around a count of statements; who has no ties needs no look at the responses."""
    if reader.site_code is None:
        return found
    behind = found.outerjoin(Response, Response.id == Statement.response_id)
    return behind.where(beyond_the_wall(_SITE_OF_STATEMENT, reader))


def narrowed(
    found: AnySelect, *, theme: str | None = None, weeks: Iterable[str] | None = None, untagged: bool = False
) -> AnySelect:
    """Only statements with this theme or code in the counted round, of these weeks, or without a theme."""
    if weeks is not None:
        found = found.where(Statement.week.in_(list(weeks)))
    if theme is not None:
        found = found.where(_is_about(theme))
    if untagged:
        found = found.where(Statement.has_theme.is_(None), ~_is_themed())
    return found


def note_themes(after: tuple[str, bytes], *, most: int) -> tuple[str, bytes] | None:
    """Note which of the next statements nobody has looked at have a counted theme; where it ended, None at the end."""
    unnoted = select(Statement.week, Statement.id).where(Statement.has_theme.is_(None), is_newer(after))
    rows = db.connection().execute(unnoted.order_by(Statement.week, Statement.id).limit(most)).all()
    noting = update(Statement).where(Statement.id.in_([row.id for row in rows]), _is_themed()).values(has_theme=True)
    db.connection().execute(noting.execution_options(synchronize_session=False))
    return (rows[-1].week, rows[-1].id) if rows else None


def _is_themed() -> ColumnElement[bool]:
    """Whether the counted round says what a statement is about, or that no theme fits."""
    says_nothing = select(Code.guid).where(Code.kind.in_(("type", "flag")), Code.key != "INTET")
    tagging = exists().where(Tagging.statement_id == Statement.id, Tagging.code_guid.not_in(says_nothing))
    return tagging.where(is_counted())


def _is_about(theme: str) -> ColumnElement[bool]:
    """Has this theme or code: asked of one statement after the other where many have it, else of the few taggings."""
    guids = db.connection().execute(guids_under(theme)).scalars().all()  # a database that knows them plans better
    tagged = select(Tagging.statement_id).where(Tagging.code_guid.in_(guids))
    if _count(tagged, COMMON) < COMMON:
        return Statement.id.in_(tagged.where(is_counted()))
    return tagged.where(Tagging.statement_id == Statement.id, is_counted()).exists()


def _count(found: AnySelect, most: int) -> int:
    capped = found.limit(most).subquery()
    return db.connection().execute(select(func.count()).select_from(capped)).scalar_one()
