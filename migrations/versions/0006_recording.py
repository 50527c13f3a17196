"""Prompts read in by a person, beside those that ship with the product."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """One table."""
    op.create_table(
        "recording",
        sa.Column("lang", sa.String(length=3), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("sound", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sound) BETWEEN 1 AND 20480", name=op.f("ck_recording_sound")),
        sa.PrimaryKeyConstraint("lang", "text_hash", name=op.f("pk_recording")),
        sa.UniqueConstraint("name", name=op.f("uq_recording_name")),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("recording")
