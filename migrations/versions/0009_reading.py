"""Reading again, translations, the alert list, and rules of a text's state that the database holds too.

New rules ride on new columns: SQLite adds no constraint to a table that is there, and writing `text_item` anew
would take every statement with it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

HOLD = "'needs_language', 'second_opinion', 'unclear'"
REJECT = "'spam', 'empty', 'duplicate', 'not_feedback', 'privacy_of_others', 'hate', 'harm', 'other'"
SECOND = "'harm', 'hate', 'other'"
RULES = {
    "held": f"state <> 'held' OR reason IN ({HOLD})",
    "rejected": f"state <> 'rejected' OR reason IN ({REJECT})",
    "waiting": f"state <> 'waiting' OR reason IS NULL OR reason IN ({SECOND})",
    "approved": "state NOT IN ('approved', 'approved_masked') OR (reason IS NULL AND decided_by IS NOT NULL)",
    "agreed": f"state <> 'rejected' OR reason NOT IN ({SECOND}) OR agreed_by IS NOT NULL",
}
TRANSLATION = "(translation IS NULL) = (translator IS NULL)"

DECIDED = "UPDATE text_item SET is_matched = :yes WHERE state NOT IN ('waiting', 'held')"


def upgrade() -> None:
    """Four tables, eight columns, six rules."""
    _add_columns()
    op.get_bind().execute(sa.text(DECIDED), {"yes": True})
    op.create_index(
        "ix_text_item_matched",
        "text_item",
        ["answer_id"],
        sqlite_where=sa.text("is_matched IS NULL"),
        postgresql_where=sa.text("is_matched IS NULL"),
    )
    op.create_table(
        "rereading",
        sa.Column("item_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("first_by", sa.LargeBinary(length=16), nullable=False),
        sa.Column("agreed_by", sa.LargeBinary(length=16), nullable=True),
        sa.Column("outcome", sa.String(length=8), nullable=True),
        sa.CheckConstraint("outcome IN ('upheld', 'reversed')", name=op.f("ck_rereading_outcome")),
        sa.ForeignKeyConstraint(["agreed_by"], ["user.id"], name=op.f("fk_rereading_agreed_by_user")),
        sa.ForeignKeyConstraint(["first_by"], ["user.id"], name=op.f("fk_rereading_first_by_user")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["text_item.answer_id"], name=op.f("fk_rereading_item_id_text_item"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_rereading")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "kept_tag",
        sa.Column("item_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code_guid", sa.String(length=36), nullable=False),
        sa.Column("coder", sa.LargeBinary(length=16), nullable=False),
        sa.Column("round", sa.String(length=6), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("codebook_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("round IN ('first', 'second', 'agreed')", name=op.f("ck_kept_tag_round")),
        sa.CheckConstraint(
            "source IN ('manual', 'accepted', 'group', 'bulk', 'recode', 'import')", name=op.f("ck_kept_tag_source")
        ),
        sa.ForeignKeyConstraint(["code_guid"], ["code.guid"], name=op.f("fk_kept_tag_code_guid_code")),
        sa.ForeignKeyConstraint(["coder"], ["user.id"], name=op.f("fk_kept_tag_coder_user")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["text_item.answer_id"], name=op.f("fk_kept_tag_item_id_text_item"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", "code_guid", "coder", "round", name=op.f("pk_kept_tag")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "alert_word",
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(word) > 2", name=op.f("ck_alert_word_word")),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_alert_word")),
    )
    op.create_table(
        "withdrawal",
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.CheckConstraint("responses > 0", name=op.f("ck_withdrawal_responses")),
        sa.PrimaryKeyConstraint("quarter", name=op.f("pk_withdrawal")),
    )


def downgrade() -> None:
    """Take them away again; the rules go with their columns."""
    for table in ("withdrawal", "alert_word", "kept_tag", "rereading"):
        op.drop_table(table)
    op.drop_index("ix_text_item_matched", table_name="text_item")
    if op.get_bind().dialect.name == "postgresql":
        for name in RULES:
            op.drop_constraint(op.f(f"ck_text_item_{name}"), "text_item", type_="check")
        op.drop_constraint(op.f("ck_statement_translation"), "statement", type_="check")
    for table, columns in (
        ("statement", ("translation", "translator")),
        ("mask_span", ("why",)),
        ("text_item", ("translated_by", "translation", "masker_version", "is_matched")),
    ):
        for column in columns:
            op.drop_column(table, column)


def _add_columns() -> None:
    rules = [f"CONSTRAINT ck_text_item_{name} CHECK ({rule})" for name, rule in RULES.items()]
    blob, boolean = ("BYTEA", "BOOLEAN") if op.get_bind().dialect.name == "postgresql" else ("BLOB", "BOOLEAN")
    for table, column in (
        ("text_item", f"is_matched {boolean}"),
        ("text_item", f"masker_version VARCHAR(8) {' '.join(rules)}"),
        ("text_item", f"translation {blob}"),
        ("text_item", f'translated_by {blob} CONSTRAINT fk_text_item_translated_by_user REFERENCES "user" (id)'),
        ("mask_span", "why VARCHAR(60)"),
        ("statement", f'translator {blob} CONSTRAINT fk_statement_translator_user REFERENCES "user" (id)'),
        ("statement", f"translation TEXT CONSTRAINT ck_statement_translation CHECK ({TRANSLATION})"),
    ):
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
