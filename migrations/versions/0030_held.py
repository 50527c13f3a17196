"""Responses that came in a flood wait until a moderator lets them in."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """A column that may be NULL, so that no row is written anew."""
    op.add_column("response", sa.Column("is_held", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Take it away: what is held then leaves with the next batch."""
    op.drop_column("response", "is_held")
