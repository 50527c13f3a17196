"""Tables of what was suggested: each chip with what became of it, and new words that people have settled."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import CITIZEN, ID, Model
from app.surveys.models import one_of

ACCEPTED, REFUSED, PASSED = "accepted", "refused", "passed"
OUTCOMES = (ACCEPTED, REFUSED, PASSED)
VERDICTS = ("hint", "code", "nothing")


class SuggestionShown(Model):
    """A chip a moderator saw beside a text, written with the decision. It holds no word of the text."""

    __tablename__ = "suggestion_shown"
    __table_args__ = (
        one_of("outcome", OUTCOMES),
        CheckConstraint("level BETWEEN 0 AND 2", name="level"),
        CheckConstraint("place BETWEEN 1 AND 9", name="place"),
        CITIZEN,
    )

    statement_id: Mapped[bytes] = mapped_column(ID, ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True)
    code_guid: Mapped[str] = mapped_column(ForeignKey("code.guid"), primary_key=True)
    level: Mapped[int]
    """0 the codebook's hints, 1 naive Bayes, 2 runs of letters."""
    place: Mapped[int]
    """1 for the first chip."""
    hint: Mapped[str | None] = mapped_column(String(80))
    """The codebook's word that found it, never the text's."""
    model_version: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(8))


class SettledWord(Model):
    """A new word that somebody made a hint or a code of, or that means nothing to us: it is not shown again."""

    __tablename__ = "settled_word"
    __table_args__ = (one_of("verdict", VERDICTS),)

    stem: Mapped[str] = mapped_column(String(60), primary_key=True)
    verdict: Mapped[str] = mapped_column(String(7))
