"""Who is missing: how large the target groups are, and which offers there are."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Files of target groups, their counts and shares, and the offers."""
    _files()
    _groups()
    _shares()
    _offers()


def downgrade() -> None:
    """Take them away again."""
    for table in ("offer_nearby", "offer", "target_share", "target_group", "presence_file"):
        op.drop_table(table)


def _files() -> None:
    op.create_table(
        "presence_file",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("read_by", sa.String(length=40), nullable=False),
        sa.Column("taken_in", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('counts', 'shares')", name=op.f("ck_presence_file_kind")),
        sa.CheckConstraint("taken_in > 0", name=op.f("ck_presence_file_taken_in")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_presence_file")),
    )


def _groups() -> None:
    op.create_table(
        "target_group",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("age_band", sa.String(length=12), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("municipality", sa.String(length=3), nullable=False),
        sa.Column("count", sa.Double(), nullable=False),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("file_number", sa.Integer(), nullable=False),
        sa.CheckConstraint("count >= 0", name=op.f("ck_target_group_count")),
        sa.CheckConstraint("low >= 0 AND low <= count", name=op.f("ck_target_group_low")),
        sa.CheckConstraint("high >= count", name=op.f("ck_target_group_high")),
        sa.ForeignKeyConstraint(
            ["file_number"], ["presence_file.number"], name=op.f("fk_target_group_file_number_presence_file")
        ),
        sa.PrimaryKeyConstraint("name", "age_band", "year", "source", "municipality", name=op.f("pk_target_group")),
    )


def _shares() -> None:
    op.create_table(
        "target_share",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("variable", sa.String(length=20), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("file_number", sa.Integer(), nullable=False),
        sa.CheckConstraint("share BETWEEN 0 AND 100", name=op.f("ck_target_share_share")),
        sa.CheckConstraint("low BETWEEN 0 AND share", name=op.f("ck_target_share_low")),
        sa.CheckConstraint("high BETWEEN share AND 100", name=op.f("ck_target_share_high")),
        sa.ForeignKeyConstraint(
            ["file_number"], ["presence_file.number"], name=op.f("fk_target_share_file_number_presence_file")
        ),
        sa.PrimaryKeyConstraint("name", "variable", "category", "year", "source", name=op.f("pk_target_share")),
    )


def _offers() -> None:
    op.create_table(
        "offer",
        sa.Column("key", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("referral", sa.String(length=10), nullable=False),
        sa.Column("target_group", sa.String(length=160), nullable=False),
        sa.Column("basis", sa.String(length=80), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.CheckConstraint("referral IN ('yes', 'no', 'not_stated')", name=op.f("ck_offer_referral")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_offer")),
    )
    op.create_table(
        "offer_nearby",
        sa.Column("area", sa.String(length=20), nullable=False),
        sa.Column("offer_key", sa.String(length=30), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("area", "offer_key", name=op.f("pk_offer_nearby")),
    )
