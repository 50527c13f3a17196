"""The moderators' desk over a million responses: what a person waits for, on both databases, in one process."""

import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import ColumnElement, func, select

from app import create_app
from app.core import config, db
from app.desk.moderation.bulk.bulk import MOST
from app.desk.moderation.models import Statement, TextItem
from benchmarks.country import Country
from tests.databases import Postgres
from tests.desk.accounts import factories as accounts

RESPONSES = int(os.environ.get("RESPONSES", "1000000"))
TIMES = 40
FILTERS = (
    {"tray": "read", "kind": "street_house"},
    {"tray": "read", "since": "2026-W01", "until": "2026-W13"},
    {"tray": "read", "code": "ADG.AAB"},
    {"tray": "read", "kind": "mobile_unit", "since": "2025-W10", "until": "2025-W23", "code": "BAS"},
)
SEARCHES = (
    "herberg",
    "toilet",
    "aabningstid",
    "badet er",
    "kø",
    "er",
    "bakelo",
    '"lang kø"',
    "personalet -søde",
    "findesikke",
)


def on_sqlite() -> dict[str, float]:
    """SQLite with synchronous=FULL."""
    with tempfile.TemporaryDirectory() as name:
        return _measured("SQLite", Path(name), None)


def on_postgresql() -> dict[str, float]:
    """A PostgreSQL of our own."""
    server = Postgres(is_durable=True)
    server.start()
    try:
        server.execute("CREATE DATABASE desk")
        with tempfile.TemporaryDirectory() as name:
            return _measured("PostgreSQL", Path(name), server.url("desk"))
    finally:
        server.stop()


def _measured(database: str, folder: Path, url: str | None) -> dict[str, float]:
    with _filled(folder, url) as client:
        figures = {
            "queue_p95_ms": _p95(partial(_page, client, "/desk/queue")),
            "filter_p95_ms": _slowest(
                "filter", [partial(_page, client, "/desk/queue", **one) for one in FILTERS], FILTERS
            ),
            "search_p95_ms": _slowest("search", _searching(client), SEARCHES),
            "opening_p95_ms": _p95(_opening(client)),
            "tag_p95_ms": _p95(_tagging(client)),
            "bulk_s": _bulk(client),
        }
    print(f"{database}, {RESPONSES:,} responses:")
    for name, figure in figures.items():
        print(f"  {name:16} {figure:8.1f}")
    return figures


@contextmanager
def _filled(folder: Path, url: str | None) -> Iterator[FlaskClient]:
    environ = {"STEMME_ENV": "testing", "STEMME_INSTANCE_DIR": str(folder / "instance")}
    app = create_app(config.load(environ | ({"STEMME_DATABASE_URL": url} if url else {})))
    with app.app_context():
        began = time.monotonic()
        db.db.create_all()
        reader = accounts.a_user("moderator")
        db.db.session.commit()
        Country(responses=RESPONSES).fill(reader)
        print(f"  filled in {time.monotonic() - began:.0f} s")
        yield accounts.browser_of(app, reader)
        db.db.session.remove()
        db.db.engine.dispose()


def _page(client: FlaskClient, address: str, **facets: str) -> str:
    answer = client.get(address, query_string=facets)
    if answer.status_code != 200:
        raise SystemExit(f"{address} {facets}: {answer.status_code}")
    return answer.text


def _searching(client: FlaskClient) -> list[Callable[[], object]]:
    token = _token(_page(client, "/desk/search"), "/desk/search")

    def search(words: str) -> None:
        answer = client.post("/desk/search", data={"form_token": token, "words": words})
        if answer.status_code != 200:
            raise SystemExit(f"search: {answer.status_code}")

    return [partial(search, words) for words in SEARCHES]


def _slowest(name: str, acts: Iterable[Callable[[], object]], of: Iterable[object]) -> float:
    """The p95 of the slowest of several acts, each of which is told."""
    taken = [(_p95(act), what) for act, what in zip(acts, of, strict=True)]
    print("\n".join(f"  {name} {ms:7.1f} ms  {what}" for ms, what in taken))
    return max(ms for ms, _ in taken)


def _opening(client: FlaskClient) -> Callable[[], object]:
    """Opening one text after the other: unsealed, masked, with suggestions."""
    ids = _answers(TextItem.state == "waiting")
    return lambda: _page(client, f"/desk/statements/{next(ids)}")


def _tagging(client: FlaskClient) -> Callable[[], object]:
    """One code more on one text after the other; the form's own page is not timed, its answer is."""
    address = "/desk/statements/{}/tag"
    ids = list(islice(_answers(TextItem.state == "approved"), TIMES))
    token = _token(_page(client, f"/desk/statements/{ids[0]}"), address.format(ids[0]))
    left = iter(ids)

    def tag() -> None:
        fields = {"form_token": token, "version": "2", "code": "TRY.VOL", "set": "on"}
        answer = client.post(address.format(next(left)), data=fields)
        if answer.status_code != 303:
            raise SystemExit(f"tag: {answer.status_code}")

    return tag


def _bulk(client: FlaskClient) -> float:
    """Seconds for a code on ten thousand texts: the look at them, and the press."""
    week, n = _ten_thousand()
    chosen = {"since": week, "put": "TRY.VOL", "set": "on"}
    began = time.perf_counter()
    page = _page(client, "/desk/bulk", **chosen)
    hidden = dict(re.findall(r'name="(form_token|token)" value="([^"]+)"', page[page.index('action="/desk/bulk"') :]))
    answer = client.post("/desk/bulk", data=chosen | hidden)
    took = time.perf_counter() - began
    if answer.status_code != 303:
        raise SystemExit(f"bulk: {answer.status_code}")
    print(f"  bulk: {n:,} texts")
    return took


def _ten_thousand() -> tuple[str, int]:
    """A week from which on nearly ten thousand texts were said."""
    counted = select(Statement.week, func.count()).group_by(Statement.week).order_by(Statement.week.desc())
    found, so_far = ("", 0), 0
    for week, n in db.connection().execute(counted):
        so_far += n
        if so_far > MOST:
            break
        found = (week, so_far)
    db.db.session.rollback()
    return found


def _answers(which: ColumnElement[bool]) -> Iterator[str]:
    found = db.connection().execute(select(TextItem.answer_id).where(which).limit(3 * TIMES)).scalars().all()
    db.db.session.rollback()
    return iter([bytes(one).hex() for one in found])


def _token(page: str, action: str) -> str:
    """The token in the form with this action."""
    return page[page.index(f'action="{action}') :].split('name="form_token" value="')[1].split('"', maxsplit=1)[0]


def _p95(act: Callable[[], object]) -> float:
    """Milliseconds that the slowest twentieth takes at least; the first is not counted, nobody has asked before it."""
    act()
    return statistics.quantiles([_milliseconds(act) for _ in range(TIMES - 1)], n=20)[18]


def _milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000
