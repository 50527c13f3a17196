"""Publishing a period: counted, decided by the guard, frozen with a hash, printed once in every format.

Deciding takes seconds or minutes, so it is done by jobs and the command line, never in a page.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from app.core import config, db
from app.core.clock import COPENHAGEN
from app.core.errors import Refusal
from app.publication import (
    catalogue,
    document,
    guard,
    ledger,
    periods,
    printing,
    queries,
    signing,
    tallies,
    text_release,
    tree,
)
from app.publication.case import Rules
from app.publication.catalogue import Catalogue, Planned
from app.publication.counts import Counts
from app.publication.dimensions import Cell, Dimensions
from app.publication.document import Chained
from app.publication.formats.base import Deed, Edition, Words
from app.publication.guard import Tell, Why
from app.publication.models import Release
from app.publication.opendata import open_files
from app.publication.periods import Period
from app.publication.places import Places
from app.publication.published import everything, get, signed_and_waiting

Documents = Iterable[Mapping[str, Any]]
"""Releases as their JSON says them."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """Everything the guard needs, read in one go, so that nobody waits for the database meanwhile."""

    year: Catalogue
    period: Period
    places: Places
    dimensions: Dimensions
    planned: tuple[Planned, ...]
    counts: Counts
    ledger: Mapping[Cell, int | None]
    previous: Chained
    is_early: bool
    deeds: tuple[Deed, ...]
    quotes: tuple[Words, ...]
    texts: "Question | None" = None
    """What comes out with it: how the texts of the same quarter were dealt with."""

    @property
    def release_id(self) -> str:
        """What the release is called."""
        return self.year.release_id(self.period)


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What would be printed: a figure, or nothing, for each planned cell."""

    question: Question
    shown: Mapping[Cell, int]
    hidden: Mapping[Why, int]
    """How many figures are hidden for each reason: of all of them, for a reason by itself would tell of a figure."""
    seconds: float

    @property
    def share_shown(self) -> float:
        """How many of the planned cells carry a figure, from 0 to 1."""
        return len(self.shown) / max(len(self.question.planned), 1)

    def document(self, today: date) -> dict[str, Any]:
        """What would be frozen if it were published on this day."""
        asked = self.question
        return document.build(
            asked.year,
            asked.period,
            asked.places,
            planned=asked.planned,
            shown=self.shown,
            published_on=today,
            previous=asked.previous,
        )

    def lines(self) -> Iterator[str]:
        """For the command line: a line per table and place, a dash for each hidden figure."""
        rows: dict[tuple[str, str], list[str]] = {}
        for one in self.question.planned:
            figure = self.shown.get(one.cell)
            rows.setdefault((one.table, one.cell.get("place") or ""), []).append("–" if figure is None else str(figure))
        for (table, place), figures in rows.items():
            yield f"{table:<10}{place:<26}{' '.join(f'{figure:>4}' for figure in figures)}"
        yield f"{len(self.shown)} of {len(self.question.planned)} figures shown, {self.seconds:.1f} s"


def question(period: str, today: date, seen: Documents = ()) -> Question:
    """Read what is needed. Refuses what is not in the calendar, too early, not counted or out already.

    `seen` are previews of other periods of the year: what somebody has read counts as printed.
    """
    asked = periods.parse(period)
    is_early = today < asked.may_be_published_on()
    if is_early and not config.settings().is_demo:
        periods.refuse_too_early(asked, today=today)
    if get(asked.code) is not None:
        raise signing.NotPublishable(_("%(period)s has been published already.", period=asked.code))
    texts = None
    if asked.kind == "quarter":
        texts = _question(catalogue.texts_of_year(asked.year), asked, is_early=is_early)
    return _question(catalogue.of_year(asked.year), asked, is_early=is_early, texts=texts, seen=seen)


def _question(
    year: Catalogue, period: Period, *, is_early: bool, texts: Question | None = None, seen: Documents = ()
) -> Question:
    tallies.refuse_uncounted(period)
    places = tree.of_year(period.year) if year.id == str(period.year) else tree.country()
    dimensions = year.dimensions(places)
    newest = queries.newest_release()
    deeds, quoted = printing.beside()
    return Question(
        year=year,
        period=period,
        places=places,
        dimensions=dimensions,
        planned=catalogue.planned_cells(year, period, places),
        counts=tallies.read(year.id),
        ledger={**ledger.seen(dimensions, seen), **ledger.read(year.id, dimensions)},
        previous=Chained(*newest) if newest else Chained(),
        is_early=is_early,
        deeds=deeds,
        quotes=quoted,
        texts=texts,
    )


def decide(asked: Question, tell: Tell = guard.nobody) -> Preview:
    """Let the guard decide. Slow, and pure: nothing is read or written."""
    began = time.monotonic()
    rules = Rules(asked.year.k, asked.year.min_n)
    cells = [asked.dimensions.cell(dict(one.cell.dims)) for one in asked.planned]
    decision = guard.decide(rules, asked.dimensions, cells, counts=asked.counts, ledger=asked.ledger, tell=tell)
    shown = {cell: tallies.figure(asked.counts, asked.dimensions, cell) for cell in cells if cell in decision.shown}
    hidden = Counter(decision.hidden.values())
    return Preview(question=asked, shown=shown, hidden=hidden, seconds=time.monotonic() - began)


def preview(period: str, today: date, tell: Tell = guard.nobody, seen: Documents = ()) -> Preview:
    """What would be printed. Begins and ends a transaction of its own."""
    return decide(_read_alone(period, today, seen), tell)


def publish(
    period: str, today: date, first: str, second: str, tell: Tell = guard.nobody, seen: Documents = ()
) -> Release:
    """Decide, print and freeze a period under two signatures; the caller commits.

    Begins a transaction of its own: while the guard thinks, nobody's message may wait for the
    database. So call it with nothing uncommitted, from a job or the command line.
    """
    signing.refuse_one_person(first, second)
    return freeze(preview(period, today, tell, seen), today, first, second)


def freeze(decided: Preview, today: date, first: str, second: str) -> Release:
    """Print what was decided in every format, and freeze it under two signatures; the caller commits."""
    signing.refuse_one_person(first, second)
    asked = decided.question
    texts = decide(asked.texts) if asked.texts else None
    unread = text_release.unread(texts.document(today)) if texts else None
    printed = decided.document(today)
    earlier = printing.before(asked.period)
    edition = Edition(printed, asked.is_early, asked.deeds, asked.quotes, unread=unread, before=earlier)
    release = _store(decided, printed, printing.pieces(edition, asked.release_id), signed=(first, second))
    if texts:
        _freeze_texts(texts, release, today, signed=(first, second))
    open_files.renew(asked.period.year)
    return release


def _freeze_texts(texts: Preview, after: Release, today: date, *, signed: tuple[str, str]) -> None:
    """What is said of the texts of a quarter comes out with its answers, as the next of the chain."""
    before = Chained(after.id, after.number or 0, after.hash or "")
    decided = replace(texts, question=replace(texts.question, previous=before))
    printed = decided.document(today)
    edition = Edition(printed, decided.question.is_early)
    pieces = printing.pieces(edition, decided.question.release_id, names=printing.DATA)
    _store(decided, printed, pieces, signed=signed)


def publish_signed(
    now: datetime,
    telling: Callable[[str], Tell] = lambda _period: guard.nobody,
    seen_beside: Callable[[str], Documents] = lambda _period: (),
) -> None:
    """The job: publish the next release that two people have signed; say why where it cannot be.

    `telling` gives who hears of the progress of a period, `seen_beside` the previews of others.
    """
    db.begin_reading()
    waiting = [(*one, seen_beside(one[0])) for one in signed_and_waiting()[:1]]
    db.db.session.rollback()
    for release_id, first, second, seen in waiting:
        try:
            publish(release_id, now.astimezone(COPENHAGEN).date(), first, second, telling(release_id), seen)
        except Refusal as refusal:
            db.db.session.rollback()
            queries.mark_failed(release_id, str(refusal))


def faults() -> Iterator[str]:
    """One line for each release that is no longer what was frozen."""
    before = Chained()
    for one in reversed(everything()):
        yield from printing.faults(one, before)
        before = Chained(one.id, one.number or 0, one.hash or "")


def _read_alone(period: str, today: date, seen: Documents) -> Question:
    if db.db.session().in_transaction():
        raise RuntimeError("deciding a release begins a transaction of its own: commit or roll back first")
    db.begin_reading()
    try:
        return question(period, today, seen)
    finally:
        db.db.session.rollback()


def _store(
    decided: Preview, printed: Mapping[str, Any], pieces: Sequence[Mapping[str, Any]], *, signed: tuple[str, str]
) -> Release:
    asked = decided.question
    queries.delete_unpublished(asked.release_id)
    release = Release(
        id=asked.release_id,
        catalogue=asked.year.id,
        period=asked.period.code,
        state="ready",
        is_early=asked.is_early,
        number=asked.previous.number + 1,
        published_on=date.fromisoformat(printed["published_on"]),
        signed_first=signed[0],
        signed_second=signed[1],
        previous_hash=printed["previous_hash"],
        hash=printed["hash"],
    )
    db.db.session.add(release)
    db.db.session.flush()
    queries.add_cells(_rows(asked, decided.shown))
    queries.add_renderings(pieces)
    release.state = "published"
    db.db.session.flush()
    return release


def _rows(asked: Question, shown: Mapping[Cell, int]) -> list[dict[str, Any]]:
    rows = []
    for position, one in enumerate(asked.planned):
        splits = asked.year.table(one.table).splits
        rows.append(
            {
                "release_id": asked.release_id,
                "table": one.table,
                "place": one.cell.get("place"),
                "period": asked.period.code,
                "split": "|".join(splits),
                "category": "|".join(one.cell.get(split) or "" for split in splits),
                "position": position,
                "value": shown.get(one.cell),
            }
        )
    return rows
