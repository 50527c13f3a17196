"""Coded statements as they leave the desk: masked once more, placed no closer than allowed, under new random names.

Raw text, cases, flags about persons, the tone hint and the log of suggestions are not read here and have no exporter.
"""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from app.core import db, weeks
from app.desk.accounts.models import User
from app.desk.moderation import queries as texts
from app.desk.moderation.exchange import queries
from app.privacy import masking
from app.publication import periods, records, tree
from app.publication.records import Records, Where
from app.surveys import versions

AT_A_TIME = 2000
RATING = "stay.rating"
NO_THEME = "INTET"
_RATINGS = frozenset("12345")


@dataclass(frozen=True)
class Coding:
    """What one person said of a statement in one round."""

    coder: str
    """'Koder A': another letter in every export."""
    round: str
    guids: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """One row of an export."""

    id: str
    voice: str
    where: Where
    language: str
    rating: int | None
    round: str
    """The round that counts: `agreed` where there is one; '' where nobody coded it."""
    type: str
    keys: frozenset[str]
    """Themes and sub-codes; a sub-code brings its theme."""
    has_no_theme: bool
    text: str
    translation: str
    codings: tuple[Coding, ...]
    memos: tuple[str, ...]


@dataclass
class Names:
    """Random names for one export: the same statement gets others in the next, and the two cannot be joined by them."""

    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    coders: dict[bytes, str] = field(default_factory=dict)
    _order: list[int] = field(default_factory=lambda: secrets.SystemRandom().sample(range(26), 26))

    def of(self, id_: bytes) -> str:
        """Twelve hexadecimal digits."""
        return hmac.digest(self.secret, id_, hashlib.sha256)[:6].hex()

    def coder(self, id_: bytes) -> str:
        """A letter that says nothing; the first twenty-six are shuffled."""
        if id_ not in self.coders:
            nth = len(self.coders)
            self.coders[id_] = f"Koder {_letters(self._order[nth] if nth < len(self._order) else nth)}"
        return self.coders[id_]


def found(reader: User, within: Collection[str], parents: Mapping[str, str | None]) -> Iterator[list[Statement]]:
    """The statements of these weeks, some thousands at a time, each batch in a transaction of its own.

    `parents` gives the theme of each sub-code by key.
    """
    names, after = Names(), None
    db.begin_reading()
    rule, places = _records(within), texts.place_names()
    while True:
        db.begin_reading()
        rows = queries.statements(reader, within, after=after, size=AT_A_TIME)
        if not rows:
            db.db.session.rollback()
            return
        after = rows[-1].id
        codings, memos, ratings = _codings(rows), _memos(rows), _ratings(rows)
        db.db.session.rollback()  # a reader that lasts as long as the download would let the write-ahead log grow
        reading = _Reading(rule, parents, names, places, codings, memos, ratings)
        made = (_statement(row, reading) for row in rows)
        yield [one for one in made if one is not None]


def code_memos() -> dict[str, list[str]]:
    """What people noted about each code, by guid, masked once more."""
    places, found = texts.place_names(), dict[str, list[str]]()
    for guid, text in queries.code_memos():
        found.setdefault(guid, []).append(_masked(text, places))
    return found


def weeks_of(period: str) -> tuple[str, ...]:
    """The weeks of a quarter, half or year. Refuses months: two exports would tell what was said in one."""
    found = periods.parse(period)
    if found.kind == "month":
        raise periods.NotAPeriod(period)
    return found.weeks


@dataclass(frozen=True)
class _Reading:
    """What is known beside the rows of a batch."""

    rule: Records
    parents: Mapping[str, str | None]
    names: Names
    places: frozenset[str]
    codings: Mapping[bytes, Sequence[Any]]
    memos: Mapping[bytes, Sequence[str]]
    ratings: Mapping[bytes, int]


def _statement(row: Any, known: _Reading) -> Statement | None:
    where = known.rule.of(row.week, row.site_code, row.channel)
    if where is None:
        return None
    coded, names = known.codings.get(row.id, ()), known.names
    rounds = {one.round for one in coded}
    counted = next((name for name in ("agreed", "first") if name in rounds), "")
    said = [one for one in coded if one.round == counted]
    keys = {one.key for one in said if one.kind in ("theme", "sub")}
    return Statement(
        id=names.of(row.id),
        voice=names.of(row.voice),
        where=where,
        language=row.lang,
        rating=known.ratings.get(row.response_id),
        round=counted,
        type=next((one.key for one in said if one.kind == "type"), ""),
        keys=frozenset(keys | {parent for key in keys if (parent := known.parents.get(key))}),
        has_no_theme=any(one.key == NO_THEME for one in said),
        text=_masked(row.text, known.places),
        translation=_masked(row.translation or "", known.places),
        codings=_by_coder(coded, names),
        memos=tuple(_masked(memo, known.places) for memo in known.memos.get(row.id, ())),
    )


def _masked(text: str, places: frozenset[str]) -> str:
    return masking.masked(text, masking.spans(text, places)) if text else ""


def _by_coder(coded: Sequence[Any], names: Names) -> tuple[Coding, ...]:
    guids: dict[tuple[str, bytes], list[str]] = {}
    for one in coded:
        if one.kind in ("theme", "sub"):
            guids.setdefault((one.round, one.coder), []).append(one.guid)
    return tuple(Coding(names.coder(coder), round_, tuple(some)) for (round_, coder), some in guids.items())


def _codings(rows: Sequence[Any]) -> dict[bytes, list[Any]]:
    found: dict[bytes, list[Any]] = {}
    for one in queries.codings(rows[0].id, rows[-1].id):
        found.setdefault(one.statement_id, []).append(one)
    return found


def _memos(rows: Sequence[Any]) -> dict[bytes, list[str]]:
    found: dict[bytes, list[str]] = {}
    for statement_id, text in queries.memos(rows[0].id, rows[-1].id):
        found.setdefault(statement_id, []).append(text)
    return found


def _ratings(rows: Sequence[Any]) -> dict[bytes, int]:
    """1 to 5 by response, where the person said how it was."""
    question_of = cache(_rating_question)
    asked = {row.response_id: question_of(row.survey_id, row.version) for row in rows if row.response_id}
    questions = {question for question in asked.values() if question}
    said = queries.values(list(asked), questions) if questions else ()
    return {
        response_id: int(value)
        for response_id, question, value in said
        if value in _RATINGS and asked[response_id] == question
    }


def _rating_question(survey_id: str | None, version: int | None) -> str | None:
    survey = versions.get(survey_id, version) if survey_id and version else None
    return next((one.id for one in (survey.questions if survey else ()) if one.measure == RATING), None)


def _records(within: Collection[str]) -> Records:
    """The rule, from all responses of the half-years these weeks lie in."""
    halves = {records.half_of(week) for week in within}
    around = [week for half in halves for week in periods.parse(half).weeks]
    years = {weeks.thursday(week).year for week in around}
    sites = {
        code: (kind, {year: tree.region_of(region, year) for year in years}) for code, kind, region in queries.sites()
    }
    return Records(queries.responses(around), sites)


def _letters(number: int) -> str:
    """A … Z, AA, AB …"""
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)
