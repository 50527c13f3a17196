"""On PostgreSQL every citizens' page of every test is answered with no more rights than the citizens' side has."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

import psycopg
import sqlalchemy as sa
from flask import Flask, has_app_context
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

from app.core import db, roles

ELSEWHERE = ("/desk", "/static", "/readyz", "/healthz", "/metrics", "/kiosk/enrol")
"""The desk's own, the operators', and what ends a session of staff where both sides are one process."""
_is_citizens = ContextVar("is_citizens", default=False)


def make_role() -> None:
    """The role, with what `stemme init` lets it do, in the database at hand.

    And it makes the pairs of months, since tests go through years in which no worker of the desk's side ran.
    """
    db.connection().execute(sa.text(_MAKE))
    roles.grant()
    db.connection().execute(sa.text(f"GRANT INSERT ON seal_month TO {roles.CITIZEN}"))
    db.db.session.commit()


class Held(Flask):
    """An application whose citizens' pages have the citizens' rights, whoever opened the transaction."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        if environ["PATH_INFO"].startswith(ELSEWHERE):
            return super().__call__(environ, start_response)
        with held():
            return super().__call__(environ, start_response)


def hold_to(app: Flask) -> None:
    """Let each request of the citizens' side have the citizens' rights."""
    app.__class__ = Held


@contextmanager
def held() -> Iterator[None]:
    """What is asked of the database inside is asked with the citizens' rights."""
    before = _is_citizens.set(True)
    if _is_in_transaction():
        _say(db.connection(), _TAKE)
    try:
        yield
    finally:
        _is_citizens.reset(before)
        if _is_in_transaction():
            with suppress(DBAPIError, psycopg.Error):  # a transaction that failed takes the rights with it
                _say(db.connection(), _BACK)


def _is_in_transaction() -> bool:
    return has_app_context() and db.db.session().in_transaction()


_MAKE = f"DO $$ BEGIN CREATE ROLE {roles.CITIZEN} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
_TAKE, _BACK = f"SET LOCAL ROLE {roles.CITIZEN}", "RESET ROLE"


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if _is_citizens.get() and connection.dialect.name == "postgresql":
        _say(connection, _TAKE)


def _say(connection: Connection, statement: str) -> None:
    """To the driver itself: tests count what the application asks."""
    driver: Any = connection.connection.driver_connection
    driver.execute(statement)
