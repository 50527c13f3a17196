"""The table of codes that wait while their text is read again."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import CITIZEN, ID, Model
from app.desk.moderation.models import ROUNDS, SOURCES
from app.surveys.models import one_of


class KeptTag(Model):
    """A code of an approved text that is read again: it counts nowhere until the text is approved once more."""

    __tablename__ = "kept_tag"
    __table_args__ = (one_of("round", ROUNDS), one_of("source", SOURCES), CITIZEN)

    item_id: Mapped[bytes] = mapped_column(ID, ForeignKey("text_item.answer_id", ondelete="CASCADE"), primary_key=True)
    code_guid: Mapped[str] = mapped_column(ForeignKey("code.guid"), primary_key=True)
    coder: Mapped[bytes] = mapped_column(ForeignKey("user.id"), primary_key=True)
    round: Mapped[str] = mapped_column(String(6), primary_key=True)
    source: Mapped[str] = mapped_column(String(8))
    codebook_version: Mapped[int]
