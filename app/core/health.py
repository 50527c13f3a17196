"""Is it alive, is it ready, how does it do: for the operator, without a word about people."""

import hmac
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from flask import Blueprint, Flask, Response, abort, current_app, request
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from app.core import clock, config, db, leases, log, metrics
from app.core.access import OPERATOR, PUBLIC, access

probes = Blueprint("health", __name__)
_LOOPBACK = ("127.0.0.1", "::1")
_FORWARDED = ("X-Forwarded-For", "X-Real-Ip", "Forwarded")
_REVISION = text("SELECT version_num FROM alembic_version")
_OLD_TABLES = "The tables are not those of this version: run `stemme init`."

Check = Callable[[], str | None]
"""What is wrong, in one line without a secret, a volume or a word about people; None if all is well."""


@dataclass(frozen=True)
class Gauge:
    """A state that a scrape may read at any time: `read` gives a whole number for each value of the label."""

    name: str
    about: str
    read: Callable[[datetime], Mapping[str, int]]
    label: str = ""


@dataclass(frozen=True)
class Watch:
    """What the floors above let operators watch."""

    checks: tuple[Check, ...]
    gauges: tuple[Gauge, ...]


def init(app: Flask, checks: tuple[Check, ...], gauges: tuple[Gauge, ...]) -> None:
    """Ask these besides the database and the timed jobs."""
    app.extensions["watch"] = Watch(checks, (_JOBS, *gauges))
    app.register_blueprint(probes)


@probes.get("/healthz")
@access(PUBLIC)
def alive() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@probes.get("/readyz")
@access(PUBLIC)
def ready() -> Response:
    """Everything a text needs is there; else 503 and a line for each fault."""
    found = faults()
    log.alarm("not ready", is_on=bool(found))
    return Response("\n".join(found or ["ready"]) + "\n", status=503 if found else 200, mimetype="text/plain")


@probes.get("/metrics")
@access(OPERATOR)
def scrape() -> Response:
    """Prometheus text, for a scraper on this machine or one that knows the operator's token."""
    if not _is_operator():
        abort(403)
    body = "\n".join([*_gauges(clock.now()), *metrics.lines(clock.now())]) + "\n"
    return Response(body, content_type="text/plain; version=0.0.4; charset=utf-8")


def faults() -> list[str]:
    """What is not ready, a line each. Without a database or its tables nothing else can be asked."""
    try:
        with _reading():
            db.connection().execute(text("SELECT 1"))
        return [_OLD_TABLES] if _has_old_tables() else [fault for check in _watch().checks if (fault := _asked(check))]
    except (DBAPIError, db.Busy):
        return ["The database does not answer."]


@lru_cache
def newest_migration() -> str:
    """The newest revision, which its file name begins with: reading it so spares each process 13 MB of Alembic."""
    names = (path.name for path in (config.ROOT / "migrations" / "versions").glob("[0-9]*.py"))
    return max(names).split("_", 1)[0]


def _has_old_tables() -> bool:
    try:
        with _reading():
            return db.connection().execute(_REVISION).scalar() != newest_migration()
    except (OperationalError, ProgrammingError):  # no such table, in the words of either database
        return True


def _asked(check: Check) -> str | None:
    with _reading():
        return check()


@contextmanager
def _reading() -> Iterator[None]:
    db.begin_reading()
    try:
        yield
    finally:
        db.db.session.rollback()


def _is_operator() -> bool:
    """The right token, or a request that came straight from this machine and through no proxy."""
    token, sent = config.settings().metrics_token, request.authorization
    if token and sent and sent.type == "bearer" and hmac.compare_digest(token.encode(), (sent.token or "").encode()):
        return True
    return request.remote_addr in _LOOPBACK and not any(name in request.headers for name in _FORWARDED)


def _gauges(now: datetime) -> Iterator[str]:
    is_ready = not faults()
    yield from metrics.told("stemme_up", "gauge", "The process answers.", "", {"": 1})
    yield from metrics.told("stemme_ready", "gauge", "Whether /readyz finds no fault.", "", {"": int(is_ready)})
    for gauge in _watch().gauges if is_ready else ():
        with _reading():
            values = gauge.read(now)
        yield from metrics.told(f"stemme_{gauge.name}", "gauge", gauge.about, gauge.label, values)


def _job_ages(now: datetime) -> dict[str, int]:
    return {name: metrics.age(ran_at, now) for name, ran_at in leases.last_runs().items()}


def _watch() -> Watch:
    found: Watch = current_app.extensions["watch"]
    return found


_JOBS = Gauge("job_age_seconds", "Since a timed job last ran, in whole minutes.", _job_ages, "job")
