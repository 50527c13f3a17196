"""What may be shown of conversations by text, decided once a quarter."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """One table."""
    op.create_table(
        "answering",
        sa.Column("survey_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("survey_id", "version", "period", name=op.f("pk_answering")),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("answering")
