"""The tables about citizens hold nothing that says who or when, in the models and in both databases."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import CheckConstraint, Column, ForeignKey, LargeBinary, MetaData, String, Table, Text
from sqlalchemy.dialects.postgresql import INET

import app.jobs  # so that every model is known
from app.core import db
from app.core.db import ID, Model
from tests.architecture import schema_rules


@pytest.mark.requirement("R3")
def test_every_table_says_whose_it_is_and_keeps_the_rules() -> None:
    assert app.jobs.JOBS
    assert schema_rules.of_models(Model.metadata) == []


def test_every_table_that_is_listed_exists() -> None:
    assert set(Model.metadata.tables) >= schema_rules.CITIZEN_TABLES | schema_rules.OTHERS


@pytest.mark.requirement("R3")
def test_the_real_tables_keep_the_rules_too(app: Flask) -> None:
    marked = frozenset(table.name for table in Model.metadata.tables.values() if table.info.get("citizen"))

    assert schema_rules.of_database(db.connection(), marked) == []


def test_words_are_kept_in_the_sealed_column_only_by_a_check_of_the_database() -> None:
    checks = [c.sqltext.text for c in Model.metadata.tables["answer"].constraints if isinstance(c, CheckConstraint)]

    assert "kind = 'words' OR sealed IS NULL" in checks
    assert "kind = 'value' OR value IS NULL" in checks


def citizen_table(name: str, *columns: Column[Any], with_rowid: bool = False) -> Table:
    return Table(name, MetaData(), *columns, sqlite_with_rowid=with_rowid, info={"citizen": True})


def an_id() -> Column[Any]:
    return Column("id", ID, primary_key=True)


COLUMNS_TO_REFUSE = (
    ("diary", Column("created_at", sa.DateTime), "holds an instant"),
    ("diary", Column("week", sa.Date), "holds an instant"),
    ("diary", Column("origin", INET), "holds an instant, an address"),
    ("diary", Column("created", sa.Integer), "is named for"),
    ("diary", Column("ip", String(40)), "is named for"),
    ("diary", Column("phone", String(16)), "is named for"),
    ("diary", Column("user_agent", String(80)), "is named for"),
    ("diary", Column("n", sa.Integer, server_default="1"), "is written by the database"),
    ("diary", Column("n", sa.Integer, onupdate=1), "is written by the database"),
    ("diary", Column("note", Text), "has room for"),
    ("diary", Column("notes", sa.JSON), "has room for"),
    ("answer", Column("sealed", LargeBinary, index=True), "is indexed"),
    ("response", Column("opened_by", ID), "ties the answer"),
    ("response", Column("kiosk", ID), "ties the answer"),
    ("answer", Column("mid", ID), "ties the answer"),
    ("response", Column("place", ID, ForeignKey("user.id")), "points at user"),
    ("response", Column("place", ID, ForeignKey("kiosk.id")), "points at kiosk"),
    ("answer", Column("place", ID, ForeignKey("user.id")), "points at user"),
    ("receipt", Column("place", ID, ForeignKey("sms_session.sid")), "points at sms_session"),
)


@pytest.mark.requirement("R3", mutants=True)
@pytest.mark.parametrize(("table", "column", "fault"), COLUMNS_TO_REFUSE)
def test_a_column_that_breaks_a_rule_is_named(table: str, column: Column[Any], fault: str) -> None:
    found = list(schema_rules.of_table(citizen_table(table, an_id(), column)))

    assert [one for one in found if one.startswith(f"{table}.{column.name}: {fault}")]


TABLES_TO_REFUSE = (
    (citizen_table("diary", an_id(), with_rowid=True), "diary: keeps a rowid"),
    (citizen_table("diary", Column("id", sa.Integer, primary_key=True)), "diary.id: counts up"),
    (citizen_table("diary", Column("id", sa.Uuid, primary_key=True)), "diary.id: holds an instant"),
    (citizen_table("diary", Column("id", LargeBinary(8), primary_key=True)), "diary.id: is not 16 random bytes"),
    (Table("answer", MetaData(), an_id()), "answer: is not marked"),
    (Table("visitor_log", MetaData(), an_id()), "visitor_log: is neither"),
    (citizen_table("audit", an_id()), "audit: is marked CITIZEN and listed"),
)


@pytest.mark.requirement("R3", mutants=True)
@pytest.mark.parametrize(("table", "fault"), TABLES_TO_REFUSE, ids=lambda part: str(part)[:40])
def test_a_table_that_breaks_a_rule_is_named(table: Table, fault: str) -> None:
    assert [one for one in schema_rules.of_models(table.metadata) if one.startswith(fault)]


REAL_MUTANTS = {
    "sqlite": (
        ("CREATE TABLE planted (id BLOB PRIMARY KEY)", "planted: keeps a rowid"),
        ("CREATE TABLE planted (id BLOB PRIMARY KEY, t DATETIME) WITHOUT ROWID", "planted.t: holds an instant"),
        ("CREATE TABLE planted (t TEXT PRIMARY KEY DEFAULT CURRENT_TIMESTAMP) WITHOUT ROWID", "planted.t: is written"),
        (
            "CREATE TRIGGER planted_log AFTER INSERT ON response BEGIN DELETE FROM response WHERE id = NEW.id; END",
            "response: has the trigger planted_log",
        ),
    ),
    "postgresql": (
        ("CREATE TABLE planted (id bytea PRIMARY KEY, t timestamptz)", "planted.t: holds an instant"),
        ("CREATE TABLE planted (id bytea PRIMARY KEY, t text DEFAULT now())", "planted.t: is written"),
        ("CREATE TABLE planted (id serial PRIMARY KEY)", "planted.id: is written"),
        ("CREATE TABLE planted (id int GENERATED ALWAYS AS IDENTITY)", "planted.id: is written"),
        (
            "CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; "
            "CREATE TRIGGER planted_log BEFORE INSERT ON response FOR EACH ROW EXECUTE FUNCTION planted()",
            "response: has the trigger planted_log",
        ),
    ),
}


def test_a_real_table_that_breaks_a_rule_is_named(app: Flask) -> None:
    connection = db.connection()
    missed = []
    for statement, expected in REAL_MUTANTS[connection.dialect.name]:
        with connection.begin_nested() as undone:
            connection.exec_driver_sql(statement)
            tables = frozenset({"response"} if "ON response" in statement else {"planted"})
            faults = schema_rules.of_database(connection, tables)
            undone.rollback()
        if not any(fault.startswith(expected) for fault in faults):
            missed.append(statement)

    assert missed == []
