"""The audit trail may be cut at its old end, and cannot be changed by the database's own hand."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

TRIGGERS = {
    "sqlite": (
        "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
        "WHEN NOT OLD.seq <= (SELECT coalesce(max(seq), 0) FROM audit_cut) "
        "BEGIN SELECT RAISE(ABORT, 'audit rows never change'); END",
        "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq) "
        "BEGIN SELECT RAISE(ABORT, 'audit rows never change'); END",
        "CREATE TRIGGER audit_cut_no_replace BEFORE INSERT ON audit_cut WHEN EXISTS (SELECT 1 FROM audit_cut) "
        "BEGIN SELECT RAISE(ABORT, 'the cut only moves on'); END",
        "CREATE TRIGGER audit_cut_moves BEFORE UPDATE ON audit_cut WHEN NEW.seq <= OLD.seq "
        "BEGIN SELECT RAISE(ABORT, 'the cut only moves on'); END",
        "CREATE TRIGGER audit_cut_stays BEFORE DELETE ON audit_cut "
        "BEGIN SELECT RAISE(ABORT, 'the cut only moves on'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF TG_OP = 'DELETE' THEN IF OLD.seq <= (SELECT coalesce(max(seq), 0) FROM audit_cut) "
        "THEN RETURN OLD; END IF; END IF; RAISE EXCEPTION 'audit rows never change'; END $$",
        "CREATE FUNCTION audit_cut_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF TG_OP = 'UPDATE' THEN IF NEW.seq > OLD.seq THEN RETURN NEW; END IF; END IF; "
        "RAISE EXCEPTION 'the cut only moves on'; END $$",
        "CREATE TRIGGER audit_cut_moves BEFORE UPDATE OR DELETE ON audit_cut "
        "FOR EACH ROW EXECUTE FUNCTION audit_cut_refuse()",
        "CREATE TRIGGER audit_cut_stays BEFORE TRUNCATE ON audit_cut "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_cut_refuse()",
    ),
}
BEFORE = {
    "sqlite": (
        "DROP TRIGGER audit_no_delete",
        "DROP TRIGGER audit_no_replace",
        "CREATE TRIGGER audit_no_delete BEFORE delete ON audit BEGIN SELECT RAISE(ABORT, 'audit rows never change'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit rows never change'; END $$",
        "DROP FUNCTION audit_cut_refuse() CASCADE",
    ),
}


def upgrade() -> None:
    """Where the trail was cut, and triggers that let nothing go but what was cut off."""
    op.create_table(
        "audit_cut",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("last_mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_cut_only_one")),
        sa.CheckConstraint("length(last_mac) = 32", name=op.f("ck_audit_cut_last_mac")),
        sa.CheckConstraint("length(mac) = 32", name=op.f("ck_audit_cut_mac")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_cut")),
    )
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        op.execute("DROP TRIGGER audit_no_delete")
    for statement in TRIGGERS[dialect]:
        op.execute(statement)


def downgrade() -> None:
    """Take them away again. A trail that was cut is then told to lack its first rows."""
    for statement in BEFORE[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_table("audit_cut")
