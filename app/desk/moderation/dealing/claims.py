"""Who has a text open: one reader at a time may decide, for fifteen minutes after each act."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.core import clock
from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.moderation import changing, states
from app.desk.moderation.dealing import queries
from app.desk.moderation.queries import AnyRow

LASTS = 15 * 60  # seconds
RENEWED = 10 * 60
"""A claim that runs this long yet is not renewed: looking at a page then writes nothing."""


class Held(changing.Changed):
    """Somebody else has the text open just now."""


@dataclass(frozen=True)
class Holder:
    """Who has a text open."""

    name: str


def holder(item: AnyRow, me: User) -> Holder | None:
    """The other person who has it open now, if anybody."""
    found = queries.claim(item.answer_id)
    if found is None or found.user_id == me.id or found.until < now():
        return None
    return Holder(found.display_name)


def is_mine(item: AnyRow, me: User) -> bool:
    """Whether the claim is this person's and still fresh: nothing needs to be written."""
    found = queries.claim(item.answer_id)
    return found is not None and found.user_id == me.id and found.until >= now() + RENEWED


def take(item: AnyRow, me: User) -> bool:
    """Take or renew the claim, and give back what this person had open before; False while somebody else has it."""
    if item.state not in states.UNDECIDED:
        return True
    before = queries.claim(item.answer_id)
    is_taken = queries.take_claim(item.answer_id, me.id, now=now(), until=now() + LASTS)
    if is_taken:
        queries.drop_other_claims(me.id, item.answer_id)
    if is_taken and before is not None and before.user_id != me.id:
        audit.record("text.take_over", count=1)
    return is_taken


def need(item: AnyRow, me: User) -> None:
    """Raise Held unless this person may decide. Whoever acts on a text that nobody has open takes it."""
    if take(item, me):
        return
    found = holder(item, me)
    raise Held(_("%(name)s is reading this text. It is yours when it is given back.", name=found.name if found else ""))


def give_back(me: User) -> None:
    """Whatever this person had open."""
    queries.drop_other_claims(me.id, None)


def end(item: AnyRow) -> None:
    """The text is decided."""
    queries.settle(item.answer_id)


def forget() -> None:
    """Take away what is over; a job does so."""
    queries.drop_old_claims(now())


def now() -> int:
    """Seconds since 1970."""
    return int(clock.now().timestamp())
