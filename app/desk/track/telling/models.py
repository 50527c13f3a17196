"""The table of what is told back: its words for one channel in one language, from the first draft on."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import ID, Model, partial_index, random_id
from app.desk.accounts.models import User
from app.desk.track import states
from app.publication.models import OUTCOMES, TOLD_ON
from app.publication.told import LANGUAGES
from app.surveys.models import one_of

_ONE_EACH = ("drafted", "approved", "live")


class Telling(Model):
    """One wording. What was live or approved is never written over: another one takes its place."""

    __tablename__ = "telling"
    __table_args__ = (
        one_of("state", tuple(states.TELLING)),
        one_of("channel", TOLD_ON),
        one_of("lang", LANGUAGES),
        one_of("outcome", OUTCOMES),
        CheckConstraint("length(trim(said)) > 0 AND length(trim(body)) > 0", name="words"),
        CheckConstraint("drafted_by_id <> approved_by_id", name="two_people"),
        CheckConstraint("(state = 'drafted') = (approved_by_id IS NULL)", name="approved"),
        CheckConstraint("state <> 'live' OR live_on IS NOT NULL", name="live"),
        *(
            Index(f"uq_telling_{state}", "about", "channel", "lang", unique=True, **partial_index(f"state = '{state}'"))
            for state in _ONE_EACH
        ),
    )

    id: Mapped[bytes] = random_id()
    about: Mapped[str] = mapped_column(String(12), index=True)
    """The code of a decision or an action."""
    channel: Mapped[str] = mapped_column(String(6))
    lang: Mapped[str] = mapped_column(String(3))
    state: Mapped[str] = mapped_column(String(8), default="drafted")
    version: Mapped[int] = mapped_column(default=1)
    """One more at each change of a draft: who approves, approves the words that were read."""
    outcome: Mapped[str] = mapped_column(String(8))
    said: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    drafted_by_id: Mapped[bytes] = mapped_column(ID, ForeignKey(User.id))
    approved_by_id: Mapped[bytes | None] = mapped_column(ID, ForeignKey(User.id))
    live_on: Mapped[date | None]
    drafted_by: Mapped[User] = relationship(foreign_keys=drafted_by_id)
    approved_by: Mapped[User | None] = relationship(foreign_keys=approved_by_id)

    @property
    def code(self) -> str:
        """What it is about, as the public knows it."""
        return self.about

    @property
    def mark(self) -> str:
        """This wording as it was read, for a form."""
        return f"{self.id.hex()}.{self.version}"
