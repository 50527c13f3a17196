"""The codebook's versions, events and redirects."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

COLUMNS = (
    ("use_when_da", sa.Text(), ""),
    ("use_when_en", sa.Text(), ""),
    ("borderline_da", sa.Text(), ""),
    ("colour", sa.String(length=7), ""),
    ("since", sa.Integer(), "1"),
)


def upgrade() -> None:
    """Five tables, and five fields of a code. Their defaults stay, so that no row of `code` is written anew."""
    for name, kind, default in COLUMNS:
        op.add_column("code", sa.Column(name, kind, server_default=default, nullable=False))
    op.create_table(
        "codebook_version",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("published_by", sa.LargeBinary(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.CheckConstraint("state IN ('shipped', 'draft', 'published')", name=op.f("ck_codebook_version_state")),
        sa.CheckConstraint("(state = 'draft') = (published_on IS NULL)", name=op.f("ck_codebook_version_published_on")),
        sa.CheckConstraint(
            "(state = 'published') = (published_by IS NOT NULL)", name=op.f("ck_codebook_version_published_by")
        ),
        sa.ForeignKeyConstraint(["published_by"], ["user.id"], name=op.f("fk_codebook_version_published_by_user")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_codebook_version")),
    )
    op.create_index(
        "ix_codebook_version_one_draft", "codebook_version", ["state"], unique=True,
        sqlite_where=sa.text("state = 'draft'"), postgresql_where=sa.text("state = 'draft'"),
    )  # fmt: skip
    op.create_table(
        "code_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=9), nullable=False),
        sa.Column("code_guid", sa.String(length=36), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("by", sa.LargeBinary(), nullable=True),
        sa.Column("agreed_by", sa.LargeBinary(), nullable=True),
        sa.Column("delta", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint(
            "act IN ('add', 'edit', 'move', 'merge', 'split', 'retire', 'restore', 'split_end', 'load')",
            name=op.f("ck_code_event_act"),
        ),
        sa.CheckConstraint("agreed_by IS NULL OR agreed_by <> by", name=op.f("ck_code_event_two_people")),
        sa.ForeignKeyConstraint(
            ["version"], ["codebook_version.number"], name=op.f("fk_code_event_version_codebook_version")
        ),
        sa.ForeignKeyConstraint(["by"], ["user.id"], name=op.f("fk_code_event_by_user")),
        sa.ForeignKeyConstraint(["agreed_by"], ["user.id"], name=op.f("fk_code_event_agreed_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_event")),
    )
    op.create_index(op.f("ix_code_event_version"), "code_event", ["version"])
    op.create_index(op.f("ix_code_event_code_guid"), "code_event", ["code_guid"])
    op.create_table(
        "code_redirect",
        sa.Column("from_guid", sa.String(length=36), nullable=False),
        sa.Column("into_guid", sa.String(length=36), nullable=False),
        sa.Column("to_guid", sa.String(length=36), nullable=False),
        sa.Column("hints", sa.JSON(), nullable=False),
        sa.Column("brought", sa.JSON(), nullable=False),
        sa.CheckConstraint("from_guid <> into_guid AND from_guid <> to_guid", name=op.f("ck_code_redirect_loop")),
        *(
            sa.ForeignKeyConstraint([name], ["code.guid"], name=op.f(f"fk_code_redirect_{name}_code"))
            for name in ("from_guid", "into_guid", "to_guid")
        ),
        sa.PrimaryKeyConstraint("from_guid", name=op.f("pk_code_redirect")),
    )
    op.create_index("ix_code_redirect_to_guid", "code_redirect", ["to_guid"])
    op.create_table(
        "code_split",
        sa.Column("code_guid", sa.String(length=36), nullable=False),
        sa.Column("target_guid", sa.String(length=36), nullable=False),
        sa.CheckConstraint("code_guid <> target_guid", name=op.f("ck_code_split_loop")),
        *(
            sa.ForeignKeyConstraint([name], ["code.guid"], name=op.f(f"fk_code_split_{name}_code"))
            for name in ("code_guid", "target_guid")
        ),
        sa.PrimaryKeyConstraint("code_guid", "target_guid", name=op.f("pk_code_split")),
    )
    op.create_table(
        "split_stay",
        sa.Column("statement_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code_guid", sa.String(length=36), nullable=False),
        sa.Column("decided_by", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_split_stay_statement_id_statement"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["code_guid"], ["code.guid"], name=op.f("fk_split_stay_code_guid_code")),
        sa.ForeignKeyConstraint(["decided_by"], ["user.id"], name=op.f("fk_split_stay_decided_by_user")),
        sa.PrimaryKeyConstraint("statement_id", "code_guid", name=op.f("pk_split_stay")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_split_stay_code_guid", "split_stay", ["code_guid"])


def downgrade() -> None:
    """Take them away again."""
    for table in ("split_stay", "code_split", "code_redirect", "code_event", "codebook_version"):
        op.drop_table(table)
    for name, _kind, _default in COLUMNS:
        op.drop_column("code", name)
