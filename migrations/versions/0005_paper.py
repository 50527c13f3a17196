"""Paper forms entered by hand: batches, who keyed them, what two keyings differed in, and the sealed sheets."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Four tables."""
    op.create_table(
        "paper_batch",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("survey_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("site_code", sa.String(length=8), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("stored", sa.Integer(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("shredded_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state IN ('keying', 'checking', 'deciding', 'accepted')", name=op.f("ck_paper_batch_state")
        ),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_paper_batch_id")),
        sa.CheckConstraint("(state = 'accepted') = (accepted_on IS NOT NULL)", name=op.f("ck_paper_batch_accepted_on")),
        sa.CheckConstraint("shredded_on IS NULL OR accepted_on IS NOT NULL", name=op.f("ck_paper_batch_shredded_on")),
        sa.ForeignKeyConstraint(["site_code"], ["site.code"], name=op.f("fk_paper_batch_site_code_site")),
        sa.ForeignKeyConstraint(
            ["survey_id", "version"],
            ["survey_version.survey_id", "survey_version.version"],
            name=op.f("fk_paper_batch_survey_id_version_survey_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_batch")),
        sa.UniqueConstraint(
            "survey_id",
            "version",
            "site_code",
            "week",
            "label",
            name=op.f("uq_paper_batch_survey_id_version_site_code_week_label"),
        ),
    )
    op.create_table(
        "paper_hand",
        sa.Column("batch_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("turn", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("part", sa.String(length=6), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.CheckConstraint("part IN ('first', 'second')", name=op.f("ck_paper_hand_part")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["paper_batch.id"], name=op.f("fk_paper_hand_batch_id_paper_batch"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_paper_hand_user_id_user")),
        sa.PrimaryKeyConstraint("batch_id", "turn", "user_id", "part", name=op.f("pk_paper_hand")),
    )
    op.create_table(
        "paper_check",
        sa.Column("batch_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("turn", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("draw", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("fields", sa.Integer(), nullable=False),
        sa.Column("differing", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=6), nullable=False),
        sa.CheckConstraint("verdict IN ('accept', 'widen', 'again')", name=op.f("ck_paper_check_verdict")),
        sa.CheckConstraint("differing <= fields", name=op.f("ck_paper_check_differing")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["paper_batch.id"], name=op.f("fk_paper_check_batch_id_paper_batch"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("batch_id", "turn", "draw", name=op.f("pk_paper_check")),
    )
    op.create_table(
        "paper_sheet",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("batch_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("draw", sa.Integer(), nullable=True),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("first", sa.LargeBinary(), nullable=False),
        sa.Column("second", sa.LargeBinary(), nullable=True),
        sa.Column("settled", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_paper_sheet_id")),
        sa.CheckConstraint("draw IS NOT NULL OR second IS NULL", name=op.f("ck_paper_sheet_second")),
        sa.CheckConstraint("second IS NOT NULL OR settled IS NULL", name=op.f("ck_paper_sheet_settled")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["paper_batch.id"], name=op.f("fk_paper_sheet_batch_id_paper_batch"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_sheet")),
        sa.UniqueConstraint("batch_id", "place", name=op.f("uq_paper_sheet_batch_id_place")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take them away again."""
    for table in ("paper_sheet", "paper_check", "paper_hand", "paper_batch"):
        op.drop_table(table)
