"""What the demo tells back of its decisions and actions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.desk.accounts import users
from app.desk.track.telling import telling
from app.publication.models import TOLD_ON
from app.publication.told import Wording


def tell(code: str, told: Mapping[str, Any], author: str, second: str, today: date) -> None:
    """In words for each channel, written by one person and approved by the other; both go by their sign-in names.

    What stands under `waiting` is only written: somebody else can approve it at the desk.
    """
    drafts = telling.write(code, told["outcome"], _words(told), users.named(author))
    telling.approve(code, [one.mark for one in drafts], users.named(second), today)
    telling.write(code, told["outcome"], _words(told.get("waiting", {})), users.named(author))


def _words(told: Mapping[str, Any]) -> list[Wording]:
    return [Wording(channel, lang, *texts) for channel in TOLD_ON for lang, texts in told.get(channel, {}).items()]
