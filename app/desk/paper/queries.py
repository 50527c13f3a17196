"""Statements about batches of paper forms; every one that lists or finds a batch knows the wall."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date

from sqlalchemy import ColumnElement, delete, func, select, true, update
from sqlalchemy.exc import IntegrityError

from app.core import db
from app.desk.accounts.models import User
from app.desk.paper.models import PaperBatch, PaperCheck, PaperHand, PaperSheet


def batch(batch_id: bytes, survey_id: str, reader: User, *, to_change: bool = False) -> PaperBatch | None:
    """One batch of a survey, None behind the wall; `to_change` keeps everybody else from it until the commit."""
    this = (PaperBatch.id == batch_id, PaperBatch.survey_id == survey_id, _beyond_the_wall(reader))
    found = select(PaperBatch).where(*this)
    return db.db.session.scalar(found.with_for_update() if to_change else found)


def batches(survey_id: str, reader: User) -> Sequence[PaperBatch]:
    """Every batch of a survey, the newest weeks first."""
    order = (PaperBatch.week.desc(), PaperBatch.site_code, PaperBatch.label)
    found = select(PaperBatch).where(PaperBatch.survey_id == survey_id, _beyond_the_wall(reader))
    return db.db.session.scalars(found.order_by(*order)).all()


def add_batch(batch: PaperBatch) -> bool:
    """Store a new batch; False if there is one of this name, also one that came at the same moment."""
    with suppress(IntegrityError), db.db.session.begin_nested():
        db.db.session.add(batch)
        db.db.session.flush()
        return True
    return False


def delete_batch(batch_id: bytes) -> None:
    """Delete a batch with all that hangs on it."""
    db.connection().execute(delete(PaperBatch).where(PaperBatch.id == batch_id))


def add_all(rows: Iterable[PaperSheet | PaperCheck]) -> None:
    """Store these rows now."""
    db.db.session.add_all(rows)
    db.db.session.flush()


# ── hands ─────────────────────────────────────────────────────────────────────────


def hands(batch_id: bytes, turn: int) -> Sequence[tuple[PaperHand, str]]:
    """Who keyed in this turn, each with the name colleagues know."""
    found = (
        select(PaperHand, User.display_name)
        .join(User, User.id == PaperHand.user_id)
        .where(PaperHand.batch_id == batch_id, PaperHand.turn == turn)
    )
    return [(row.PaperHand, row.display_name) for row in db.db.session.execute(found)]


def hand_over(batch_id: bytes, turn: int, part: str, user_id: bytes) -> None:
    """This person keys from now on, and nobody else."""
    others = (PaperHand.batch_id == batch_id, PaperHand.turn == turn, PaperHand.part == part)
    db.connection().execute(update(PaperHand).where(*others).values(is_current=False))
    db.db.session.merge(PaperHand(batch_id=batch_id, turn=turn, part=part, user_id=user_id, is_current=True))
    db.db.session.flush()


# ── sheets ────────────────────────────────────────────────────────────────────────


def sheet(batch_id: bytes, place: int) -> PaperSheet | None:
    """The sheet with this number."""
    return db.db.session.scalar(select(PaperSheet).where(PaperSheet.batch_id == batch_id, PaperSheet.place == place))


def sheets(batch_id: bytes, *, draw: int | None = None) -> Sequence[PaperSheet]:
    """Every sheet of a batch, or of one draw, in the order of the pile."""
    found = select(PaperSheet).where(PaperSheet.batch_id == batch_id)
    if draw is not None:
        found = found.where(PaperSheet.draw == draw)
    return db.db.session.scalars(found.order_by(PaperSheet.place)).all()


def places(batch_id: bytes) -> Sequence[int]:
    """The number of every sheet."""
    found = select(PaperSheet.place).where(PaperSheet.batch_id == batch_id, PaperSheet.place.is_not(None))
    return [place for place in db.connection().execute(found.order_by(PaperSheet.place)).scalars() if place]


def drawn(batch_id: bytes) -> dict[int, tuple[int, bool]]:
    """Place → (draw, whether it was keyed blind) of every sheet that was drawn."""
    found = select(PaperSheet.place, PaperSheet.draw, PaperSheet.second.is_not(None)).where(
        PaperSheet.batch_id == batch_id, PaperSheet.draw.is_not(None), PaperSheet.place.is_not(None)
    )
    rows = db.connection().execute(found.order_by(PaperSheet.place)).all()
    return {place: (draw, is_done) for place, draw, is_done in rows if place and draw}


def counts(batch_ids: Iterable[bytes]) -> dict[bytes, int]:
    """How many sheets each batch has."""
    found = select(PaperSheet.batch_id, func.count()).where(PaperSheet.batch_id.in_(list(batch_ids)))
    rows = db.connection().execute(found.group_by(PaperSheet.batch_id)).all()
    return {bytes(batch_id): count for batch_id, count in rows}


def set_draw(batch_id: bytes, chosen: Iterable[int], draw: int) -> None:
    """These sheets are keyed a second time."""
    which = (PaperSheet.batch_id == batch_id, PaperSheet.place.in_(list(chosen)))
    db.connection().execute(update(PaperSheet).where(*which).values(draw=draw))


def delete_sheet(batch_id: bytes, place: int) -> None:
    """Forget one sheet."""
    db.connection().execute(delete(PaperSheet).where(PaperSheet.batch_id == batch_id, PaperSheet.place == place))


def delete_sheets(batch_id: bytes) -> None:
    """Forget every sheet of a batch."""
    db.db.session.flush()
    db.connection().execute(delete(PaperSheet).where(PaperSheet.batch_id == batch_id))


def checks(batch_id: bytes) -> Sequence[PaperCheck]:
    """What every draw showed, in order."""
    found = select(PaperCheck).where(PaperCheck.batch_id == batch_id)
    return db.db.session.scalars(found.order_by(PaperCheck.turn, PaperCheck.draw)).all()


# ── forgetting ────────────────────────────────────────────────────────────────────


def delete_sheets_accepted_through(last: date) -> int:
    """Forget both keyings of batches that were accepted on this day or before."""
    old = select(PaperBatch.id).where(PaperBatch.accepted_on <= last)
    return db.connection().execute(delete(PaperSheet).where(PaperSheet.batch_id.in_(old))).rowcount


def delete_open_batches_through(last_week: str) -> int:
    """Forget batches of this week or older that nobody finished."""
    old = delete(PaperBatch).where(PaperBatch.week <= last_week, PaperBatch.accepted_on.is_(None))
    return db.connection().execute(old).rowcount


def delete_batches_through(last_week: str) -> int:
    """Forget every batch of this week or older."""
    return db.connection().execute(delete(PaperBatch).where(PaperBatch.week <= last_week)).rowcount


def _beyond_the_wall(reader: User) -> ColumnElement[bool]:
    """Nobody enters sheets of the place where they work: they would read the words of their own house."""
    return true() if reader.site_code is None else PaperBatch.site_code != reader.site_code
