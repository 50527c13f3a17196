"""A blind second reading of some texts, and what is kept of how the desk keeps up."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """A column that may be NULL, so that no row is written anew; three partial indexes; two tables of counts."""
    op.add_column("text_item", sa.Column("second_due", sa.Boolean(), nullable=True))
    _partial("ix_text_item_undrawn", "text_item", "answer_id", "second_due IS NULL")
    _partial("ix_text_item_second", "text_item", "answer_id", "second_due IS TRUE")
    _partial("ix_tagging_second", "tagging", "statement_id", "round = 'second'")
    op.create_table(
        "week_read",
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("decided", sa.Integer(), nullable=False),
        sa.Column("undecided", sa.Integer(), nullable=False),
        sa.CheckConstraint("decided >= 0 AND undecided >= 0", name=op.f("ck_week_read_counts")),
        sa.PrimaryKeyConstraint("week", name=op.f("pk_week_read")),
    )
    op.create_table(
        "moderated",
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("period", name=op.f("pk_moderated")),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("moderated")
    op.drop_table("week_read")
    op.drop_index("ix_tagging_second", table_name="tagging")
    op.drop_index("ix_text_item_second", table_name="text_item")
    op.drop_index("ix_text_item_undrawn", table_name="text_item")
    op.drop_column("text_item", "second_due")


def _partial(name: str, table: str, column: str, where: str) -> None:
    op.create_index(name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))
