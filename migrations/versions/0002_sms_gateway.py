"""The SMS gateway: counts of what happened, texts sent by API, the mark of the last sweep."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

CITIZEN = {"info": {"citizen": True}, "sqlite_with_rowid": False}


def upgrade() -> None:
    """Three tables."""
    op.create_table(
        "sms_sent",
        sa.Column("reference", sa.LargeBinary(length=16), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_sms_sent")),
        **CITIZEN,
    )
    op.create_table(
        "sms_sweep",
        sa.Column("provider", sa.String(length=20), nullable=False),
        sa.Column("complete_until", sa.Double(), nullable=False),
        sa.Column("erased_until", sa.Double(), nullable=False),
        sa.Column("oldest_hours", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("provider", name=op.f("pk_sms_sweep")),
    )
    key = ("week", "survey_id", "version", "site_kind", "lang", "question", "event")
    op.create_table(
        "sms_tally",
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("survey_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("site_kind", sa.String(length=40), nullable=False),
        sa.Column("lang", sa.String(length=3), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("event", sa.String(length=12), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*key, name=op.f("pk_sms_tally")),
        **CITIZEN,
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("sms_tally")
    op.drop_table("sms_sweep")
    op.drop_table("sms_sent")
