"""On PostgreSQL every citizens' page of every test is answered with no more rights than the citizens' side has."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

import sqlalchemy as sa
from flask import Flask, request
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

from app import CITIZEN_SIDE
from app.core import db, roles

CITIZENS = frozenset(blueprint.name for blueprint in CITIZEN_SIDE)
_is_citizens = ContextVar("is_citizens", default=False)


def make_role() -> None:
    """The role, with what `stemme init` lets it do, in the database at hand."""
    db.connection().execute(sa.text(_MAKE))
    roles.grant()
    db.db.session.commit()


def hold_to(app: Flask) -> None:
    """Let each request of the citizens' side have the citizens' rights, whoever opened the transaction."""
    app.before_request(_take_rights)
    app.teardown_request(_give_back)


@contextmanager
def held() -> Iterator[None]:
    """Transactions that begin inside have the citizens' rights."""
    before = _is_citizens.set(True)
    try:
        yield
    finally:
        _is_citizens.reset(before)


_MAKE = f"DO $$ BEGIN CREATE ROLE {roles.CITIZEN} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
_TAKE, _BACK = sa.text(f"SET LOCAL ROLE {roles.CITIZEN}"), sa.text("RESET ROLE")


def _take_rights() -> None:
    if request.blueprint in CITIZENS:
        _is_citizens.set(True)
        if db.db.session().in_transaction():
            db.connection().execute(_TAKE)


def _give_back(_: Any) -> None:
    if _is_citizens.get():
        _is_citizens.set(False)
        if db.db.session().in_transaction():
            with suppress(DBAPIError):  # a transaction that failed takes the rights with it
                db.connection().execute(_BACK)


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if _is_citizens.get() and connection.dialect.name == "postgresql":
        connection.connection.driver_connection.execute(_TAKE.text)  # type: ignore[union-attr]
