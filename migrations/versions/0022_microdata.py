"""Which answers may be in microdata, and the numbers Decidim gave to what we sent there."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """A mark on each response, drawn when it is counted; a table of numbers."""
    op.add_column("response", sa.Column("is_in_sample", sa.Boolean(), nullable=True))
    op.create_table(
        "decidim_link",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("decidim_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.CheckConstraint("decidim_id > 0", name=op.f("ck_decidim_link_decidim_id")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_decidim_link")),
    )


def downgrade() -> None:
    """Take them away again; what was drawn is forgotten."""
    op.drop_table("decidim_link")
    op.drop_column("response", "is_in_sample")
