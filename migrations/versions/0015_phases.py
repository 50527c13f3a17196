"""Phases and their gates, what was weighed for a decision, and dossiers that never change."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

DECISION = (
    "minority TEXT",
    "phase_key VARCHAR(40) CONSTRAINT ck_decision_phase CHECK (state <> 'taken' OR phase_key IS NOT NULL) "
    "CONSTRAINT fk_decision_phase_key_phase REFERENCES phase (key)",
    "corrects_number INTEGER CONSTRAINT ck_decision_corrects CHECK (corrects_number < number) "
    "CONSTRAINT fk_decision_corrects_number_decision REFERENCES decision (number)",
)
"""New columns, each with its rules: both databases add such a column without making the table anew."""
KEPT = {
    "dossier_kept": (
        "UPDATE", "dossier",
        "NOT (OLD.state = 'frozen' AND NEW.state = 'published' AND OLD.published_on IS NULL AND NEW.number = OLD.number "
        "AND NEW.phase_key = OLD.phase_key AND NEW.frozen_on = OLD.frozen_on AND NEW.frozen_by_id = OLD.frozen_by_id "
        "AND NEW.previous_hash = OLD.previous_hash AND NEW.hash = OLD.hash AND NEW.document = OLD.document "
        "AND NEW.archive = OLD.archive)",
    ),
    "dossier_stays": ("DELETE", "dossier", "OLD.number > 0"),
    "dossier_copy_kept": ("UPDATE", "dossier_copy", "OLD.number > 0"),
    "dossier_copy_stays": ("DELETE", "dossier_copy", "OLD.number > 0"),
}  # fmt: skip
REFUSAL = "a frozen dossier never changes"


def upgrade() -> None:
    """Phases with their promises, why a point of a gate was not met, both lists of a decision, dossiers."""
    _phases()
    # What only waits to be published has no lists: it is confirmed once more, with them.
    op.execute("UPDATE decision SET state = 'pending', confirmed_by_id = NULL WHERE state = 'taken'")
    for column in DECISION:
        op.execute(f"ALTER TABLE decision ADD COLUMN {column}")
    _weighed()
    _dossiers()


def downgrade() -> None:
    """Take them away again."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for name in KEPT:
        gone = f"DROP TRIGGER IF EXISTS frozen_{name}" if is_sqlite else f"DROP FUNCTION frozen_{name}() CASCADE"
        op.execute(gone)
    for table in ("dossier_copy", "dossier", "decision_weighed"):
        op.drop_table(table)
    _decisions_as_they_were()
    for table in ("gate_reason", "phase_moved_date", "phase"):
        op.drop_table(table)


def _decisions_as_they_were() -> None:
    """SQLite makes the table anew, and would take what points at it along with the old one: that is put aside."""
    answers = sa.Table("decision_proposal", sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)
    kept = [dict(row) for row in op.get_bind().execute(answers.select()).mappings()]
    op.execute(answers.delete())
    with op.batch_alter_table("decision") as decision:
        for name in ("phase", "corrects"):
            decision.drop_constraint(op.f(f"ck_decision_{name}"), type_="check")
        for column in DECISION:
            decision.drop_column(column.split()[0])
    op.bulk_insert(answers, kept)


def _phases() -> None:
    op.create_table(
        "phase",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("project", sa.String(length=9), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name_da", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("purpose_da", sa.String(length=200), nullable=False),
        sa.Column("purpose_en", sa.String(length=200), nullable=False),
        sa.Column("surveys", sa.JSON(), nullable=False),
        sa.Column("initiatives", sa.JSON(), nullable=False),
        sa.Column("gate", sa.JSON(), nullable=False),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("opens_on", "closes_on", "decide_by", "result_by")),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.Column("cancelled_because", sa.Text(), nullable=False),
        sa.Column("gate_stood", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "state IN ('planned', 'open', 'closed', 'decided', 'result_published', 'cancelled')",
            name=op.f("ck_phase_state"),
        ),
        sa.CheckConstraint("opens_on <= closes_on", name=op.f("ck_phase_closes")),
        sa.CheckConstraint("closes_on <= decide_by", name=op.f("ck_phase_decides")),
        sa.CheckConstraint("decide_by <= result_by", name=op.f("ck_phase_results")),
        sa.CheckConstraint(
            "state IN ('planned', 'cancelled') OR opens_on IS NOT NULL AND closes_on IS NOT NULL "
            "AND decide_by IS NOT NULL AND result_by IS NOT NULL",
            name=op.f("ck_phase_dated"),
        ),
        sa.CheckConstraint(
            "(state IN ('decided', 'result_published')) = (decided_on IS NOT NULL)", name=op.f("ck_phase_decided")
        ),
        sa.CheckConstraint("(decided_on IS NULL) = (gate_stood IS NULL)", name=op.f("ck_phase_gate_stood")),
        sa.CheckConstraint("(state = 'result_published') = (result_on IS NOT NULL)", name=op.f("ck_phase_result")),
        sa.CheckConstraint(
            "(state = 'cancelled') = (length(trim(cancelled_because)) > 0)", name=op.f("ck_phase_cancelled")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_phase")),
    )
    op.create_table(
        "phase_moved_date",
        sa.Column("phase_key", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=10), nullable=False),
        sa.Column("was", sa.Date(), nullable=False),
        sa.Column("became", sa.Date(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "name IN ('opens_on', 'closes_on', 'decide_by', 'result_by')", name=op.f("ck_phase_moved_date_name")
        ),
        sa.CheckConstraint("was <> became", name=op.f("ck_phase_moved_date_moved")),
        sa.CheckConstraint("length(trim(because)) > 0", name=op.f("ck_phase_moved_date_because")),
        sa.ForeignKeyConstraint(["phase_key"], ["phase.key"], name=op.f("fk_phase_moved_date_phase_key_phase")),
        sa.PrimaryKeyConstraint("phase_key", "number", name=op.f("pk_phase_moved_date")),
    )
    op.create_table(
        "gate_reason",
        sa.Column("phase_key", sa.String(length=40), nullable=False),
        sa.Column("point", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("by_id", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("point BETWEEN 1 AND 10", name=op.f("ck_gate_reason_point")),
        sa.CheckConstraint("point NOT IN (7, 8, 10)", name=op.f("ck_gate_reason_waivable")),
        sa.CheckConstraint("length(trim(because)) >= 40", name=op.f("ck_gate_reason_because")),
        sa.CheckConstraint("role IN ('council', 'moderator')", name=op.f("ck_gate_reason_role")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_gate_reason_by_id_user")),
        sa.ForeignKeyConstraint(["phase_key"], ["phase.key"], name=op.f("fk_gate_reason_phase_key_phase")),
        sa.PrimaryKeyConstraint("phase_key", "point", name=op.f("pk_gate_reason")),
    )


def _weighed() -> None:
    op.create_table(
        "decision_weighed",
        sa.Column("decision_number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("length(trim(reason)) >= 40", name=op.f("ck_decision_weighed_reason")),
        sa.ForeignKeyConstraint(
            ["decision_number"], ["decision.number"], name=op.f("fk_decision_weighed_decision_number_decision"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("decision_number", "code", name=op.f("pk_decision_weighed")),
        sa.UniqueConstraint("decision_number", "reason", name=op.f("uq_decision_weighed_decision_number_reason")),
    )  # fmt: skip


def _dossiers() -> None:
    op.create_table(
        "dossier",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("phase_key", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("frozen_on", sa.Date(), nullable=False),
        sa.Column("frozen_by_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("previous_hash", sa.String(length=71), nullable=False),
        sa.Column("hash", sa.String(length=71), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("archive", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("state IN ('frozen', 'published')", name=op.f("ck_dossier_state")),
        sa.CheckConstraint("number > 0", name=op.f("ck_dossier_number")),
        sa.CheckConstraint("length(hash) = 71 AND length(previous_hash) = 71", name=op.f("ck_dossier_hashes")),
        sa.CheckConstraint("(state = 'published') = (published_on IS NOT NULL)", name=op.f("ck_dossier_published")),
        sa.ForeignKeyConstraint(["frozen_by_id"], ["user.id"], name=op.f("fk_dossier_frozen_by_id_user")),
        sa.ForeignKeyConstraint(["phase_key"], ["phase.key"], name=op.f("fk_dossier_phase_key_phase")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_dossier")),
    )
    op.create_index("ix_dossier_phase_key", "dossier", ["phase_key"])
    op.create_table(
        "dossier_copy",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("phase_key", sa.String(length=40), nullable=False),
        sa.Column("hash", sa.String(length=71), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_dossier_copy_sha256")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_dossier_copy")),
    )
    op.create_index("ix_dossier_copy_phase_key", "dossier_copy", ["phase_key"])
    for name, (act, table, when) in KEPT.items():
        _keep(name, act, table, when)


def _keep(name: str, act: str, table: str, when: str) -> None:
    trigger = f"CREATE TRIGGER frozen_{name} BEFORE {act} ON {table}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"{trigger} WHEN {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION frozen_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {when} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'; END IF; "
        f"RETURN {'OLD' if act == 'DELETE' else 'NEW'}; END $$"
    )
    op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION frozen_{name}()")
