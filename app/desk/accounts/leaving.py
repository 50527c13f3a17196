"""What is left of somebody who no longer works here: an id, a role, and what they did; no name and no secret."""

from datetime import date, timedelta

from app.desk.accounts import audit, queries
from app.desk.accounts.factors import factor
from app.desk.accounts.granting import granting
from app.desk.accounts.models import User
from app.desk.accounts.outside import queries as outside

DAYS = 30
"""How long a closed account can be opened again as it was (docs/privacy.md, "How long")."""


def erase(today: date) -> None:
    """Erase name and secrets of everybody who left longer ago; the id stays, for what it stands under."""
    for user in queries.left_before(today - timedelta(days=DAYS)):
        _erase(user, today)


def _erase(user: User, today: date) -> None:
    """Four letters of the id tell two of them apart in a list."""
    user.name, user.display_name = f"-{user.id.hex()}", f"– {user.id.hex()[:4]}"
    user.password_hash, user.signed_in_on = "", None
    factor.forget(user)
    outside.disconnect(user.id)
    granting.let_fall(user, today)
    audit.record("user.erase", user.id.hex())
