"""When the small numbers of a month were destroyed."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """A day on each counted month."""
    op.add_column("counted_month", sa.Column("destroyed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("counted_month", "destroyed_on")
