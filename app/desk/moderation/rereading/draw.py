"""Which rejections are read again, and what that says of how we reject."""

from dataclasses import dataclass

from app.core import chance
from app.desk.accounts.models import User
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.rereading import queries

ONE_IN = 20
"""5 % of rejections."""


@dataclass(frozen=True)
class Reversals:
    """Of the rejections that were read again, how many were not upheld."""

    read: int
    reversed: int

    @property
    def rate(self) -> float | None:
        """Reversed ÷ read; None where none was."""
        return self.reversed / self.read if self.read else None


def draw(item: AnyRow, reason: str, rejected_by: tuple[bytes, bytes | None]) -> bool:
    """Whether this rejection goes to somebody else, and remember it if so.

    Once a text, and only where somebody is left to read it. `rejected_by`: who rejected it, who agreed if one had to.
    """
    if queries.was_drawn(item.answer_id) or not chance.one_in(ONE_IN):
        return False
    if not queries.has_other_reader(item.site_code, [one for one in rejected_by if one]):
        return False
    queries.begin(item.answer_id, reason, *rejected_by)
    return True


def reversals(reader: User) -> Reversals:
    """The reversal rate so far, within the wall."""
    found = queries.outcomes(reader)
    return Reversals(sum(found.values()), found.get(queries.REVERSED, 0))
