"""A carrier without a network: `stemme sms` speaks through it. Demo and testing only."""

import secrets

from app.channels.sms.providers import senders
from app.channels.sms.providers.base import LONGEST_TEXT, Inbound
from app.core import config


def inbound(sender: str, text: str, *, message_id: str | None = None, pictures: int = 0) -> Inbound:
    """A message as if it had come over the air."""
    number, is_machine = senders.normalised(sender, ours=config.settings().sms_number)
    return Inbound(
        id=message_id or f"console-{secrets.token_hex(16)}",
        sender=number,
        text=text[:LONGEST_TEXT],
        pictures=pictures,
        is_machine=is_machine,
    )
