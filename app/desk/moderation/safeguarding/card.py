"""What the card of a text offers a moderator who worries about somebody."""

from typing import Any

from app.desk.accounts.models import User
from app.desk.moderation import states
from app.desk.moderation.opening import Opened
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.safeguarding import wording

FROM = frozenset(before for before, after in states.STEPS.items() if states.ESCALATED in after)
"""The states out of which a text can go to safeguarding."""


def panel(item: AnyRow, _opened: Opened | None, _statement: AnyRow | None, _me: User) -> dict[str, Any]:
    """Names for `_safeguarding.html`."""
    return {"concerns": wording.CONCERNS, "may_worry": item.state in FROM}
