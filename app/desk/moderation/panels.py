"""What stands around a text: each panel adds the names that its partial template needs."""

from collections.abc import Callable, Mapping
from typing import Any

from app.desk.accounts.models import User
from app.desk.moderation import mask_card
from app.desk.moderation.memos import memos
from app.desk.moderation.opening import Opened
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.safeguarding import card as safeguarding
from app.desk.moderation.similar import groups
from app.desk.moderation.suggesting import card as suggesting

Panel = Callable[[AnyRow, Opened | None, AnyRow | None, User], Mapping[str, Any]]
"""(item, opened, statement, me) → names for the template. `opened` on a text that is read now, `statement` on an
approved one, neither on one that was rejected or cannot be opened. A panel reads; it never writes."""

# In the order of the card. The attribute data-key="memo" on a button, link, field or <summary> is what the key of
# that act presses; {{ key_cap("memo") }} prints the key beside its words (keyboard/keys.py names the acts).
PANELS: tuple[Panel, ...] = (mask_card.panel, suggesting.panel, groups.panel, memos.panel, safeguarding.panel)


def around(item: AnyRow, opened: Opened | None, statement: AnyRow | None, me: User) -> dict[str, Any]:
    """The names of all panels. Two panels that use the same name are a mistake: the later one wins."""
    found: dict[str, Any] = {}
    for panel in PANELS:
        found |= panel(item, opened, statement, me)
    return found
