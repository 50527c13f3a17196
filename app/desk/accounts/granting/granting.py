"""What it takes two for: accounts that read what people wrote or make such accounts, and the wall of a place."""

from datetime import date

from flask_babel import gettext as _

from app.core import config, db
from app.core.access import ROLES
from app.core.errors import Refusal
from app.desk.accounts import audit
from app.desk.accounts import queries as people
from app.desk.accounts.granting import queries
from app.desk.accounts.granting.models import Wish
from app.desk.accounts.models import User

PAIRED = frozenset(ROLES) - {"staff", "peer"}
"""The administrator, too: who makes one alone has a second one to agree with."""


class WishRefused(Refusal):
    """Somebody who may not agree, or something that has changed since the page was opened."""


def takes_two(*roles: str) -> bool:
    """Whether a change to or of these roles waits for a second administrator."""
    return not config.settings().is_demo and not PAIRED.isdisjoint(roles)


def lifts_the_wall(user: User, place: str | None) -> bool:
    """Whether the person would lose a place, whose words nobody who works there reads. In no role, as one leads on."""
    return not config.settings().is_demo and user.site_code is not None and user.site_code != place


def ask(user: User, kind: str, asked_by: User, today: date, *, role: str, site_code: str | None) -> None:
    """Let it wait; what waited for this person before falls."""
    queries.delete_wish_for(user.id)
    wish = Wish(user_id=user.id, kind=kind, role=role, site_code=site_code, asked_by=asked_by.id, asked_on=today)
    db.db.session.add(wish)
    db.db.session.flush()
    audit.record("user.ask", user.id.hex(), detail=in_short(wish))


def take(user: User, agreeing: User, seen: str) -> Wish:
    """What was asked for, now that a second administrator agrees to what the page said; it waits no longer.

    After a refusal the caller rolls back.
    """
    wish = queries.wish_for(user.id)
    if wish is None or in_short(wish) != seen or not queries.delete_wish_for(user.id):
        raise WishRefused(_("This has changed since you opened the page. Look again."))
    db.db.session.expunge(wish)
    if agreeing.id in (wish.asked_by, user.id):
        raise WishRefused(_("It takes a second administrator to agree."))
    if not _still_administers(wish.asked_by):
        raise WishRefused(_("Who asked for this is no administrator any more. Ask anew."))
    return wish


def gives_password(wish: Wish) -> bool:
    """Whether the account begins anew, with a first password that only the second administrator sees."""
    return wish.kind != "phone" and takes_two(wish.role)


def refuse(user: User, today: date) -> None:
    """Let it fall. An account that was never opened is closed today."""
    wish = queries.wish_for(user.id)
    if wish is None or not queries.delete_wish_for(user.id):
        return
    db.db.session.expunge(wish)
    _close_unopened(user, today)
    audit.record("user.refuse", user.id.hex(), detail=in_short(wish))


def let_fall(user: User, today: date) -> None:
    """What waits for this person falls, and what they asked for others; accounts that were never opened are closed."""
    for waiting in queries.waiting_with(user.id):
        _close_unopened(waiting, today)
    queries.delete_wishes_of(user.id)


def in_short(wish: Wish) -> str:
    """What is asked for, in the words of the audit trail."""
    return " ".join(part for part in (wish.kind, wish.role, wish.site_code) if part)


def _close_unopened(user: User, today: date) -> None:
    """So that the name goes as the names of those who left (accounts/leaving)."""
    if not user.is_active and user.left_on is None:
        user.left_on = today


def _still_administers(user_id: bytes) -> bool:
    found = people.user(user_id)
    return found is not None and found.is_active and found.role == "admin"
