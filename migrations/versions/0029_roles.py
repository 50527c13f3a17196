"""What each side's secret left behind, so that neither side is given the other's."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Nothing is known yet of any secret."""
    op.create_table(
        "side_mark",
        sa.Column("mark", sa.LargeBinary(32), nullable=False),
        sa.Column("side", sa.String(7), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_side_mark")),
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_table("side_mark")
