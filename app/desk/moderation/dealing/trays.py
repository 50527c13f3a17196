"""The queues of the desk: which texts stand in each, and pages of other topics that stand beside them."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Select

from app.core.i18n import N_
from app.desk.accounts.models import User
from app.desk.moderation import states
from app.desk.moderation.quoting import queries as quotes
from app.desk.moderation.second_coding import queries as second

NEEDS_LANGUAGE = "needs_language"
Counted = Callable[[User], Select[*tuple[bytes]]]
"""What a person finds there, as a selection of ids: the trays are counted in one statement, within the wall."""


@dataclass(frozen=True, kw_only=True)
class Tray:
    """One of the queues on the left."""

    key: str
    name: str
    state: str | None = None
    """The state of its texts; without one, the tray holds approved statements, or is a page of its own."""
    is_first: bool = False
    """Only what goes to the top of the queue."""
    reason: str | None = None
    but_not: str | None = None
    is_untagged: bool = False
    address: str = ""
    """Of a page elsewhere."""
    counted: Counted | None = None


TRAYS: tuple[Tray, ...] = (
    Tray(key="waiting", name=N_("To read"), state=states.WAITING),
    Tray(key="urgent", name=N_("Urgent"), state=states.WAITING, is_first=True),
    Tray(key="held", name=N_("Set aside"), state=states.HELD, but_not=NEEDS_LANGUAGE),
    Tray(key="language", name=N_("Other languages"), state=states.HELD, reason=NEEDS_LANGUAGE),
    Tray(key="untagged", name=N_("Without a theme"), is_untagged=True),
    Tray(key="second", name=N_("Second coding"), address="/desk/second", counted=second.due),
    Tray(key="disagree", name=N_("Disagreements"), address="/desk/disagreements", counted=second.to_settle),
    Tray(key="quotes", name=N_("Quotes"), address="/desk/quotes", counted=quotes.to_sign),
    Tray(key="memos", name=N_("Memos"), address="/desk/memos"),
    Tray(key="bulk", name=N_("Many texts at once"), address="/desk/bulk"),
    Tray(key="rejected", name=N_("Rejected"), state=states.REJECTED),
    Tray(key="read", name=N_("Approved")),
)


def tray(key: str | None) -> Tray:
    """The queue of this name, else the one to read."""
    return next((tray for tray in TRAYS if tray.key == key and not tray.address), TRAYS[0])
