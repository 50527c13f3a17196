"""The few taggings that two people agreed on, found without a look at all others."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

AGREED = sa.text("round = 'agreed'")


def upgrade() -> None:
    """A partial index: every count and every list asks which statements have an agreed round."""
    op.create_index("ix_tagging_agreed", "tagging", ["statement_id"], sqlite_where=AGREED, postgresql_where=AGREED)


def downgrade() -> None:
    """Take it away again."""
    op.drop_index("ix_tagging_agreed", table_name="tagging")
