"""Cases of safeguarding, and two signatures under a quote."""

from collections.abc import Callable
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


Row = dict[str, Any]
MEMO_KEY = "fk_memo_quote_id_quote"
KEPT = ("id", "theme", "statement_id", "kind", "has_consent", "text", "lang", "place_kind", "region", "season", "flags")
"""Columns of a quote that stay as they are."""
DOWN = {"state": "taken_down", "text": "–", "flags": ""}
"""What becomes of a quote that the other form of the table cannot hold: nothing is shown that fewer rules let out."""


def upgrade() -> None:
    """The table of cases; quotes as something of a citizen's, with what each leans on."""
    _create_cases()
    op.create_index(
        "ix_cell_figure", "cell", ["release_id", "table", "place", "period", "split", "category", "value"], unique=True
    )
    _make_quotes_anew(_create_quotes, _as_now)


def downgrade() -> None:
    """Take them away again."""
    _make_quotes_anew(_create_quotes_before, _as_before)
    op.drop_index("ix_cell_figure", "cell")
    op.drop_table("safeguarding_case")


def _make_quotes_anew(create: Callable[[], None], as_it_is_then: Callable[[Row], Row]) -> None:
    """Another table under the same name, with every quote and every memo on one."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    quotes, memos = _rows("quote"), [row for row in _rows("memo") if row["quote_id"] is not None]
    if is_postgresql:
        op.drop_constraint(MEMO_KEY, "memo", type_="foreignkey")
    op.drop_table("quote")  # SQLite takes the memos away with it
    create()
    op.bulk_insert(_table("quote"), [as_it_is_then(row) for row in quotes])
    if is_postgresql:
        op.create_foreign_key(MEMO_KEY, "memo", "quote", ["quote_id"], ["id"], ondelete="CASCADE")
    else:
        op.bulk_insert(_table("memo"), memos)


def _rows(name: str) -> list[Row]:
    return [dict(row) for row in op.get_bind().execute(_table(name).select()).mappings()]


def _table(name: str) -> sa.Table:
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)


def _as_now(row: Row) -> Row:
    """Signatures are asked for anew: a quote from before has neither a figure nor a wording to stand by."""
    kept = {name: row[name] for name in KEPT} | {"free_week": _week(row["free_from"]), "version": 1}
    if row["state"] == "proposed" and _has_statement(row["statement_id"]):
        return kept | {"state": "draft", "draft_of": row["statement_id"]}
    return kept | DOWN | {"statement_id": row["statement_id"] or bytes(16), "draft_of": None}


def _as_before(row: Row) -> Row:
    kept = {name: row[name] for name in KEPT}
    kept |= {"free_from": _monday(row["free_week"]), "first_by": row["first_by"] or "migration"}
    return kept | ({"state": "proposed"} if row["state"] in ("draft", "first_signed") else DOWN)


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def _monday(week: str) -> date:
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


def _has_statement(statement_id: Any) -> bool:
    statement = sa.table("statement", sa.column("id"))
    found = sa.select(statement.c.id).where(statement.c.id == statement_id)
    return op.get_bind().execute(found).first() is not None


def _create_cases() -> None:
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


def _create_quotes() -> None:
    op.create_table(
        "quote",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("theme", sa.String(length=12), nullable=False),
        sa.Column("statement_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("draft_of", sa.LargeBinary(length=16), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("has_consent", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signed_text", sa.Text(), nullable=True),
        sa.Column("lang", sa.String(length=3), nullable=False),
        sa.Column("place_kind", sa.String(length=40), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("season", sa.String(length=12), nullable=False),
        sa.Column("flags", sa.String(length=40), nullable=False),
        sa.Column("free_week", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("first_by", sa.String(length=40), nullable=True),
        sa.Column("second_by", sa.String(length=40), nullable=True),
        sa.Column("approved_week", sa.String(length=8), nullable=True),
        sa.Column("release_id", sa.String(length=12), nullable=True),
        sa.Column("cell_table", sa.String(length=8), nullable=True),
        sa.Column("cell_place", sa.String(length=40), nullable=True),
        sa.Column("cell_period", sa.String(length=8), nullable=True),
        sa.Column("cell_split", sa.String(length=40), nullable=True),
        sa.Column("voices", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'first_signed', 'approved', 'released', 'taken_down')", name=op.f("ck_quote_state")
        ),
        sa.CheckConstraint("kind IN ('verbatim', 'paraphrase')", name=op.f("ck_quote_kind")),
        sa.CheckConstraint("kind <> 'verbatim' OR has_consent", name=op.f("ck_quote_consent")),
        sa.CheckConstraint("first_by <> second_by", name=op.f("ck_quote_two_people")),
        sa.CheckConstraint("state <> 'draft' OR (first_by IS NULL AND second_by IS NULL)", name=op.f("ck_quote_draft")),
        sa.CheckConstraint(
            "state <> 'first_signed' OR (first_by IS NOT NULL AND second_by IS NULL)",
            name=op.f("ck_quote_first_signed"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('first_signed', 'approved', 'released') OR (signed_text IS NOT NULL AND signed_text = text)",
            name=op.f("ck_quote_signed_text"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'released') OR (first_by IS NOT NULL AND second_by IS NOT NULL AND flags = '' "
            "AND approved_week IS NOT NULL AND approved_week >= free_week)",
            name=op.f("ck_quote_approved"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'released') OR (release_id IS NOT NULL AND cell_table IS NOT NULL "
            "AND cell_place IS NOT NULL AND cell_period IS NOT NULL AND cell_split IS NOT NULL AND voices IS NOT NULL)",
            name=op.f("ck_quote_printed"),
        ),
        sa.CheckConstraint(
            "cell_place = region || '/' || place_kind AND cell_split = 'theme'",
            name=op.f("ck_quote_printed_at_that_level"),
        ),
        sa.CheckConstraint("voices >= 5", name=op.f("ck_quote_voices")),
        sa.CheckConstraint(
            "(state IN ('released', 'taken_down')) = (draft_of IS NULL)", name=op.f("ck_quote_draft_of")
        ),
        sa.CheckConstraint("draft_of = statement_id", name=op.f("ck_quote_one_statement")),
        sa.CheckConstraint("version > 0", name=op.f("ck_quote_version")),
        sa.ForeignKeyConstraint(
            ["draft_of"], ["statement.id"], name=op.f("fk_quote_draft_of_statement"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["release_id", "cell_table", "cell_place", "cell_period", "cell_split", "theme", "voices"],
            ["cell.release_id", "cell.table", "cell.place", "cell.period", "cell.split", "cell.category", "cell.value"],
            name="fk_quote_cell",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
        sqlite_with_rowid=False,
    )
    for column in ("theme", "statement_id", "draft_of"):
        op.create_index(op.f(f"ix_quote_{column}"), "quote", [column])


def _create_quotes_before() -> None:
    op.create_table(
        "quote",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("theme", sa.String(length=12), nullable=False),
        sa.Column("statement_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("has_consent", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=3), nullable=False),
        sa.Column("place_kind", sa.String(length=40), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("season", sa.String(length=12), nullable=False),
        sa.Column("flags", sa.String(length=40), nullable=False),
        sa.Column("free_from", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("first_by", sa.String(length=40), nullable=False),
        sa.Column("second_by", sa.String(length=40), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("release_id", sa.String(length=12), nullable=True),
        sa.CheckConstraint("kind <> 'verbatim' OR has_consent", name=op.f("ck_quote_consent")),
        sa.CheckConstraint("kind IN ('verbatim', 'paraphrase')", name=op.f("ck_quote_kind")),
        sa.CheckConstraint(
            "state <> 'approved' OR (second_by IS NOT NULL AND approved_on IS NOT NULL AND approved_on >= free_from "
            "AND release_id IS NOT NULL AND flags = '')",
            name=op.f("ck_quote_approved"),
        ),
        sa.CheckConstraint("state IN ('proposed', 'approved', 'refused', 'taken_down')", name=op.f("ck_quote_state")),
        sa.CheckConstraint("first_by <> second_by", name=op.f("ck_quote_two_people")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_quote_release_id_release")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
    )
    op.create_index(op.f("ix_quote_statement_id"), "quote", ["statement_id"], unique=False)
    op.create_index(op.f("ix_quote_theme"), "quote", ["theme"], unique=False)
