"""Which statements have a theme, so that those without one are found without a look at all; and two indexes mended."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

UNNOTED = sa.text("has_theme IS NULL")


def upgrade() -> None:
    """A column that may be NULL, so that no row is written anew; a partial index; two drawn again."""
    op.add_column("statement", sa.Column("has_theme", sa.Boolean(), nullable=True))
    op.create_index(
        "ix_statement_unthemed", "statement", ["week", "id"], sqlite_where=UNNOTED, postgresql_where=UNNOTED
    )
    _draw_again(["state", "answer_id"], "second_due IS 1")
    op.drop_index("ix_statement_week", table_name="statement")
    op.create_index("ix_statement_week", "statement", ["week", "id"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_index("ix_statement_week", table_name="statement")
    op.create_index("ix_statement_week", "statement", ["week"])
    _draw_again(["answer_id"], "second_due IS TRUE")
    op.drop_index("ix_statement_unthemed", table_name="statement")
    op.drop_column("statement", "has_theme")


def _draw_again(columns: list[str], on_sqlite: str) -> None:
    """SQLite uses a partial index only where it is asked in the same words; both want the state in front."""
    op.drop_index("ix_text_item_second", table_name="text_item")
    conditions = {"sqlite_where": sa.text(on_sqlite), "postgresql_where": sa.text("second_due IS TRUE")}
    op.create_index("ix_text_item_second", "text_item", columns, **conditions)
