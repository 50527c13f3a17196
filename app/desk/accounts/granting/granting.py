"""Whom it takes two for: an account that reads what people wrote, or that makes such accounts."""

from datetime import date

from flask_babel import gettext as _

from app.core import config, db
from app.core.errors import Refusal
from app.desk.accounts import audit
from app.desk.accounts import queries as people
from app.desk.accounts.granting import queries
from app.desk.accounts.granting.models import Wish
from app.desk.accounts.models import User

PAIRED = frozenset({"moderator", "safeguarding", "admin"})
"""The administrator, too: who makes one alone has a second one to agree with."""


class WishRefused(Refusal):
    """Somebody who may not agree, or something that has changed since the page was opened."""


def takes_two(*roles: str) -> bool:
    """Whether a change to or of these roles waits for a second administrator."""
    return not config.settings().is_demo and not PAIRED.isdisjoint(roles)


def ask(user: User, kind: str, asked_by: User, today: date, *, role: str, site_code: str | None) -> None:
    """Let it wait; what waited for this person before falls."""
    queries.delete_wishes_for(user.id)
    wish = Wish(user_id=user.id, kind=kind, role=role, site_code=site_code, asked_by=asked_by.id, asked_on=today)
    db.db.session.add(wish)
    db.db.session.flush()
    audit.record("user.ask", user.id.hex(), detail=in_short(wish))


def take(user: User, agreeing: User, seen: str) -> Wish:
    """What was asked for, now that a second administrator agrees to what the page said; it waits no longer."""
    wish = queries.wish_for(user.id)
    if wish is None or in_short(wish) != seen:
        raise WishRefused(_("This has changed since you opened the page. Look again."))
    if agreeing.id in (wish.asked_by, user.id):
        raise WishRefused(_("It takes a second administrator to agree."))
    if not _still_administers(wish.asked_by):
        raise WishRefused(_("Who asked for this is no administrator any more. Ask anew."))
    db.db.session.expunge(wish)
    queries.delete_wishes_for(user.id)
    return wish


def refuse(user: User, today: date) -> None:
    """Let it fall. An account that was never opened is closed today."""
    wish = queries.wish_for(user.id)
    if wish is None:
        return
    audit.record("user.refuse", user.id.hex(), detail=in_short(wish))
    queries.delete_wishes_for(user.id)
    if not user.is_active and user.left_on is None:
        user.left_on = today


def in_short(wish: Wish) -> str:
    """What is asked for, in the words of the audit trail."""
    return " ".join(part for part in (wish.kind, wish.role, wish.site_code) if part)


def _still_administers(user_id: bytes) -> bool:
    found = people.user(user_id)
    return found is not None and found.is_active and found.role == "admin"
