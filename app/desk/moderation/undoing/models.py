"""Tables of what can be taken back: a person's last acts, and what each changed. Never a word, never a time."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import CITIZEN, ID, Model, random_id

MOST = 20
"""How many of their own acts a person can take back."""


class UndoEntry(Model):
    """One act of one person. Place 1 is the newest."""

    __tablename__ = "undo_entry"
    __table_args__ = (
        # The places of a person are moved on by way of 21-40: no two rows stand in one place meanwhile.
        CheckConstraint(f"place BETWEEN 1 AND {2 * MOST}", name="place"),
        CheckConstraint("count > 0", name="count"),
        UniqueConstraint("user_id", "place"),
        CITIZEN,
    )

    id: Mapped[bytes] = random_id()
    user_id: Mapped[bytes] = mapped_column(ForeignKey("user.id"))
    place: Mapped[int]
    act: Mapped[str] = mapped_column(String(24))
    code: Mapped[str | None] = mapped_column(String(12))
    """The key of the code it was about, for the label."""
    count: Mapped[int] = mapped_column(default=1)
    item_id: Mapped[bytes | None] = mapped_column(ID, ForeignKey("text_item.answer_id", ondelete="CASCADE"), index=True)
    """The one text it was about; none for an act on many."""
    was_version: Mapped[int | None]
    now_version: Mapped[int | None]
    """The text's version before and after: whoever changes the text later moves it on."""
    used: Mapped[int] = mapped_column(default=0)
    """How many of its statements a release had used already: then it changed nothing in that release."""
    inverse: Mapped[str | None] = mapped_column(String(40))
    """The name of a function that does the opposite, for acts on the codebook."""
    arguments: Mapped[str] = mapped_column(String(200), default="")


class UndoField(Model):
    """One field that an act on one text changed. The field '' says that the row itself came or went."""

    __tablename__ = "undo_field"
    __table_args__ = (CITIZEN,)

    entry_id: Mapped[bytes] = mapped_column(ID, ForeignKey("undo_entry.id", ondelete="CASCADE"), primary_key=True)
    table: Mapped[str] = mapped_column(String(24), primary_key=True)
    row_key: Mapped[str] = mapped_column(String(200), primary_key=True)
    field: Mapped[str] = mapped_column(String(24), primary_key=True)
    was: Mapped[str | None] = mapped_column(String(200))
    now: Mapped[str | None] = mapped_column(String(200))


class UndoTagging(Model):
    """One tagging that an act on many texts set or took off."""

    __tablename__ = "undo_tagging"
    __table_args__ = (Index("ix_undo_tagging_answer_id", "answer_id"), CITIZEN)

    entry_id: Mapped[bytes] = mapped_column(ID, ForeignKey("undo_entry.id", ondelete="CASCADE"), primary_key=True)
    # No foreign key: a text that is read again loses its statement, and gets the same one back when that is undone.
    statement_id: Mapped[bytes] = mapped_column(ID, primary_key=True)
    code_guid: Mapped[str] = mapped_column(ForeignKey("code.guid"), primary_key=True)
    coder: Mapped[bytes] = mapped_column(ForeignKey("user.id"), primary_key=True)
    round: Mapped[str] = mapped_column(String(6), primary_key=True)
    source: Mapped[str] = mapped_column(String(8))
    codebook_version: Mapped[int]
    is_added: Mapped[bool]
    """Set by the act; else taken off by it."""
    answer_id: Mapped[bytes | None] = mapped_column(ID, ForeignKey("text_item.answer_id", ondelete="CASCADE"))
    """Goes with the answer when it is withdrawn."""
