"""Research, answers to proposals, and actions."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

Row = dict[str, Any]
LINKS = {
    "proposal_finding": "fk_proposal_finding_proposal_proposal",
    "decision_proposal": "fk_decision_proposal_proposal_proposal",
}
"""What points at a proposal, and the name of the key."""
NEW = {
    "principle": None,
    "is_trial": False,
    "asked_again_on": None,
    "answer": "",
    "answered_by": "",
    "answered_on": None,
}


def upgrade() -> None:
    """Research with its file, proposals with their answers, and actions with what shows that they were done."""
    _create_research()
    _make_proposals_anew(_create_proposals, lambda row: row | NEW)
    _create_around_proposals()
    _create_actions()


def downgrade() -> None:
    """Take them away again: a proposal that was answered is one that was sent."""
    for table in ("action_evidence", "action_milestone", "action", "former_answer", "proposal_research"):
        op.drop_table(table)
    _make_proposals_anew(_create_proposals_before, _as_before)
    for table in ("research_relation", "research_file", "research"):
        op.drop_table(table)


def _make_proposals_anew(create: Callable[[], None], as_it_is_then: Callable[[Row], Row]) -> None:
    """Another table under the same name, with every proposal in it and everything that points at one."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    proposals, links = _rows("proposal"), {table: _rows(table) for table in LINKS}
    for table, key in LINKS.items():
        op.execute(_table(table).delete())
        if is_postgresql:
            op.drop_constraint(key, table, type_="foreignkey")
    op.drop_table("proposal")
    create()
    op.bulk_insert(_table("proposal"), [as_it_is_then(row) for row in proposals])
    for table, key in LINKS.items():
        if is_postgresql:
            cascades = "CASCADE" if table == "proposal_finding" else None
            op.create_foreign_key(key, table, "proposal", ["proposal"], ["number"], ondelete=cascades)
        op.bulk_insert(_table(table), links[table])


def _rows(name: str) -> list[Row]:
    return [dict(row) for row in op.get_bind().execute(_table(name).select()).mappings()]


def _table(name: str) -> sa.Table:
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)


def _as_before(row: Row) -> Row:
    kept = {name: value for name, value in row.items() if name not in NEW}
    return kept | {"state": row["state"] if row["state"] in ("draft", "withdrawn") else "submitted"}


def _create_research() -> None:
    op.create_table(
        "research",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("institution", sa.String(length=120), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("link", sa.String(length=400), nullable=False),
        sa.Column("says", sa.String(length=600), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("initiatives", sa.JSON(), nullable=False),
        sa.Column("phase_key", sa.String(length=40), nullable=True),
        sa.Column("permission", sa.String(length=200), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.Column("registered_by_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("reviewed_by_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_because", sa.Text(), nullable=False),
        sa.CheckConstraint("(kind = 'none') = (asked_on IS NOT NULL)", name=op.f("ck_research_asked")),
        sa.CheckConstraint("(kind = 'none') = (dated IS NULL)", name=op.f("ck_research_dated")),
        sa.CheckConstraint("(state = 'registered') = (reviewed_by_id IS NULL)", name=op.f("ck_research_reviewed")),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (length(trim(withdrawn_because)) > 0)", name=op.f("ck_research_withdrawn")
        ),
        sa.CheckConstraint(
            "(state IN ('published', 'withdrawn')) = (published_on IS NOT NULL)", name=op.f("ck_research_published")
        ),
        sa.CheckConstraint("kind <> 'none' OR file_sha256 IS NULL", name=op.f("ck_research_nothing_received")),
        sa.CheckConstraint(
            "kind IN ('baseline', 'interim', 'final', 'register', 'other', 'none')", name=op.f("ck_research_kind")
        ),
        sa.CheckConstraint(
            "state IN ('registered', 'reviewed', 'published', 'withdrawn')", name=op.f("ck_research_state")
        ),
        sa.CheckConstraint("file_sha256 IS NULL OR length(file_sha256) = 64", name=op.f("ck_research_sha256")),
        sa.CheckConstraint("file_sha256 IS NULL OR length(trim(permission)) > 0", name=op.f("ck_research_permission")),
        sa.CheckConstraint("length(says) <= 600", name=op.f("ck_research_says")),
        sa.CheckConstraint("length(trim(institution)) > 0", name=op.f("ck_research_institution")),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_research_title")),
        sa.ForeignKeyConstraint(["phase_key"], ["phase.key"], name=op.f("fk_research_phase_key_phase")),
        sa.ForeignKeyConstraint(["registered_by_id"], ["user.id"], name=op.f("fk_research_registered_by_id_user")),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["user.id"], name=op.f("fk_research_reviewed_by_id_user")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_research")),
    )
    op.create_table(
        "research_file",
        sa.Column("research_number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["research_number"],
            ["research.number"],
            name=op.f("fk_research_file_research_number_research"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("research_number", name=op.f("pk_research_file")),
    )
    op.create_table(
        "research_relation",
        sa.Column("research_number", sa.Integer(), nullable=False),
        sa.Column("finding_number", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(length=11), nullable=False),
        sa.CheckConstraint(
            "relation IN ('supports', 'contradicts', 'other_angle', 'not_covered')",
            name=op.f("ck_research_relation_relation"),
        ),
        sa.ForeignKeyConstraint(
            ["finding_number"], ["finding.number"], name=op.f("fk_research_relation_finding_number_finding")
        ),
        sa.ForeignKeyConstraint(
            ["research_number"],
            ["research.number"],
            name=op.f("fk_research_relation_research_number_research"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("research_number", "finding_number", name=op.f("pk_research_relation")),
    )


def _create_proposals() -> None:
    op.create_table(
        "proposal",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ask", sa.Text(), nullable=False),
        sa.Column("recipient", sa.String(length=20), nullable=False),
        sa.Column("recipient_name", sa.String(length=120), nullable=False),
        sa.Column("initiative", sa.String(length=40), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("answer_due", sa.Date(), nullable=True),
        sa.Column("withdrawn_because", sa.Text(), nullable=False),
        sa.Column("principle", sa.Integer(), nullable=True),
        sa.Column("is_trial", sa.Boolean(), nullable=False),
        sa.Column("asked_again_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=120), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("author_id", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint(
            "(state IN ('accepted', 'partly_accepted', 'rejected')) = (answered_on IS NOT NULL AND length(trim(answered_by)) > 0)",
            name=op.f("ck_proposal_answered"),
        ),
        sa.CheckConstraint(
            "recipient IN ('ministry', 'region', 'municipality', 'two_municipalities', 'site_owner', 'ngo', 'council')",
            name=op.f("ck_proposal_recipient"),
        ),
        sa.CheckConstraint(
            "state <> 'withdrawn' OR length(trim(withdrawn_because)) > 0", name=op.f("ck_proposal_withdrawn")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'evaluating', 'accepted', 'partly_accepted', 'rejected', 'withdrawn')",
            name=op.f("ck_proposal_state"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'withdrawn') OR submitted_on IS NOT NULL AND answer_due IS NOT NULL",
            name=op.f("ck_proposal_clock"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('partly_accepted', 'rejected') OR length(trim(answer)) >= 100",
            name=op.f("ck_proposal_answer"),
        ),
        sa.CheckConstraint("answer_due > submitted_on", name=op.f("ck_proposal_answer_due")),
        sa.CheckConstraint("length(trim(ask)) > 0", name=op.f("ck_proposal_ask")),
        sa.CheckConstraint("length(trim(recipient_name)) > 0", name=op.f("ck_proposal_recipient_name")),
        sa.CheckConstraint("principle BETWEEN 1 AND 10", name=op.f("ck_proposal_principle")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_proposal_author_id_user")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_proposal")),
    )


def _create_around_proposals() -> None:
    op.create_table(
        "proposal_research",
        sa.Column("proposal", sa.Integer(), nullable=False),
        sa.Column("research", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal"], ["proposal.number"], name=op.f("fk_proposal_research_proposal_proposal"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["research"], ["research.number"], name=op.f("fk_proposal_research_research_research")),
        sa.PrimaryKeyConstraint("proposal", "research", name=op.f("pk_proposal_research")),
    )
    op.create_table(
        "former_answer",
        sa.Column("proposal_number", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=120), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("reopened_on", sa.Date(), nullable=False),
        sa.Column("reopened_because", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('accepted', 'partly_accepted', 'rejected')", name=op.f("ck_former_answer_state")),
        sa.CheckConstraint("length(trim(reopened_because)) > 0", name=op.f("ck_former_answer_reopened")),
        sa.ForeignKeyConstraint(
            ["proposal_number"],
            ["proposal.number"],
            name=op.f("fk_former_answer_proposal_number_proposal"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("proposal_number", "number", name=op.f("pk_former_answer")),
    )


def _create_actions() -> None:
    op.create_table(
        "action",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("owner_kind", sa.String(length=20), nullable=False),
        sa.Column("site_code", sa.String(length=8), nullable=True),
        sa.Column("decision_number", sa.Integer(), nullable=True),
        sa.Column("proposal_number", sa.Integer(), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("is_trial", sa.Boolean(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("set_by_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("checked_by_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("dropped_because", sa.Text(), nullable=False),
        sa.Column("reopened_because", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.CheckConstraint("(state = 'dropped') = (length(trim(dropped_because)) > 0)", name=op.f("ck_action_dropped")),
        sa.CheckConstraint("(state IN ('done', 'dropped')) = (ended_on IS NOT NULL)", name=op.f("ck_action_ended")),
        sa.CheckConstraint(
            "NOT is_trial OR state NOT IN ('done', 'dropped') OR length(trim(result)) > 0",
            name=op.f("ck_action_trial_has_a_result"),
        ),
        sa.CheckConstraint(
            "owner_kind IN ('ministry', 'region', 'municipality', 'two_municipalities', 'site_owner', 'ngo', 'council')",
            name=op.f("ck_action_owner_kind"),
        ),
        sa.CheckConstraint(
            "state <> 'done' OR (progress = 100 AND set_by_id IS NOT NULL AND checked_by_id IS NOT NULL)",
            name=op.f("ck_action_done"),
        ),
        sa.CheckConstraint("state IN ('planned', 'dropped') OR started_on IS NOT NULL", name=op.f("ck_action_started")),
        sa.CheckConstraint(
            "state IN ('planned', 'started', 'paused', 'done', 'dropped')", name=op.f("ck_action_state")
        ),
        sa.CheckConstraint(
            "decision_number IS NOT NULL OR proposal_number IS NOT NULL", name=op.f("ck_action_carries_out")
        ),
        sa.CheckConstraint("length(trim(owner)) > 0", name=op.f("ck_action_owner")),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_action_title")),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_action_progress")),
        sa.CheckConstraint("set_by_id <> checked_by_id", name=op.f("ck_action_two_people")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["user.id"], name=op.f("fk_action_checked_by_id_user")),
        sa.ForeignKeyConstraint(
            ["decision_number"], ["decision.number"], name=op.f("fk_action_decision_number_decision")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_number"], ["proposal.number"], name=op.f("fk_action_proposal_number_proposal")
        ),
        sa.ForeignKeyConstraint(["set_by_id"], ["user.id"], name=op.f("fk_action_set_by_id_user")),
        sa.ForeignKeyConstraint(["site_code"], ["site.code"], name=op.f("fk_action_site_code_site")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_action")),
    )
    op.create_table(
        "action_milestone",
        sa.Column("action_number", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.CheckConstraint("length(trim(text)) > 0", name=op.f("ck_action_milestone_text")),
        sa.ForeignKeyConstraint(
            ["action_number"],
            ["action.number"],
            name=op.f("fk_action_milestone_action_number_action"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("action_number", "number", name=op.f("pk_action_milestone")),
    )
    op.create_table(
        "action_evidence",
        sa.Column("action_number", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("link", sa.String(length=400), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_by_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("shown_by_id", sa.LargeBinary(length=16), nullable=True),
        sa.CheckConstraint("length(trim(text)) > 0", name=op.f("ck_action_evidence_text")),
        sa.ForeignKeyConstraint(
            ["action_number"],
            ["action.number"],
            name=op.f("fk_action_evidence_action_number_action"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["given_by_id"], ["user.id"], name=op.f("fk_action_evidence_given_by_id_user")),
        sa.ForeignKeyConstraint(["shown_by_id"], ["user.id"], name=op.f("fk_action_evidence_shown_by_id_user")),
        sa.PrimaryKeyConstraint("action_number", "number", name=op.f("pk_action_evidence")),
    )


def _create_proposals_before() -> None:
    op.create_table(
        "proposal",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ask", sa.Text(), nullable=False),
        sa.Column("recipient", sa.String(length=20), nullable=False),
        sa.Column("recipient_name", sa.String(length=120), nullable=False),
        sa.Column("initiative", sa.String(length=40), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("answer_due", sa.Date(), nullable=True),
        sa.Column("withdrawn_because", sa.Text(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(length=16), nullable=False),
        sa.CheckConstraint(
            "recipient IN ('ministry', 'region', 'municipality', 'two_municipalities', 'site_owner', 'ngo', 'council')",
            name=op.f("ck_proposal_recipient"),
        ),
        sa.CheckConstraint(
            "state <> 'submitted' OR submitted_on IS NOT NULL AND answer_due IS NOT NULL",
            name=op.f("ck_proposal_clock"),
        ),
        sa.CheckConstraint(
            "state <> 'withdrawn' OR length(trim(withdrawn_because)) > 0", name=op.f("ck_proposal_withdrawn")
        ),
        sa.CheckConstraint("state IN ('draft', 'submitted', 'withdrawn')", name=op.f("ck_proposal_state")),
        sa.CheckConstraint("answer_due > submitted_on", name=op.f("ck_proposal_answer_due")),
        sa.CheckConstraint("length(trim(ask)) > 0", name=op.f("ck_proposal_ask")),
        sa.CheckConstraint("length(trim(recipient_name)) > 0", name=op.f("ck_proposal_recipient_name")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_proposal_author_id_user")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_proposal")),
    )
