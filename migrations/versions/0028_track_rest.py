"""A decision entered by mistake can be dropped, who wrote one is kept, and a dossier takes two people."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.desk.track.dossiers.models import GUARDED
from app.publication import frozen
from app.publication.dossiers.models import REFUSAL

revision = "0028"
down_revision = "0027"

STATES = "state IN ('pending', 'taken', 'published', 'dropped')"
BEFORE = "state IN ('pending', 'taken', 'published')"
DROPPED = "(state = 'dropped') = (length(trim(dropped_because)) > 0)"
TWO_PEOPLE = "frozen_by_id <> published_by_id"
LET_OUT = "state = 'published' OR published_by_id IS NULL"


def upgrade() -> None:
    """Who wrote a decision so far is who entered it; who let a dossier out was not kept, so it stays empty there."""
    with _children_kept("decision"), op.batch_alter_table("decision") as decision:
        decision.add_column(sa.Column("dropped_because", sa.Text(), nullable=False, server_default=""))
        decision.drop_constraint(op.f("ck_decision_state"), type_="check")
        decision.create_check_constraint(op.f("ck_decision_state"), STATES)
        decision.create_check_constraint(op.f("ck_decision_dropped"), DROPPED)
    with _children_kept("decision"), op.batch_alter_table("decision") as decision:
        decision.alter_column("dropped_because", server_default=None)
    op.create_table(
        "decision_writer",
        sa.Column("decision_number", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_number"],
            ["decision.number"],
            name=op.f("fk_decision_writer_decision_number_decision"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_decision_writer_user_id_user")),
        sa.PrimaryKeyConstraint("decision_number", "user_id", name=op.f("pk_decision_writer")),
    )
    op.execute("INSERT INTO decision_writer (decision_number, user_id) SELECT number, entered_by_id FROM decision")
    with _thawed(), _children_kept("dossier"), op.batch_alter_table("dossier") as dossier:
        dossier.add_column(sa.Column("published_by_id", sa.LargeBinary(length=16), nullable=True))
        dossier.create_foreign_key(op.f("fk_dossier_published_by_id_user"), "user", ["published_by_id"], ["id"])
        dossier.create_check_constraint(op.f("ck_dossier_two_people"), TWO_PEOPLE)
        dossier.create_check_constraint(op.f("ck_dossier_let_out"), LET_OUT)


def downgrade() -> None:
    """A dropped decision waits again: there was no such state."""
    op.drop_table("decision_writer")
    with _children_kept("decision"):
        with op.batch_alter_table("decision") as decision:
            decision.drop_constraint(op.f("ck_decision_dropped"), type_="check")
        op.execute("UPDATE decision SET state = 'pending' WHERE state = 'dropped'")
        with op.batch_alter_table("decision") as decision:
            decision.drop_constraint(op.f("ck_decision_state"), type_="check")
            decision.create_check_constraint(op.f("ck_decision_state"), BEFORE)
            decision.drop_column("dropped_because")
    with _thawed(), _children_kept("dossier"), op.batch_alter_table("dossier") as dossier:
        dossier.drop_constraint(op.f("ck_dossier_let_out"), type_="check")
        dossier.drop_constraint(op.f("ck_dossier_two_people"), type_="check")
        dossier.drop_constraint(op.f("fk_dossier_published_by_id_user"), type_="foreignkey")
        dossier.drop_column("published_by_id")


@contextmanager
def _thawed() -> Iterator[None]:
    """Without the triggers of dossiers, which would not survive a table made anew."""
    dialect = op.get_bind().dialect.name
    for statement in frozen.lifted(GUARDED, dialect):
        op.execute(statement)
    yield
    for statement in frozen.guards(GUARDED, dialect, refusal=REFUSAL):
        op.execute(statement)


@contextmanager
def _children_kept(parent: str) -> Iterator[None]:
    """SQLite makes a table anew and takes what points at it along with the old one: all of that is put aside."""
    beneath = _beneath(parent) if op.get_bind().dialect.name == "sqlite" else []
    kept: list[tuple[sa.Table, Sequence[Mapping[str, Any]]]] = []
    for name in beneath:
        table = sa.Table(name, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)
        kept.append((table, op.get_bind().execute(table.select()).mappings().all()))
    for table, _rows in reversed(kept):
        op.get_bind().execute(table.delete())
    yield
    for table, rows in kept:
        op.bulk_insert(table, [dict(row) for row in rows])


def _beneath(parent: str) -> list[str]:
    """Every table that points at this one, or at one that does, parents first."""
    inspector = sa.inspect(op.get_bind())
    parents = {
        name: {key["referred_table"] for key in inspector.get_foreign_keys(name)} - {name}
        for name in inspector.get_table_names()
    }
    found, left = [parent], sorted(parents)
    while fresh := [name for name in left if name not in found and parents[name] & set(found)]:
        found += fresh
    inside = found[1:]
    ordered: list[str] = []
    while rest := [name for name in inside if name not in ordered]:
        ordered += [name for name in rest if not parents[name] & set(rest)]
    return ordered
