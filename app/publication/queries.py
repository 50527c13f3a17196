"""Statements about tallies, releases, quotes and what was told back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, case, delete, exists, func, insert, select, update

from app.core import db
from app.publication.models import (
    Answering,
    Cell,
    CountedMonth,
    Moderated,
    Quote,
    ReceiptAnswer,
    Release,
    Rendering,
    Tally,
    Told,
    ToldWording,
)


def counted_months() -> Mapping[str, bool]:
    """The months that are counted, each with whether its themes are."""
    return dict(db.connection().execute(select(CountedMonth.month, CountedMonth.has_themes)).all())


def add_counted_months(months: Sequence[str]) -> None:
    """These months are counted now, their themes not yet."""
    rows = [{"month": month, "has_themes": False} for month in months]
    db.connection().execute(insert(CountedMonth), rows)


def mark_themes_counted(months: Collection[str]) -> None:
    """The themes of these months are counted too."""
    db.connection().execute(update(CountedMonth).where(CountedMonth.month.in_(months)).values(has_themes=True))


def add_tallies(rows: Sequence[Mapping[str, Any]]) -> None:
    """Store new tallies."""
    db.connection().execute(insert(Tally), rows)


def tallies(catalogue: str) -> Sequence[Row[str, str, str, str, int]]:
    """Place, month, variable, category and number of every tally of a catalogue."""
    found = select(Tally.place, Tally.month, Tally.variable, Tally.category, Tally.n)
    return db.connection().execute(found.where(Tally.catalogue == catalogue)).all()


def delete_tallies(catalogue: str) -> int:
    """Delete the tallies of a catalogue; how many rows."""
    return db.connection().execute(delete(Tally).where(Tally.catalogue == catalogue)).rowcount


def mark_destroyed(months: Collection[str], on: date) -> None:
    """The small numbers of these months are gone since this day."""
    change = update(CountedMonth).where(CountedMonth.month.in_(months), CountedMonth.destroyed_on.is_(None))
    db.connection().execute(change.values(destroyed_on=on))


def is_destroyed(months: Collection[str]) -> bool:
    """Whether the small numbers of any of these months are gone."""
    gone = exists().where(CountedMonth.month.in_(months), CountedMonth.destroyed_on.is_not(None))
    return bool(db.connection().execute(select(gone)).scalar())


def release(release_id: str) -> Release | None:
    """One release in any state."""
    return db.db.session.get(Release, release_id)


def published_releases() -> Sequence[Release]:
    """What is out of the answers, newest first."""
    return [one for one in chain() if not one.catalogue.endswith("-texts")]


def chain() -> Sequence[Release]:
    """Everything that is out, newest first."""
    found = select(Release).where(Release.state == "published").order_by(Release.number.desc())
    return db.db.session.scalars(found).all()


def newest_release() -> Row[str, int, str] | None:
    """Id, number and hash of the end of the chain."""
    found = select(Release.id, Release.number, Release.hash).where(Release.state == "published")
    return db.connection().execute(found.order_by(Release.number.desc()).limit(1)).first()  # type: ignore[return-value]


def signed_releases() -> Sequence[Row[str, str, str]]:
    """Id and signatures of what two people have signed and nobody has published, oldest period first."""
    found = select(Release.id, Release.signed_first, Release.signed_second).where(Release.state == "checking")
    return db.connection().execute(found.order_by(func.length(Release.id).desc(), Release.id)).all()  # type: ignore[return-value]


def mark_failed(release_id: str, fault: str) -> None:
    """It was tried and may not be published; why."""
    change = update(Release).where(Release.id == release_id)
    db.connection().execute(change.values(state="failed", fault=fault[:400]))


def delete_unpublished(release_id: str) -> None:
    """Forget what was signed or tried before; the database refuses it for what is out."""
    found = release(release_id)
    if found is not None:
        db.db.session.delete(found)
        db.db.session.flush()


def add_cells(rows: Sequence[Mapping[str, Any]]) -> None:
    """Store the figures of a release."""
    db.connection().execute(insert(Cell), rows)


def cells(release_id: str) -> Sequence[Cell]:
    """The figures of a release in the order of the catalogue."""
    found = select(Cell).where(Cell.release_id == release_id).order_by(Cell.position)
    return db.db.session.scalars(found).all()


def printed_cells(catalogue: str) -> Sequence[Row[str, str, str, str, int | None]]:
    """Place, period, split, category and value of everything ever printed in a catalogue year."""
    found = select(Cell.place, Cell.period, Cell.split, Cell.category, Cell.value)
    found = found.join(Release, Release.id == Cell.release_id)
    return db.connection().execute(found.where(Release.catalogue == catalogue, Release.state == "published")).all()


def figure_of_theme(place: str, theme: str) -> Cell | None:
    """The newest printed figure of how many spoke of a theme in a place, if any release shows one."""
    found = select(Cell).join(Release, Release.id == Cell.release_id).where(Release.state == "published")
    found = found.where(Cell.place == place, Cell.split == "theme", Cell.category == theme, Cell.value.is_not(None))
    return db.db.session.scalars(found.order_by(Release.number.desc(), Cell.position).limit(1)).first()


def add_renderings(rows: Sequence[Mapping[str, Any]]) -> None:
    """Store the bytes of a release."""
    db.connection().execute(insert(Rendering), rows)


def rendering(release_id: str, format: str, part: str, langs: Sequence[str]) -> Row[str, str, bytes] | None:
    """Language, hash and bytes of one rendering of a published release, in the first of these languages it has."""
    wanted = case({lang: nth for nth, lang in enumerate(langs)}, value=Rendering.lang)
    found = (
        select(Rendering.lang, Rendering.sha256, Rendering.content)
        .join(Release, Release.id == Rendering.release_id)
        .where(Release.state == "published", Rendering.release_id == release_id)
        .where(Rendering.format == format, Rendering.part == part, Rendering.lang.in_(langs))
        .order_by(wanted)
        .limit(1)
    )
    return db.connection().execute(found).first()


def renderings(release_id: str) -> Sequence[Rendering]:
    """Everything stored for a release."""
    found = select(Rendering).where(Rendering.release_id == release_id)
    return db.db.session.scalars(found.order_by(Rendering.format, Rendering.part, Rendering.lang)).all()


def printed_formats() -> frozenset[tuple[str, str]]:
    """Each release with each format it is stored in."""
    rows = db.connection().execute(select(Rendering.release_id, Rendering.format).distinct())
    return frozenset((row.release_id, row.format) for row in rows)


def told_item(code: str) -> Told | None:
    """What is told of one decision or action."""
    return db.db.session.get(Told, code)


def tell(item: Mapping[str, Any], wordings: Iterable[Mapping[str, Any]]) -> Told:
    """Store what is told, in place of what was told of the same code."""
    return db.db.session.merge(Told(**item, wordings=[ToldWording(code=item["code"], **one) for one in wordings]))


def told() -> Sequence[Told]:
    """Everything that is told now, newest first."""
    return db.db.session.scalars(select(Told).order_by(Told.decided_on.desc(), Told.code)).all()


def told_to(themes: Collection[str], week: str) -> Sequence[Told]:
    """What answers any of these themes ('' for none) in this week, newest first."""
    answers = select(ReceiptAnswer.code).where(ReceiptAnswer.theme.in_(themes))
    answers = answers.where(ReceiptAnswer.first_week <= week, ReceiptAnswer.last_week >= week)
    return db.db.session.scalars(
        select(Told).where(Told.code.in_(answers)).order_by(Told.decided_on.desc(), Told.code)
    ).all()


def receipt_answers() -> Mapping[tuple[str, str], ReceiptAnswer]:
    """Every answer a receipt can have, by theme and code."""
    return {(one.theme, one.code): one for one in db.db.session.scalars(select(ReceiptAnswer)).all()}


def quote(quote_id: bytes) -> Quote | None:
    """One quote in any state."""
    return db.db.session.get(Quote, quote_id)


def quotes(state: str, themes: Collection[str] | None = None) -> Sequence[Quote]:
    """Quotes in this state, of some themes or all, in an order that says nothing."""
    found = select(Quote).where(Quote.state == state).order_by(Quote.theme, Quote.id)
    return db.db.session.scalars(found if themes is None else found.where(Quote.theme.in_(themes))).all()


def quotes_from(statement_id: bytes) -> Sequence[Quote]:
    """Every quote of a statement that is not taken down."""
    found = select(Quote).where(Quote.statement_id == statement_id, Quote.state != "taken_down")
    return db.db.session.scalars(found).all()


def take_down_quotes(statement_ids: Collection[bytes]) -> int:
    """Take down the shown quotes of these statements and forget the words; delete the others. How many in all."""
    own = Quote.statement_id.in_(statement_ids)
    change = update(Quote).where(own, Quote.state == "released")
    shown = db.connection().execute(
        change.values(state="taken_down", text="–", signed_text=None, version=Quote.version + 1)
    )
    return shown.rowcount + db.connection().execute(delete(Quote).where(own, Quote.state != "taken_down")).rowcount


def add_answering(survey_id: str, version: int, period: str, figures: Sequence[Mapping[str, Any]]) -> None:
    """Keep what was decided about a quarter of conversations."""
    row = {"survey_id": survey_id, "version": version, "period": period, "figures": list(figures)}
    db.connection().execute(insert(Answering), row)


def answering(survey_id: str, version: int) -> Sequence[Answering]:
    """The decided quarters of a version, newest first."""
    found = select(Answering).where(Answering.survey_id == survey_id, Answering.version == version)
    return db.db.session.scalars(found.order_by(Answering.period.desc())).all()


def decided_answering() -> frozenset[tuple[str, int, str]]:
    """Survey, version and period of every quarter of conversations that is decided."""
    rows = db.connection().execute(select(Answering.survey_id, Answering.version, Answering.period))
    return frozenset((row.survey_id, row.version, row.period) for row in rows)


def add_moderated(period: str, figures: Mapping[str, int]) -> None:
    """Keep what was decided about how the texts of a quarter were dealt with."""
    db.connection().execute(insert(Moderated), {"period": period, "figures": dict(figures)})


def moderated() -> Sequence[Moderated]:
    """The decided quarters, newest first."""
    return db.db.session.scalars(select(Moderated).order_by(Moderated.period.desc())).all()


def moderated_periods() -> frozenset[str]:
    """Their periods."""
    return frozenset(db.connection().execute(select(Moderated.period)).scalars())
