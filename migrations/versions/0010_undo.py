"""What can be undone, and memos."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """What people did last, what it changed, and what they noted."""
    _entries()
    _what_changed()
    _memos()


def downgrade() -> None:
    """Take them away again."""
    for table in ("code_memo", "memo", "undo_tagging", "undo_field", "undo_entry"):
        op.drop_table(table)


def _entries() -> None:
    op.create_table(
        "undo_entry",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("user_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=24), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("was_version", sa.Integer(), nullable=True),
        sa.Column("now_version", sa.Integer(), nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("inverse", sa.String(length=40), nullable=True),
        sa.Column("arguments", sa.String(length=200), nullable=False),
        sa.CheckConstraint("place BETWEEN 1 AND 40", name=op.f("ck_undo_entry_place")),
        sa.CheckConstraint("count > 0", name=op.f("ck_undo_entry_count")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_undo_entry_user_id_user")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["text_item.answer_id"], name=op.f("fk_undo_entry_item_id_text_item"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undo_entry")),
        sa.UniqueConstraint("user_id", "place", name=op.f("uq_undo_entry_user_id_place")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_undo_entry_item_id", "undo_entry", ["item_id"])


def _what_changed() -> None:
    op.create_table(
        "undo_field",
        sa.Column("entry_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("table", sa.String(length=24), nullable=False),
        sa.Column("row_key", sa.String(length=200), nullable=False),
        sa.Column("field", sa.String(length=24), nullable=False),
        sa.Column("was", sa.String(length=200), nullable=True),
        sa.Column("now", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["undo_entry.id"], name=op.f("fk_undo_field_entry_id_undo_entry"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry_id", "table", "row_key", "field", name=op.f("pk_undo_field")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "undo_tagging",
        sa.Column("entry_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("statement_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code_guid", sa.String(length=36), nullable=False),
        sa.Column("coder", sa.LargeBinary(length=16), nullable=False),
        sa.Column("round", sa.String(length=6), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("codebook_version", sa.Integer(), nullable=False),
        sa.Column("is_added", sa.Boolean(), nullable=False),
        sa.Column("answer_id", sa.LargeBinary(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["text_item.answer_id"], name=op.f("fk_undo_tagging_answer_id_text_item"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["code_guid"], ["code.guid"], name=op.f("fk_undo_tagging_code_guid_code")),
        sa.ForeignKeyConstraint(["coder"], ["user.id"], name=op.f("fk_undo_tagging_coder_user")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["undo_entry.id"], name=op.f("fk_undo_tagging_entry_id_undo_entry"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "entry_id", "statement_id", "code_guid", "coder", "round", name=op.f("pk_undo_tagging")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_undo_tagging_answer_id", "undo_tagging", ["answer_id"])


def _memos() -> None:
    op.create_table(
        "memo",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("item_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("statement_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("quote_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN item_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN statement_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN quote_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_memo_target"),
        ),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 4000", name=op.f("ck_memo_text")),
        sa.ForeignKeyConstraint(["author"], ["user.id"], name=op.f("fk_memo_author_user")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["text_item.answer_id"], name=op.f("fk_memo_item_id_text_item"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name=op.f("fk_memo_quote_id_quote"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_memo_statement_id_statement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memo")),
        sqlite_with_rowid=False,
    )
    for column in ("item_id", "statement_id", "quote_id"):
        op.create_index(f"ix_memo_{column}", "memo", [column])
    op.create_table(
        "code_memo",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code_guid", sa.String(length=36), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 4000", name=op.f("ck_code_memo_text")),
        sa.ForeignKeyConstraint(["author"], ["user.id"], name=op.f("fk_code_memo_author_user")),
        sa.ForeignKeyConstraint(["code_guid"], ["code.guid"], name=op.f("fk_code_memo_code_guid_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_memo")),
    )
    op.create_index("ix_code_memo_code_guid", "code_memo", ["code_guid"])
