"""Findings with versions, and what peers say of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

Row = dict[str, Any]
BEFORE = (
    "number",
    "state",
    "version",
    "theme",
    "period",
    "claim",
    "body",
    "counter_evidence",
    "dropped_because",
    "author_id",
    "signer_id",
    "published_on",
)
"""Columns that were there already."""
VERSION = ("version", "theme", "period", "claim", "body", "counter_evidence", "author_id")


def upgrade() -> None:
    """More of each finding, its versions, and the verdicts of peers."""
    findings = _make_findings_anew(_create_findings, _as_now)
    _create_versions()
    op.bulk_insert(_table("finding_version"), [_first_version(row) for row in findings])
    _create_verdicts()


def downgrade() -> None:
    """Take them away again."""
    for table in ("peer_home", "peer_verdict", "finding_comment", "finding_version"):
        op.drop_table(table)
    _make_findings_anew(_create_findings_before, _as_before)


def _make_findings_anew(create: Callable[[], None], as_it_is_then: Callable[[Row], Row]) -> list[Row]:
    """Another table under the same name, with every finding in it; what points at findings goes on pointing."""
    rows = [as_it_is_then(dict(row)) for row in op.get_bind().execute(_table("finding").select()).mappings()]
    with _pointers_loose():
        op.drop_table("finding")
        create()
        op.bulk_insert(_table("finding"), rows)
    return rows


@contextmanager
def _pointers_loose() -> Iterator[None]:
    """Foreign keys to findings are looked at again when the table is back: SQLite waits, PostgreSQL takes them off."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA defer_foreign_keys = ON")
        yield
        return
    inspector = sa.inspect(op.get_bind())
    found = [
        (table, key)
        for table in inspector.get_table_names()
        for key in inspector.get_foreign_keys(table)
        if key["referred_table"] == "finding" and table != "finding"
    ]
    for table, key in found:
        op.drop_constraint(str(key["name"]), table, type_="foreignkey")
    yield
    for table, key in found:
        op.create_foreign_key(
            str(key["name"]), table, "finding", key["constrained_columns"], key["referred_columns"],
            ondelete=key["options"].get("ondelete"),
        )  # fmt: skip


def _as_now(row: Row) -> Row:
    """What is out stays out: nobody asked peers then, so nobody answered. What was only signed is read by peers now."""
    is_out = row["published_on"] is not None
    new = {name: [] for name in ("more_themes", "principles", "initiatives")} | dict.fromkeys(
        ("who_is_missing", "provenance"), ""
    )
    new |= {"was_sent_back": False, "is_disputed": False, "phase": None, "staff_told_on": None, "superseded_by": None}
    new |= {"peers_asked_on": row["published_on"], "peers_answered": 0 if is_out else None}
    return row | new | ({"state": "draft", "signer_id": None} if row["state"] == "signed" else {})


def _as_before(row: Row) -> Row:
    states = {"superseded": "published", "with_peers": "draft", "peer_checked": "draft"}
    return {name: row[name] for name in BEFORE} | {"state": states.get(row["state"], row["state"])}


def _first_version(row: Row) -> Row:
    return {name: row[name] for name in VERSION} | {"finding": row["number"], "who_is_missing": "", "sound": None}


def _table(name: str) -> sa.Table:
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)


def _create_findings() -> None:
    op.create_table(
        "finding",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=12), nullable=False),
        sa.Column("more_themes", sa.JSON(), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("phase", sa.String(length=40), nullable=True),
        sa.Column("principles", sa.JSON(), nullable=False),
        sa.Column("initiatives", sa.JSON(), nullable=False),
        sa.Column("claim", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("counter_evidence", sa.Text(), nullable=False),
        sa.Column("who_is_missing", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("peers_asked_on", sa.Date(), nullable=True),
        sa.Column("peers_answered", sa.Integer(), nullable=True),
        sa.Column("was_sent_back", sa.Boolean(), nullable=False),
        sa.Column("is_disputed", sa.Boolean(), nullable=False),
        sa.Column("staff_told_on", sa.Date(), nullable=True),
        sa.Column("dropped_because", sa.Text(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("signer_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("superseded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'with_peers', 'peer_checked', 'signed', 'published', 'superseded', 'dropped')",
            name=op.f("ck_finding_state"),
        ),
        sa.CheckConstraint("length(claim) BETWEEN 1 AND 200", name=op.f("ck_finding_claim")),
        sa.CheckConstraint("author_id <> signer_id", name=op.f("ck_finding_two_people")),
        sa.CheckConstraint("(state IN ('signed', 'published', 'superseded')) = (signer_id IS NOT NULL)", name=op.f("ck_finding_signed")),
        sa.CheckConstraint("state IN ('draft', 'dropped') OR length(trim(counter_evidence)) > 0", name=op.f("ck_finding_counter")),
        sa.CheckConstraint("state IN ('draft', 'dropped') OR peers_asked_on IS NOT NULL", name=op.f("ck_finding_peers_asked")),
        sa.CheckConstraint(
            "(state IN ('peer_checked', 'signed', 'published', 'superseded')) = (peers_answered IS NOT NULL)",
            name=op.f("ck_finding_peers_answered"),
        ),
        sa.CheckConstraint("(state IN ('published', 'superseded')) = (published_on IS NOT NULL)", name=op.f("ck_finding_published")),
        sa.CheckConstraint("(state = 'superseded') = (superseded_by IS NOT NULL)", name=op.f("ck_finding_superseded")),
        sa.CheckConstraint("superseded_by <> number", name=op.f("ck_finding_superseded_by_another")),
        sa.CheckConstraint("state <> 'dropped' OR length(trim(dropped_because)) > 0", name=op.f("ck_finding_dropped")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_finding_author_id_user")),
        sa.ForeignKeyConstraint(["signer_id"], ["user.id"], name=op.f("fk_finding_signer_id_user")),
        sa.ForeignKeyConstraint(["phase"], ["phase.key"], name=op.f("fk_finding_phase_phase")),
        sa.ForeignKeyConstraint(["superseded_by"], ["finding.number"], name=op.f("fk_finding_superseded_by_finding")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_finding")),
    )  # fmt: skip


def _create_findings_before() -> None:
    op.create_table(
        "finding",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=12), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("claim", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("counter_evidence", sa.Text(), nullable=False),
        sa.Column("dropped_because", sa.Text(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("signer_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(state = 'published') = (published_on IS NOT NULL)", name=op.f("ck_finding_published")),
        sa.CheckConstraint("(state IN ('signed', 'published')) = (signer_id IS NOT NULL)", name=op.f("ck_finding_signed")),
        sa.CheckConstraint("state <> 'dropped' OR length(trim(dropped_because)) > 0", name=op.f("ck_finding_dropped")),
        sa.CheckConstraint("state IN ('draft', 'signed', 'published', 'dropped')", name=op.f("ck_finding_state")),
        sa.CheckConstraint("state NOT IN ('signed', 'published') OR length(trim(counter_evidence)) > 0", name=op.f("ck_finding_counter")),
        sa.CheckConstraint("author_id <> signer_id", name=op.f("ck_finding_two_people")),
        sa.CheckConstraint("length(claim) BETWEEN 1 AND 200", name=op.f("ck_finding_claim")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_finding_author_id_user")),
        sa.ForeignKeyConstraint(["signer_id"], ["user.id"], name=op.f("fk_finding_signer_id_user")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_finding")),
    )  # fmt: skip


def _create_versions() -> None:
    op.create_table(
        "finding_version",
        sa.Column("finding", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("theme", sa.String(length=12), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("claim", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("counter_evidence", sa.Text(), nullable=False),
        sa.Column("who_is_missing", sa.Text(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sound", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_finding_version_author_id_user")),
        sa.ForeignKeyConstraint(["finding"], ["finding.number"], name=op.f("fk_finding_version_finding_finding")),
        sa.PrimaryKeyConstraint("finding", "version", name=op.f("pk_finding_version")),
    )
    op.create_table(
        "finding_comment",
        sa.Column("finding", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("author_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.CheckConstraint("length(words) BETWEEN 1 AND 300", name=op.f("ck_finding_comment_words")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_finding_comment_author_id_user")),
        sa.ForeignKeyConstraint(
            ["finding", "version"], ["finding_version.finding", "finding_version.version"],
            name=op.f("fk_finding_comment_finding_finding_version"),
        ),
        sa.PrimaryKeyConstraint("finding", "version", "author_id", name=op.f("pk_finding_comment")),
    )  # fmt: skip


def _create_verdicts() -> None:
    op.create_table(
        "peer_verdict",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("finding", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("peer_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("verdict", sa.String(length=17), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("may_be_shown", sa.Boolean(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.CheckConstraint("verdict IN ('agree', 'not_our_words', 'something_missing')", name=op.f("ck_peer_verdict_verdict")),
        sa.CheckConstraint("length(words) <= 300", name=op.f("ck_peer_verdict_words")),
        sa.CheckConstraint("NOT is_shown OR may_be_shown", name=op.f("ck_peer_verdict_shown")),
        sa.CheckConstraint("(answered_on IS NOT NULL) = (length(trim(answer)) > 0)", name=op.f("ck_peer_verdict_answered")),
        sa.CheckConstraint("(answered_on IS NOT NULL) = (answered_by_id IS NOT NULL)", name=op.f("ck_peer_verdict_answered_by")),
        sa.CheckConstraint("NOT is_shown OR answered_on IS NOT NULL", name=op.f("ck_peer_verdict_shown_with_an_answer")),
        sa.CheckConstraint("answered_by_id <> peer_id", name=op.f("ck_peer_verdict_two_people")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["user.id"], name=op.f("fk_peer_verdict_answered_by_id_user")),
        sa.ForeignKeyConstraint(["peer_id"], ["user.id"], name=op.f("fk_peer_verdict_peer_id_user")),
        sa.ForeignKeyConstraint(
            ["finding", "version"], ["finding_version.finding", "finding_version.version"],
            name=op.f("fk_peer_verdict_finding_finding_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peer_verdict")),
        sa.UniqueConstraint("finding", "version", "peer_id", name=op.f("uq_peer_verdict_finding_version_peer_id")),
    )  # fmt: skip
    op.create_index(op.f("ix_peer_verdict_peer_id"), "peer_verdict", ["peer_id"], unique=False)
    op.create_table(
        "peer_home",
        sa.Column("user_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("municipalities", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_peer_home_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_peer_home")),
    )
