"""What was suggested and what became of it, and the new words that were settled."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Two tables, and which language a text seems to be in."""
    op.add_column("text_item", sa.Column("lang_guess", sa.String(length=3), nullable=True))
    op.create_table(
        "suggestion_shown",
        sa.Column("statement_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code_guid", sa.String(length=36), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("hint", sa.String(length=80), nullable=True),
        sa.Column("model_version", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.CheckConstraint("outcome IN ('accepted', 'refused', 'passed')", name=op.f("ck_suggestion_shown_outcome")),
        sa.CheckConstraint("level BETWEEN 0 AND 2", name=op.f("ck_suggestion_shown_level")),
        sa.CheckConstraint("place BETWEEN 1 AND 9", name=op.f("ck_suggestion_shown_place")),
        sa.ForeignKeyConstraint(["code_guid"], ["code.guid"], name=op.f("fk_suggestion_shown_code_guid_code")),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_suggestion_shown_statement_id_statement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("statement_id", "code_guid", name=op.f("pk_suggestion_shown")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "settled_word",
        sa.Column("stem", sa.String(length=60), nullable=False),
        sa.Column("verdict", sa.String(length=7), nullable=False),
        sa.CheckConstraint("verdict IN ('hint', 'code', 'nothing')", name=op.f("ck_settled_word_verdict")),
        sa.PrimaryKeyConstraint("stem", name=op.f("pk_settled_word")),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_column("text_item", "lang_guess")
    for table in ("settled_word", "suggestion_shown"):
        op.drop_table(table)
