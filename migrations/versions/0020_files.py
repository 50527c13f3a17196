"""Files about all releases, and how far the work on a release has come."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Two tables, and why figures of a preview are hidden."""
    op.create_table(
        "open_file",
        sa.Column("name", sa.String(length=24), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_open_file_sha256")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_open_file")),
    )
    op.create_table(
        "release_progress",
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_release_progress_percent")),
        sa.PrimaryKeyConstraint("period", name=op.f("pk_release_progress")),
    )
    op.add_column("release_preview", sa.Column("reasons", sa.JSON(), nullable=True))
    op.add_column("release_preview", sa.Column("seconds", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Without them."""
    op.drop_column("release_preview", "seconds")
    op.drop_column("release_preview", "reasons")
    op.drop_table("release_progress")
    op.drop_table("open_file")
