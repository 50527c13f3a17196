"""Which answers may be in microdata."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """A mark on each response, drawn when it is counted."""
    op.add_column("response", sa.Column("is_in_sample", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Take it away again: what was drawn is forgotten."""
    op.drop_column("response", "is_in_sample")
