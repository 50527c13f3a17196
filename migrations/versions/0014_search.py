"""Finding statements by what they hold: trigrams on both databases, each in its own way."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

INDEXES = {
    "postgresql": (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "CREATE INDEX ix_statement_folded ON statement USING gin (folded gin_trgm_ops)",
    ),
    "sqlite": (
        "CREATE VIRTUAL TABLE statement_search USING fts5(folded, statement_id UNINDEXED, tokenize='trigram')",
        "CREATE INDEX ix_statement_new ON statement (id) WHERE in_index IS NULL",
    ),
}


def upgrade() -> None:
    """A column, and each database's own index."""
    op.add_column("statement", sa.Column("in_index", sa.Boolean(), nullable=True))
    for said in INDEXES[op.get_bind().dialect.name]:
        op.execute(said)


def downgrade() -> None:
    """Take them away again; the extension stays, others may use it."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX ix_statement_folded")
    else:
        op.execute("DROP TABLE statement_search")
        op.execute("DROP INDEX ix_statement_new")
    op.drop_column("statement", "in_index")
