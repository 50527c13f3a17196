"""What is told back, for each channel and language, and what a receipt is answered with."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

LANGUAGES = ("da", "en")
WORDS = ("said_da", "said_en", "told_da", "told_en")
OUTCOME = "IN ('did', 'did_not')"
PUBLISHED = "(state = 'published') = (published_on IS NOT NULL)"
STATES = {"pending": "drafted", "taken": "approved", "published": "live"}


def upgrade() -> None:
    """A row for each wording; what decisions were told in moves there, and what is public keeps its words."""
    _telling()
    told = [one for one in _rows("told") if one["is_live"]]
    op.drop_table("told")
    _told()
    _receipt_answer()
    op.bulk_insert(_table("told"), [_item(one) for one in told])
    op.bulk_insert(_table("told_wording"), [words for one in told for words in _wordings(one)])
    op.bulk_insert(_table("telling"), [words for one in _rows("decision") for words in _tellings(one)])
    op.add_column("decision", sa.Column("published_on", sa.Date(), nullable=True))
    op.execute("UPDATE decision SET published_on = decided_on WHERE state = 'published'")
    with _children_kept(), op.batch_alter_table("decision") as decision:
        decision.drop_constraint(op.f("ck_decision_told_outcome"), type_="check")
        for column in ("theme", "told_outcome", *WORDS):
            decision.drop_column(column)
        decision.create_check_constraint(op.f("ck_decision_published"), PUBLISHED)


def downgrade() -> None:
    """One wording for all channels again: that of the web stays, the shorter ones go."""
    told, words, tellings = _rows("told"), _rows("told_wording"), _rows("telling")
    for table in ("receipt_answer", "told_wording", "told", "telling"):
        op.drop_table(table)
    _told_as_it_was()
    op.bulk_insert(_table("told"), [_item_as_it_was(one, words) for one in told])
    with _children_kept(), op.batch_alter_table("decision") as decision:
        decision.drop_constraint(op.f("ck_decision_published"), type_="check")
        decision.drop_column("published_on")
        decision.add_column(sa.Column("theme", sa.String(length=12), nullable=False, server_default=""))
        decision.add_column(sa.Column("told_outcome", sa.String(length=7), nullable=False, server_default="did"))
        for column in WORDS:
            decision.add_column(sa.Column(column, sa.Text(), nullable=False, server_default=""))
        decision.create_check_constraint(op.f("ck_decision_told_outcome"), f"told_outcome {OUTCOME}")
    with _children_kept(), op.batch_alter_table("decision") as decision:
        for column in ("theme", "told_outcome", *WORDS):
            decision.alter_column(column, server_default=None)
    for one in tellings:
        _tell_in_decision(one)


def _telling() -> None:
    op.create_table(
        "telling",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("about", sa.String(length=12), nullable=False),
        sa.Column("channel", sa.String(length=6), nullable=False),
        sa.Column("lang", sa.String(length=3), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("drafted_by_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("approved_by_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("live_on", sa.Date(), nullable=True),
        sa.CheckConstraint("state IN ('drafted', 'approved', 'live', 'retired')", name=op.f("ck_telling_state")),
        sa.CheckConstraint("channel IN ('web', 'poster', 'kiosk', 'sms')", name=op.f("ck_telling_channel")),
        sa.CheckConstraint("lang IN ('da', 'en')", name=op.f("ck_telling_lang")),
        sa.CheckConstraint(f"outcome {OUTCOME}", name=op.f("ck_telling_outcome")),
        sa.CheckConstraint("length(trim(said)) > 0 AND length(trim(body)) > 0", name=op.f("ck_telling_words")),
        sa.CheckConstraint("drafted_by_id <> approved_by_id", name=op.f("ck_telling_two_people")),
        sa.CheckConstraint("(state = 'drafted') = (approved_by_id IS NULL)", name=op.f("ck_telling_approved")),
        sa.CheckConstraint("state <> 'live' OR live_on IS NOT NULL", name=op.f("ck_telling_live")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user.id"], name=op.f("fk_telling_approved_by_id_user")),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["user.id"], name=op.f("fk_telling_drafted_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telling")),
    )
    op.create_index(op.f("ix_telling_about"), "telling", ["about"])
    for state in ("drafted", "approved", "live"):
        where = sa.text(f"state = '{state}'")
        columns = ["about", "channel", "lang"]
        op.create_index(
            f"uq_telling_{state}", "telling", columns, unique=True, sqlite_where=where, postgresql_where=where
        )


def _told() -> None:
    op.create_table(
        "told",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("phase", sa.String(length=40), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.CheckConstraint(f"outcome {OUTCOME}", name=op.f("ck_told_outcome")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_told")),
    )
    op.create_table(
        "told_wording",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("channel", sa.String(length=6), nullable=False),
        sa.Column("lang", sa.String(length=3), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("channel IN ('web', 'poster', 'kiosk', 'sms')", name=op.f("ck_told_wording_channel")),
        sa.ForeignKeyConstraint(["code"], ["told.code"], name=op.f("fk_told_wording_code_told"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("code", "channel", "lang", name=op.f("pk_told_wording")),
    )


def _receipt_answer() -> None:
    op.create_table(
        "receipt_answer",
        sa.Column("theme", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("first_week", sa.String(length=8), nullable=False),
        sa.Column("last_week", sa.String(length=8), nullable=False),
        sa.CheckConstraint("first_week <= last_week", name=op.f("ck_receipt_answer_weeks")),
        sa.ForeignKeyConstraint(["code"], ["told.code"], name=op.f("fk_receipt_answer_code_told"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("theme", "code", name=op.f("pk_receipt_answer")),
    )
    op.create_index(op.f("ix_receipt_answer_code"), "receipt_answer", ["code"])


def _told_as_it_was() -> None:
    texts = ("said_da", "said_en", "body_da", "body_en")
    op.create_table(
        "told",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("theme", sa.String(length=12), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.CheckConstraint(f"outcome {OUTCOME}", name=op.f("ck_told_outcome")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_told")),
    )
    op.create_index(op.f("ix_told_theme"), "told", ["theme"], unique=False)


def _rows(table: str) -> Sequence[Mapping[str, Any]]:
    return op.get_bind().execute(_table(table).select()).mappings().all()


def _table(name: str) -> sa.Table:
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)


@contextmanager
def _children_kept() -> Iterator[None]:
    """What points at decisions is put aside: SQLite makes the table anew, and would take it along with the old one."""
    found = [_table(name) for name in sa.inspect(op.get_bind()).get_table_names() if _points_at_decisions(name)]
    kept = [(table, _rows(table.name)) for table in found] if op.get_bind().dialect.name == "sqlite" else []
    for table, _rows_of in kept:
        op.get_bind().execute(table.delete())
    yield
    for table, rows in kept:
        op.bulk_insert(table, [dict(row) for row in rows])


def _points_at_decisions(name: str) -> bool:
    keys = sa.inspect(op.get_bind()).get_foreign_keys(name)
    return name != "decision" and any(key["referred_table"] == "decision" for key in keys)


def _item(told: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: told[name] for name in ("code", "outcome", "decided_by", "decided_on")}
    return {**kept, "themes": [told["theme"]], "places": [], "phase": ""}


def _item_as_it_was(told: Mapping[str, Any], words: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    kept = {name: told[name] for name in ("code", "outcome", "decided_by", "decided_on")}
    own = {one["lang"]: one for one in words if (one["code"], one["channel"]) == (told["code"], "web")}
    texts = {
        f"{name}_{lang}": own[lang][name] if lang in own else "" for name in ("said", "body") for lang in LANGUAGES
    }
    return {**kept, **texts, "theme": next(iter(told["themes"]), ""), "is_live": "da" in own}


def _wordings(told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for lang in LANGUAGES:
        if told[f"said_{lang}"] and told[f"body_{lang}"]:
            words = {"said": told[f"said_{lang}"], "body": told[f"body_{lang}"]}
            yield {"code": told["code"], "channel": "web", "lang": lang, **words}


def _tell_in_decision(telling: Mapping[str, Any]) -> None:
    if not telling["about"].startswith("B") or telling["channel"] != "web" or telling["state"] == "retired":
        return
    decision, lang = _table("decision"), telling["lang"]
    words = {f"said_{lang}": telling["said"], f"told_{lang}": telling["body"], "told_outcome": telling["outcome"]}
    op.get_bind().execute(decision.update().where(decision.c.number == int(telling["about"][1:])).values(words))


def _tellings(decision: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    state = STATES[decision["state"]]
    for lang in LANGUAGES:
        yield {
            "id": os.urandom(16), "about": f"B{decision['number']}", "channel": "web", "lang": lang, "state": state,
            "version": 1, "outcome": decision["told_outcome"], "said": decision[f"said_{lang}"],
            "body": decision[f"told_{lang}"], "drafted_by_id": decision["entered_by_id"],
            "approved_by_id": decision["confirmed_by_id"],
            "live_on": decision["decided_on"] if state == "live" else None,
        }  # fmt: skip
