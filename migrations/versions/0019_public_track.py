"""The track as citizens read it."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Three tables."""
    op.create_table(
        "track_entry",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("phase", sa.String(length=40), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("initiatives", sa.JSON(), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.CheckConstraint("changed_on >= first_on", name=op.f("ck_track_entry_changed_on")),
        sa.CheckConstraint(
            "kind IN ('phase', 'finding', 'research', 'proposal', 'decision', 'action')",
            name=op.f("ck_track_entry_kind"),
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_track_entry")),
    )
    op.create_index(op.f("ix_track_entry_kind"), "track_entry", ["kind"], unique=False)
    op.create_index(op.f("ix_track_entry_stamp"), "track_entry", ["stamp"], unique=False)
    op.create_table(
        "track_link",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("relation", sa.String(length=11), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "relation IN ('stands_on', 'considered', 'set_aside', 'answers', 'carries_out', 'corrects', "
            "'supports', 'contradicts', 'other_angle', 'not_covered')",
            name=op.f("ck_track_link_relation"),
        ),
        sa.ForeignKeyConstraint(
            ["code"], ["track_entry.code"], name=op.f("fk_track_link_code_track_entry"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("code", "relation", "target", name=op.f("pk_track_link")),
    )
    op.create_index(op.f("ix_track_link_target"), "track_link", ["target"], unique=False)
    op.create_table(
        "change_rate",
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("period", name=op.f("pk_change_rate")),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("change_rate")
    op.drop_index(op.f("ix_track_link_target"), table_name="track_link")
    op.drop_table("track_link")
    op.drop_index(op.f("ix_track_entry_stamp"), table_name="track_entry")
    op.drop_index(op.f("ix_track_entry_kind"), table_name="track_entry")
    op.drop_table("track_entry")
