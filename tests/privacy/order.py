"""What still tells the order in which people came: every column, every place on the disk, every number of a row."""

import math
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa
from scipy import stats

from app.core import clock, db
from app.desk.moderation import intake
from app.privacy import receipts
from app.surveys import batches, responses
from app.surveys.responses import Said, Setting
from tests.databases import Databases
from tests.privacy import forensics

WEEK, MONDAY, DAYS = "2026-W14", datetime(2026, 3, 30, 8, tzinfo=UTC), 4
"""A week in which a month ends: a day of writing would show in the month."""
LONG = "Der er koldt i gangen hver eneste aften. " * 45
"""Words whose box is so long that PostgreSQL keeps it apart."""
KNOWN = 20
"""People of whom the attacker knows when they came, at one place in one week."""
FEWEST = 50
_ID = 16
_HIDDEN = {"sqlite": ("rowid",), "postgresql": ("ctid", "CAST(CAST(xmin AS text) AS bigint)")}
"""What a database knows of a row besides its columns."""
_LINKS = {
    "response": "SELECT {shown}, t.id FROM response t",
    "answer": "SELECT {shown}, t.response_id FROM answer t",
    "receipt": "SELECT {shown}, t.response_id FROM receipt t WHERE t.response_id IS NOT NULL",
    "text_item": "SELECT {shown}, a.response_id FROM text_item t JOIN answer a ON a.id = t.answer_id",
    "statement": "SELECT {shown}, t.response_id FROM statement t WHERE t.response_id IS NOT NULL",
}
"""Tables whose rows lead to a response, and how."""


@dataclass(frozen=True)
class Order:
    """One thing that can be seen of many responses, beside the places they came in."""

    name: str
    arrived: Sequence[int]
    seen: Sequence[float]

    @property
    def rho(self) -> float:
        """Spearman's rank correlation; 0 where everybody looks the same."""
        if len(set(self.seen)) < 2 or len(set(self.arrived)) < 2:
            return 0.0
        return float(stats.spearmanr(self.arrived, self.seen).statistic)

    @property
    def is_chance(self) -> bool:
        """Whether so weak an order comes about by itself: under 0.12, or within five deviations where few are seen."""
        return abs(self.rho) < max(0.12, 5 / math.sqrt(len(self.seen) - 1))

    def matched(self) -> float:
        """Of 20 known people somebody finds so many, on average: the first of them is taken for the first row …"""
        first: dict[int, float] = {}
        for one, seen in zip(self.arrived, self.seen, strict=True):
            first[one] = min(seen, first.get(one, seen))
        groups = max(1, len(first) // KNOWN)
        hits = 0
        for group in range(groups):
            members = sorted(one for one in first if one % groups == group)
            guessed = sorted(members, key=lambda one: (first[one], -one))
            hits += sum(true == guess for true, guess in zip(members, guessed, strict=True))
        return hits / groups


def arrive(people: int) -> list[bytes]:
    """People answer, one after the other from Monday to Friday; batches leave meanwhile. Their ids, in that order."""
    ids = []
    for nth in range(people):
        clock.clock().set(MONDAY + timedelta(days=DAYS) * (nth / people))
        ids.append(_answer(nth))
        if nth % 5 == 4:
            batches.release(clock.now(), size=5)
            intake.take_in()
            db.db.session.commit()
    return ids


def _answer(nth: int) -> bytes:
    chance = np.random.default_rng(nth)
    setting = {"channel": "web", "lang": "da", "week": WEEK, "survey_id": "five_tap", "version": 1}
    response_id = responses.begin(Setting(**setting, site_code=str(chance.choice(["GH1", "GH2"]))))  # type: ignore[arg-type]
    said = [Said(question="safe", kind="value", value=str(chance.integers(1, 6)))]
    said.append(Said(question="change", kind="words", words=LONG if chance.random() < 0.5 else "Flere senge"))
    responses.add(response_id, said, week=WEEK)
    receipts.issue(response_id, WEEK)
    db.db.session.commit()
    return response_id


def seen(ids: Sequence[bytes], databases: Databases, *others: Path) -> list[Order]:
    """Everything that can be seen of these responses, in the tables and in the files, and in others besides."""
    place = {one: nth for nth, one in enumerate(ids)}
    return [*_in_tables(place), *_in_files(place, [*forensics.files(_folders(databases)), *others])]


def told(orders: Sequence[Order]) -> list[str]:
    """What tells the order of arrival."""
    return [f"{one.name}: {one.rho:.2f} of {len(one.seen)}" for one in orders if not one.is_chance]


def _in_tables(place: dict[bytes, int]) -> Iterator[Order]:
    connection = db.connection()
    for table, question in _LINKS.items():
        asked = connection.execute(sa.text(question.format(shown="t.*")))
        columns, rows = list(asked.keys()), [row for row in asked if bytes(row[-1]) in place]
        arrived = [place[bytes(row[-1])] for row in rows]
        if len(arrived) < FEWEST:
            continue
        yield Order(f"{table} as it lies", arrived, list(range(len(arrived))))
        for nth, column in enumerate(columns[:-1]):
            yield Order(f"{table}.{column}", arrived, _ranks([row[nth] for row in rows]))
        for hidden in _HIDDEN[connection.dialect.name]:
            shown = hidden if "(" in hidden else f"t.{hidden}"
            yield from _hidden(place, f"{table}.{hidden}", question.format(shown=shown.replace("xmin", "t.xmin")))


def _hidden(place: dict[bytes, int], name: str, question: str) -> Iterator[Order]:
    try:
        rows = [row for row in db.connection().execute(sa.text(question)) if bytes(row[-1]) in place]
    except sa.exc.OperationalError:  # the table has no such thing, as it should be
        return
    yield Order(name, [place[bytes(row[-1])] for row in rows], _ranks([row[0] for row in rows]))


def _ranks(values: Sequence[Any]) -> list[float]:
    """The place of each value among all; one of words and bytes as they are sorted."""
    known = sorted({value for value in values if value is not None}, key=_comparable)
    rank = {value: nth + 1.0 for nth, value in enumerate(known)}
    return [0.0 if value is None else rank[value] for value in values]


def _comparable(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("("):  # ctid: page and line
        return tuple(int(part) for part in value.strip("()").split(","))
    return bytes(value) if isinstance(value, memoryview) else value


def _in_files(place: dict[bytes, int], files: Sequence[Path]) -> Iterator[Order]:
    """Where ids and the boxes of long words lie in each file, in tables, indexes, logs and what was set apart."""
    needles = {f"id {nth}": one for one, nth in place.items()} | _boxes(place)
    search = forensics.Search(needles)
    for path in files:
        found = [(name.split(), at) for name, at in search.places_in(forensics.content_of(path))]
        for kind in ("id", "box"):
            here = sorted((at, int(nth)) for (what, nth), at in found if what == kind)
            last, first = ({nth: at for at, nth in some} for some in (here, reversed(here)))
            if len(first) >= FEWEST:
                yield Order(f"first {kind} in {path.name}", list(first), list(first.values()))
                yield Order(f"last {kind} in {path.name}", list(last), list(last.values()))


def _boxes(place: dict[bytes, int]) -> dict[str, bytes]:
    rows = db.connection().execute(sa.text("SELECT response_id, sealed FROM answer WHERE sealed IS NOT NULL")).all()
    long = [(place[bytes(one)], bytes(sealed)) for one, sealed in rows if len(sealed) > 2000 and bytes(one) in place]
    db.db.session.rollback()
    return {f"box {nth}": sealed[64 : 64 + _ID] for nth, sealed in long}


def _folders(databases: Databases) -> list[Path]:
    if databases.server:
        return [databases.server.folder / "base", databases.server.folder / "pg_wal"]
    name = Path(str(db.db.engine.url.database)).name
    return [databases.folder / f"{name}{end}" for end in ("", "-wal", "-shm")]


def transactions() -> set[str]:
    """The transaction ids that rows of citizens carry (PostgreSQL)."""
    tables = [table.name for table in db.Model.metadata.sorted_tables if table.info.get("citizen")]
    asked = " UNION ".join(f'SELECT CAST(xmin AS text) FROM "{name}"' for name in tables)
    return set(db.connection().execute(sa.text(asked)).scalars())


def commits_before(instant: datetime, databases: Databases) -> int:
    """How many commits of before this instant stand with their time in PostgreSQL's own log."""
    assert databases.server
    folder = databases.server.folder / "pg_wal"
    lines: list[str] = []
    for segment in sorted(path for path in folder.iterdir() if len(path.name) == 24):
        command = [str(databases.server.binaries / "pg_waldump"), "--rmgr=Transaction", str(segment)]
        lines += subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    times = [line.split("COMMIT ")[1][:26] for line in lines if "COMMIT " in line]
    return sum(datetime.fromisoformat(time.strip()).replace(tzinfo=UTC) < instant for time in times)
