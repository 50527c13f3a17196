"""Tables of memos: those beside what somebody said go with it, those on codes stay with the codebook."""

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import CITIZEN, ID, Model, random_id

LONGEST = 1_000


class Memo(Model):
    """A note on a text that is read, on a statement whose text is gone, or on a quote. The masker has been over it."""

    __tablename__ = "memo"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN item_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN statement_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN quote_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="target",
        ),
        CheckConstraint("length(text) BETWEEN 1 AND 4000", name="text"),  # masks written out make it longer
        CITIZEN,
    )

    id: Mapped[bytes] = random_id()
    item_id: Mapped[bytes | None] = mapped_column(ID, ForeignKey("text_item.answer_id", ondelete="CASCADE"), index=True)
    statement_id: Mapped[bytes | None] = mapped_column(ID, ForeignKey("statement.id", ondelete="CASCADE"), index=True)
    quote_id: Mapped[bytes | None] = mapped_column(ID, ForeignKey("quote.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    author: Mapped[bytes] = mapped_column(ForeignKey("user.id"))


class CodeMemo(Model):
    """A note on a theme or a code: where its border runs, what was agreed."""

    __tablename__ = "code_memo"
    __table_args__ = (CheckConstraint("length(text) BETWEEN 1 AND 4000", name="text"),)

    id: Mapped[bytes] = random_id()
    code_guid: Mapped[str] = mapped_column(ForeignKey("code.guid"), index=True)
    text: Mapped[str] = mapped_column(Text)
    author: Mapped[bytes] = mapped_column(ForeignKey("user.id"))
