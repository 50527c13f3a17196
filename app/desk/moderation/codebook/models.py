"""Tables of the codebook's versions: what was proposed and agreed, what was merged, and what a split still asks."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import CITIZEN, ID, Model
from app.surveys.models import one_of

VERSION_STATES = ("shipped", "draft", "published")
ACTS = ("add", "edit", "move", "merge", "split", "retire", "restore", "split_end", "load")
LONGEST_REASON = 200


class CodebookVersion(Model):
    """A version of the whole codebook: it came with the product, is being written, or two people agreed to it."""

    __tablename__ = "codebook_version"
    __table_args__ = (
        one_of("state", VERSION_STATES),
        CheckConstraint("(state = 'draft') = (published_on IS NULL)", name="published_on"),
        CheckConstraint("(state = 'published') = (published_by IS NOT NULL)", name="published_by"),
        Index(
            "ix_codebook_version_one_draft", "state", unique=True,
            sqlite_where=text("state = 'draft'"), postgresql_where=text("state = 'draft'"),
        ),
    )  # fmt: skip

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(9))
    published_by: Mapped[bytes | None] = mapped_column(ForeignKey("user.id"))
    published_on: Mapped[date | None] = mapped_column(Date)


class CodeEvent(Model):
    """One change of the codebook. A second person agrees to each; the change of a draft has no delta yet."""

    __tablename__ = "code_event"
    __table_args__ = (
        one_of("act", ACTS),
        CheckConstraint("agreed_by IS NULL OR agreed_by <> by", name="two_people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(ForeignKey("codebook_version.number"), index=True)
    act: Mapped[str] = mapped_column(String(9))
    code_guid: Mapped[str | None] = mapped_column(String(36), index=True)
    """No foreign key: the code of a draft is not in the book yet."""
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    by: Mapped[bytes | None] = mapped_column(ForeignKey("user.id"))
    """None came with the product."""
    agreed_by: Mapped[bytes | None] = mapped_column(ForeignKey("user.id"))
    delta: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What it did to which lines: {guid: {"before": fields or None, "after": fields}}. Without it, it is a draft."""


class Redirect(Model):
    """A merged code, and the one it is read as now. A chain is flattened: `to_guid` is never redirected itself."""

    __tablename__ = "code_redirect"
    __table_args__ = (
        CheckConstraint("from_guid <> into_guid AND from_guid <> to_guid", name="loop"),
        Index("ix_code_redirect_to_guid", "to_guid"),
    )

    from_guid: Mapped[str] = mapped_column(ForeignKey("code.guid"), primary_key=True)
    into_guid: Mapped[str] = mapped_column(ForeignKey("code.guid"))
    """What people merged it into."""
    to_guid: Mapped[str] = mapped_column(ForeignKey("code.guid"))
    """Where the chain ends."""
    hints: Mapped[list[str]] = mapped_column(JSON, default=list)
    """The hints it had, for when it is restored."""
    brought: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Those of them the other had not."""


class SplitTarget(Model):
    """A code that is being split, or was, and one of the codes its statements may go to."""

    __tablename__ = "code_split"
    __table_args__ = (CheckConstraint("code_guid <> target_guid", name="loop"),)

    code_guid: Mapped[str] = mapped_column(ForeignKey("code.guid"), primary_key=True)
    target_guid: Mapped[str] = mapped_column(ForeignKey("code.guid"), primary_key=True)


class SplitStay(Model):
    """A person said: this statement keeps the code that is being split."""

    __tablename__ = "split_stay"
    __table_args__ = (Index("ix_split_stay_code_guid", "code_guid"), CITIZEN)

    statement_id: Mapped[bytes] = mapped_column(ID, ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True)
    code_guid: Mapped[str] = mapped_column(ForeignKey("code.guid"), primary_key=True)
    decided_by: Mapped[bytes] = mapped_column(ForeignKey("user.id"))
