"""Tablets: the devices, what of their answers came before, and two claims a tablet makes about an answer."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Two tables, two columns. The columns may be NULL, so that no row of `response` is written anew."""
    op.create_table(
        "kiosk",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("site_code", sa.String(length=8), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("code_until", sa.BigInteger(), nullable=True),
        sa.Column("pin", sa.JSON(), nullable=True),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("is_revoked", sa.Boolean(), nullable=False),
        sa.Column("app_version", sa.String(length=16), nullable=True),
        sa.Column("contact_day", sa.Integer(), nullable=True),
        sa.Column("queue", sa.String(length=3), nullable=True),
        sa.Column("oldest_days", sa.Integer(), nullable=True),
        sa.Column("quarantined", sa.Integer(), nullable=True),
        sa.Column("is_persisted", sa.Boolean(), nullable=True),
        sa.Column("storage_pct", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_kiosk_id")),
        sa.CheckConstraint("oldest_days >= 3", name=op.f("ck_kiosk_oldest_days")),
        sa.CheckConstraint("queue IN ('0-4', '5+')", name=op.f("ck_kiosk_queue")),
        sa.ForeignKeyConstraint(["site_code"], ["site.code"], name=op.f("fk_kiosk_site_code_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kiosk")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_kiosk_code_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_kiosk_token_hash")),
    )
    op.create_table(
        "kiosk_seen",
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("box_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_kiosk_seen")),
        sqlite_with_rowid=False,
    )
    op.add_column("response", sa.Column("is_burst", sa.Boolean(), nullable=True))
    op.add_column("response", sa.Column("is_partial", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Take them away again."""
    op.drop_column("response", "is_partial")
    op.drop_column("response", "is_burst")
    op.drop_table("kiosk_seen")
    op.drop_table("kiosk")
