"""Claims, saved filters, and what stands on a text beside its state."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

OLD, NEW = "ix_text_item_state", "ix_text_item_turn"
WEEK = (
    "UPDATE text_item SET is_alert = :no, turn = CASE WHEN is_urgent THEN 0 ELSE 2 END, "
    "week = (SELECT r.week FROM answer a JOIN response r ON r.id = a.response_id WHERE a.id = text_item.answer_id)"
)


def upgrade() -> None:
    """Four tables, three columns. The columns may be NULL, so that the table is not written anew around its links."""
    for column in (
        sa.Column("is_alert", sa.Boolean()),
        sa.Column("turn", sa.Integer()),
        sa.Column("week", sa.String(8)),
    ):
        op.add_column("text_item", column)
    op.get_bind().execute(sa.text(WEEK), {"no": False})
    op.drop_index(OLD, table_name="text_item")
    op.create_index(NEW, "text_item", ["state", "turn", "week", "answer_id"])
    op.create_table(
        "claim",
        sa.Column("item_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("user_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["text_item.answer_id"], name=op.f("fk_claim_item_id_text_item"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_claim_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_claim")),
    )
    op.create_index(op.f("ix_claim_user_id"), "claim", ["user_id"])
    op.create_table(
        "skipped",
        sa.Column("item_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("user_id", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["text_item.answer_id"], name=op.f("fk_skipped_item_id_text_item"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_skipped_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item_id", "user_id", name=op.f("pk_skipped")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("user_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("facets", sa.JSON(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_saved_filter_name")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_saved_filter_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
    )
    op.create_index(op.f("ix_saved_filter_user_id"), "saved_filter", ["user_id"])
    op.create_table(
        "keyboard",
        sa.Column("user_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.Column("recent", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_keyboard_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_keyboard")),
    )


def downgrade() -> None:
    """Take them away again."""
    for table in ("keyboard", "saved_filter", "skipped", "claim"):
        op.drop_table(table)
    op.drop_index(NEW, table_name="text_item")
    op.create_index(OLD, "text_item", ["state", "is_urgent"])
    for column in ("week", "turn", "is_alert"):
        op.drop_column("text_item", column)
