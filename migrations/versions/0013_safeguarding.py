"""Cases of safeguarding, and two signatures under a quote."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """The table of cases."""
    op.create_table(
        "safeguarding_case",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("item_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("step", sa.String(length=8), nullable=False),
        sa.Column("concern", sa.String(length=12), nullable=True),
        sa.Column("sensitivity", sa.String(length=14), nullable=True),
        sa.Column("criticality", sa.String(length=12), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=True),
        sa.Column("loop", sa.String(length=12), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("site_kind", sa.String(length=40), nullable=True),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "step IN ('raised', 'assessed', 'decided', 'reviewed', 'closed')", name=op.f("ck_safeguarding_case_step")
        ),
        sa.CheckConstraint(
            "concern IN ('own_life', 'others', 'treated', 'drugs', 'child', 'unsure')",
            name=op.f("ck_safeguarding_case_concern"),
        ),
        sa.CheckConstraint(
            "sensitivity IN ('sensitive', 'not_sensitive', 'unclear')", name=op.f("ck_safeguarding_case_sensitivity")
        ),
        sa.CheckConstraint(
            "criticality IN ('at_once', 'action', 'no_action', 'taken', 'unclear')",
            name=op.f("ck_safeguarding_case_criticality"),
        ),
        sa.CheckConstraint(
            "status IN ('review', 'internally', 'externally', 'no_action', 'taken')",
            name=op.f("ck_safeguarding_case_status"),
        ),
        sa.CheckConstraint(
            "loop IN ('at_once', 'call', 'visit', 'message', 'focal_point', 'other')",
            name=op.f("ck_safeguarding_case_loop"),
        ),
        sa.CheckConstraint(
            "outcome IN ('site_informed', 'drug_alert', 'authority_informed', 'help_shown_publicly', "
            "'nothing_possible', 'not_a_case')",
            name=op.f("ck_safeguarding_case_outcome"),
        ),
        sa.CheckConstraint(
            "(step = 'closed') = (outcome IS NOT NULL)", name=op.f("ck_safeguarding_case_closed_with_outcome")
        ),
        sa.CheckConstraint(
            "(step = 'closed') = (item_id IS NULL)", name=op.f("ck_safeguarding_case_closed_cuts_the_link")
        ),
        sa.CheckConstraint(
            "step <> 'closed' OR (concern IS NULL AND sensitivity IS NULL AND criticality IS NULL "
            "AND status IS NULL AND loop IS NULL)",
            name=op.f("ck_safeguarding_case_closed_keeps_nothing_else"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["text_item.answer_id"],
            name=op.f("fk_safeguarding_case_item_id_text_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguarding_case")),
        sa.UniqueConstraint("item_id", name=op.f("uq_safeguarding_case_item_id")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("safeguarding_case")
