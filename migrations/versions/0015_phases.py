"""Phases and their gates."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Phases with their promises, and why a point of a gate was not met."""
    _phases()


def downgrade() -> None:
    """Take them away again."""
    for table in ("gate_reason", "phase_moved_date", "phase"):
        op.drop_table(table)


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
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("opens_on", "closes_on", "decide_by", "result_by")),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.Column("cancelled_because", sa.Text(), nullable=False),
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
