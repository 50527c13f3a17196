"""Tables of moderation: the codebook, the texts to read, their masks, and what was approved and tagged."""

from sqlalchemy import (
    DDL,
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import CITIZEN, ID, Model, partial_index, random_id
from app.desk.moderation import states
from app.surveys.models import one_of

KINDS = ("theme", "sub", "type", "flag")
CODE_STATES = ("draft", "active", "retired", "merged", "split")
ROUNDS = ("first", "second", "agreed")
SOURCES = ("manual", "accepted", "group", "bulk", "recode", "import")
MASK_DECISIONS = ("mask", "keep")
REASONS = tuple(dict.fromkeys((*states.HOLD_REASONS, *states.REJECT_REASONS)))


class Code(Model):
    """A line of the codebook. The guid is its identity; key and guid never change."""

    __tablename__ = "code"
    __table_args__ = (
        one_of("kind", KINDS),
        one_of("state", CODE_STATES),
        CheckConstraint("(kind = 'sub') = (parent_key IS NOT NULL)", name="parent"),
    )

    guid: Mapped[str] = mapped_column(String(36), primary_key=True)
    key: Mapped[str] = mapped_column(String(12), unique=True)
    parent_key: Mapped[str | None] = mapped_column(ForeignKey("code.key"))
    kind: Mapped[str] = mapped_column(String(5))
    name_da: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    definition_da: Mapped[str] = mapped_column(Text, default="")
    definition_en: Mapped[str] = mapped_column(Text, default="")
    exclusion_da: Mapped[str] = mapped_column(Text, default="")
    exclusion_en: Mapped[str] = mapped_column(Text, default="")
    example_da: Mapped[str] = mapped_column(Text, default="")
    use_when_da: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    use_when_en: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    borderline_da: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    """An example that nearly belongs here, or only just."""
    colour: Mapped[str] = mapped_column(String(7), default="", server_default=text("''"))
    """'#RRGGBB', or nothing: then it has its theme's."""
    hints: Mapped[list[str]] = mapped_column(JSON, default=list)
    principles: Mapped[list[int]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(String(8), default="active")
    version: Mapped[int]
    """The codebook's version in which this line was last written."""
    since: Mapped[int] = mapped_column(default=1, server_default="1")
    """The version it came with."""
    place: Mapped[int]
    """Where it stands in the codebook."""


class TextItem(Model):
    """One free-text answer on its way through reading. The words stay in the answer's sealed box."""

    __tablename__ = "text_item"
    __table_args__ = (
        one_of("state", states.STATES),
        one_of("reason", REASONS),
        CheckConstraint("state NOT IN ('rejected', 'held') OR reason IS NOT NULL", name="why"),
        *(CheckConstraint(rule, name=name) for name, rule in states.RULES.items()),
        CheckConstraint("agreed_by IS NULL OR agreed_by <> decided_by", name="two_people"),
        CheckConstraint("version > 0", name="version"),
        Index("ix_text_item_turn", "state", "turn", "week", "answer_id"),
        Index("ix_text_item_matched", "answer_id", **partial_index("is_matched IS NULL")),
        Index("ix_text_item_undrawn", "answer_id", **partial_index("second_due IS NULL")),
        Index("ix_text_item_second", "state", "answer_id", **partial_index("second_due IS TRUE")),
        CITIZEN,
    )

    answer_id: Mapped[bytes] = mapped_column(ID, ForeignKey("answer.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str] = mapped_column(String(16), default=states.WAITING)
    reason: Mapped[str | None] = mapped_column(String(20))
    """Why it is held or rejected; on a waiting text: the rejection a first moderator asks for."""
    note: Mapped[str | None] = mapped_column(String(200))
    decided_by: Mapped[bytes | None] = mapped_column(ForeignKey("user.id"))
    agreed_by: Mapped[bytes | None] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column(default=1)
    """Counts every change to the text's state or masks: a form made before it is stale."""
    is_urgent: Mapped[bool] = mapped_column(default=False)
    is_alert: Mapped[bool | None] = mapped_column(default=False)
    lang_guess: Mapped[str | None] = mapped_column(String(3))
    """The language it seems to be in, where that is not the one the person chose."""
    """A word of the alert list stands in it."""
    turn: Mapped[int | None] = mapped_column(default=2)
    """0 urgent, 1 alert word, 2 the rest: the queue's order, in an index together with the week."""
    week: Mapped[str | None] = mapped_column(String(8))
    """The response's."""
    is_matched: Mapped[bool | None]
    """Whether it was held against the alert list; None until then."""
    second_due: Mapped[bool | None]
    """Whether it is coded a second time: drawn when it reaches the desk; None until then."""
    masker_version: Mapped[str | None] = mapped_column(String(8))
    """Which masker looked at it when it was approved."""
    translation: Mapped[bytes | None] = mapped_column(LargeBinary)
    """A translation that waits for the approval, sealed to the text's month."""
    translated_by: Mapped[bytes | None] = mapped_column(ForeignKey("user.id"))


class MaskSpan(Model):
    """A mask set by hand, one the machine found and an approval took over, or a stretch kept readable. Never words."""

    __tablename__ = "mask_span"
    __table_args__ = (
        one_of("decision", MASK_DECISIONS),
        CheckConstraint("start >= 0 AND stop > start", name="range"),
        UniqueConstraint("item_id", "start", "stop", "type"),
        CITIZEN,
    )

    id: Mapped[bytes] = random_id()
    item_id: Mapped[bytes] = mapped_column(ID, ForeignKey("text_item.answer_id", ondelete="CASCADE"))
    start: Mapped[int]
    stop: Mapped[int]
    type: Mapped[str] = mapped_column(String(10))
    decision: Mapped[str] = mapped_column(String(4))
    reason: Mapped[str | None] = mapped_column(String(16))
    replacement: Mapped[str | None] = mapped_column(String(40))
    why: Mapped[str | None] = mapped_column(String(60))
    """What the machine went by, as a msgid; None for one set by hand."""
    by: Mapped[bytes] = mapped_column(ForeignKey("user.id"))


class Statement(Model):
    """A masked, approved text: the only readable one."""

    __tablename__ = "statement"
    __table_args__ = (
        CheckConstraint("length(voice) = 16", name="voice"),
        CheckConstraint("length(text) > 0", name="text"),
        CheckConstraint("(translation IS NULL) = (translator IS NULL)", name="translation"),
        UniqueConstraint("answer_id"),
        Index("ix_statement_week", "week", "id"),
        Index("ix_statement_unthemed", "week", "id", **partial_index("has_theme IS NULL")),
        CITIZEN,
    )

    id: Mapped[bytes] = random_id()
    response_id: Mapped[bytes | None] = mapped_column(ID, ForeignKey("response.id", ondelete="CASCADE"), index=True)
    answer_id: Mapped[bytes | None] = mapped_column(ID, ForeignKey("text_item.answer_id", ondelete="CASCADE"))
    voice: Mapped[bytes] = mapped_column(LargeBinary(16))
    """Shared by the statements of one response, so that counts of voices outlive the link."""
    site_code: Mapped[str | None] = mapped_column(ForeignKey("site.code"))
    text: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    """Text and translation, folded: what is searched."""
    in_index: Mapped[bool | None]
    """SQLite: True once the search index, which the night writes, holds it as it is; None again when it changes."""
    has_theme: Mapped[bool | None]
    """True once a look every ten minutes has found a counted theme; None again when a tagging goes or is agreed on.
    Who asks for statements without a theme looks through these alone."""
    translation: Mapped[str | None] = mapped_column(Text)
    """By a person, masked too."""
    translator: Mapped[bytes | None] = mapped_column(ForeignKey("user.id"))
    lang: Mapped[str] = mapped_column(String(3))
    week: Mapped[str] = mapped_column(String(8))
    approved_by: Mapped[bytes] = mapped_column(ForeignKey("user.id"))


SEARCH_INDEXES = {
    "postgresql": (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "CREATE INDEX ix_statement_folded ON statement USING gin (folded gin_trgm_ops)",
    ),
    "sqlite": (
        "CREATE VIRTUAL TABLE statement_search USING fts5(folded, statement_id UNINDEXED, tokenize='trigram')",
        "CREATE INDEX ix_statement_new ON statement (id) WHERE in_index IS NULL",
    ),
}
"""Each database's own index of what statements say. SQLite's is filled by the night (`searching.index`)."""
for dialect, statements in SEARCH_INDEXES.items():
    for said in statements:
        event.listen(Statement.__table__, "after_create", DDL(said).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]


class Tagging(Model):
    """A person said that a statement is about this. Nothing a machine proposes ever gets here by itself."""

    __tablename__ = "tagging"
    __table_args__ = (
        one_of("round", ROUNDS),
        one_of("source", SOURCES),
        Index("ix_tagging_code_guid", "code_guid", "statement_id"),
        Index("ix_tagging_second", "statement_id", **partial_index("round = 'second'")),
        Index("ix_tagging_agreed", "statement_id", **partial_index("round = 'agreed'")),
        CITIZEN,
    )

    statement_id: Mapped[bytes] = mapped_column(ID, ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True)
    code_guid: Mapped[str] = mapped_column(ForeignKey("code.guid"), primary_key=True)
    coder: Mapped[bytes] = mapped_column(ForeignKey("user.id"), primary_key=True)
    round: Mapped[str] = mapped_column(String(6), primary_key=True, default="first")
    source: Mapped[str] = mapped_column(String(8), default="manual")
    codebook_version: Mapped[int]
