"""A country that has spoken for three years: a million responses at a hundred places, nearly all read and coded."""

import random
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select

from app import jobs
from app.core import clock, db, weeks
from app.core.db import Model
from app.core.folding import fold
from app.desk.accounts.models import User
from app.desk.moderation.codebook import codes
from app.desk.moderation.models import Code, Statement, Tagging, TextItem
from app.desk.moderation.searching import index
from app.desk.moderation.suggesting import training
from app.privacy import sealing
from app.surveys.models import Answer, Response, Site
from benchmarks import vocabulary

SITES = 100
WEEKS = 156
LAST = date(2026, 6, 1)
KINDS = ("street_house", "mobile_unit", "consumption_room")
CHANNELS = ("web", "sms", "kiosk", "paper")
BATCH = 20_000
TWICE_CODED = 50
"""Of every so many texts one has a second coding, and what was agreed on."""
LARGE = (Response, Answer, TextItem, Statement, Tagging)
BOX = bytes(561)
"""As large as a sealed text; those of what is read already are never opened here."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Country:
    """How many have spoken, and how many texts wait."""

    responses: int = 1_000_000
    waiting: int = 2_000

    def fill(self, reader: User) -> None:
        """Put it into the database of the current application, codes set by the reader; commits."""
        chance = random.Random(1)
        codes.load()
        _load(Site, _sites())
        db.db.session.commit()
        with _unindexed():
            self._fill(chance, reader)
        for _ in index.renewing():
            db.db.session.commit()
        _analyze()
        jobs.note_themes(clock.now())
        _analyze()

    def _fill(self, chance: random.Random, reader: User) -> None:
        guids = list(db.db.session.scalars(select(Code.guid).where(Code.kind.in_(("theme", "sub")))))
        coded = {"coder": reader.id, "round": "first", "source": "manual", "codebook_version": codes.book().version}
        for first in range(0, self.responses, BATCH):
            _fill_read(chance, min(BATCH, self.responses - first), guids, coded)
        _fill_waiting(chance, self.waiting)


def _analyze() -> None:
    """What a database does for itself now and then: count what there is, to plan by."""
    db.db.session.commit()
    with db.outside_transaction() as raw:
        raw.execute("ANALYZE")
        raw.commit()


@contextmanager
def _unindexed() -> Iterator[None]:
    """Without the indexes of the large tables, which are made at once afterwards: several times faster."""
    indexes = [one for model in LARGE for one in model.metadata.tables[model.__tablename__].indexes]
    for one in indexes:
        one.drop(db.connection())
    db.db.session.commit()
    yield
    if not db.is_sqlite():
        db.connection().exec_driver_sql("SET LOCAL statement_timeout = 0")
    for one in indexes:
        one.create(db.connection())
    db.db.session.commit()


def _sites() -> Iterator[Row]:
    for nth in range(SITES):
        yield {
            "code": f"B{nth}", "name": f"Sted {nth}", "kind": KINDS[nth % len(KINDS)], "municipality": "København",
            "region": "hovedstaden", "languages": ["da"], "local_help": {}, "hours": "always", "is_open": True,
        }  # fmt: skip


def _fill_read(chance: random.Random, n: int, guids: list[str], coded: Mapping[str, Any]) -> None:
    """Responses whose texts are approved, each with one to three codes."""
    said = [_said(chance) for _ in range(n)]
    _load(Response, (one["response"] for one in said))
    _load(Answer, (one["answer"] | {"sealed": BOX} for one in said))
    state = {"state": "approved", "version": 2, "is_urgent": False, "turn": 2, "is_matched": True}
    drawn = ({"decided_by": coded["coder"], "second_due": nth % TWICE_CODED == 0} for nth in range(n))
    _load(TextItem, (one["item"] | state | more for one, more in zip(said, drawn, strict=True)))
    made = [(one, secrets.token_bytes(16), _text(chance)) for one in said]
    _load(
        Statement,
        (
            {
                "id": statement_id, "response_id": one["response"]["id"], "answer_id": one["answer"]["id"],
                "voice": secrets.token_bytes(16), "site_code": one["response"]["site_code"], "text": text,
                "folded": fold(text), "lang": "da", "week": one["response"]["week"], "approved_by": coded["coder"],
            }
            for one, statement_id, text in made
        ),
    )  # fmt: skip
    chosen = ((statement_id, chance.sample(guids, chance.choice((1, 1, 2, 3)))) for _, statement_id, _ in made)
    _load(Tagging, _taggings(chosen, coded))
    db.db.session.commit()


def _taggings(chosen: Iterable[tuple[bytes, list[str]]], coded: Mapping[str, Any]) -> Iterator[Row]:
    """Of the texts that are coded twice all three rounds."""
    for nth, (statement_id, guids) in enumerate(chosen):
        for round_ in ("first", "second", "agreed") if nth % TWICE_CODED == 0 else ("first",):
            yield from ({**coded, "statement_id": statement_id, "code_guid": guid, "round": round_} for guid in guids)


def _fill_waiting(chance: random.Random, n: int) -> None:
    """Responses whose texts nobody has read, sealed as they come."""
    said = [_said(chance) for _ in range(n)]
    months = {one["answer"]["month"]: sealing.month(one["answer"]["month"]) for one in said}
    sealed = [months[one["answer"]["month"]].seal(_text(chance), one["answer"]["id"]) for one in said]
    _load(Response, (one["response"] for one in said))
    _load(Answer, (one["answer"] | {"sealed": box} for one, box in zip(said, sealed, strict=True)))
    state = {"state": "waiting", "version": 1, "is_urgent": False, "turn": 2, "is_matched": True, "second_due": False}
    _load(TextItem, (one["item"] | state | {"decided_by": None} for one in said))
    db.db.session.commit()


def _said(chance: random.Random) -> dict[str, Row]:
    """One response with one text: its rows."""
    day = LAST - timedelta(weeks=chance.randrange(WEEKS))
    week, response_id, answer_id = weeks.week_of(day), secrets.token_bytes(16), secrets.token_bytes(16)
    response = {
        "id": response_id, "site_code": f"B{chance.randrange(SITES)}", "channel": chance.choice(CHANNELS), "lang": "da",
        "week": week, "helped": "none", "quote_ok": chance.random() < 0.5, "is_test": False, "nights_left": 0,
        "is_due": False, "is_released": True,
    }  # fmt: skip
    answer = {
        "id": answer_id, "response_id": response_id, "question": "change", "kind": "words", "month": f"{day:%Y-%m}",
        "is_urgent": False,
    }  # fmt: skip
    return {"response": response, "answer": answer, "item": {"answer_id": answer_id, "week": week}}


def _text(chance: random.Random) -> str:
    """An invented text with words of a long tail."""
    _, text, _ = chance.choice(training.seed_texts())
    return " ".join((text, *vocabulary.words(chance, 4)))


def _load(model: type[Model], rows: Iterable[Row]) -> None:
    """Many rows as fast as the database takes them."""
    found = list(rows)
    table = model.metadata.tables[model.__tablename__]
    if db.is_sqlite():
        db.connection().execute(insert(table), found)
        return
    columns, types = list(found[0]), [table.c[name].type for name in found[0]]
    binds = [kind.dialect_impl(db.db.engine.dialect).bind_processor(db.db.engine.dialect) for kind in types]
    copy = f"COPY {table.name} ({', '.join(columns)}) FROM STDIN"
    with db.connection().connection.cursor().copy(copy) as into:  # type: ignore[attr-defined]
        for row in found:
            into.write_row([bind(row[name]) if bind else row[name] for name, bind in zip(columns, binds, strict=True)])
