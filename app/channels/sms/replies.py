"""What we answered and whether it has left, boxed under the message's own id: a repeated delivery gets it again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from app.privacy import boxes, pseudonyms
from app.privacy import queries as privacy
from app.privacy.keys import DayKey


class Way(Enum):
    """How a reply travels."""

    INLINE = "i"
    """In the webhook's own response."""
    PENDING = "p"
    """To be sent by API; nobody knows yet that it left."""
    SENT = "s"
    """The carrier's API has taken it."""
    CONFIRMED = "c"
    """The sweep has seen it leave."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """Our answer to one text; empty is silence."""

    text: str = field(repr=False)
    way: Way
    is_vital: bool = False
    """Help lines or the end of a conversation: worth sending late, and above every limit."""


class TakenMeanwhile(Exception):
    """Another delivery of the same message, or another text of the same telephone, was first."""


def known(message_id: str, keys: Sequence[DayKey]) -> Reply | None:
    """The reply to a message that was taken before, under any living key."""
    mids = {pseudonyms.message(key, message_id): key for key in keys}
    seen = privacy.seen(list(mids))
    if seen is None:
        return None
    return opened(message_id, mids[seen.mid], seen.mid, seen.box)


def opened(message_id: str, key: DayKey, mid: bytes, box: bytes) -> Reply:
    """The reply in the box of a message that was taken under this key."""
    content = boxes.open_(pseudonyms.reply_key(key, message_id), box, bound_to=mid).decode()
    return Reply(text=content[2:], way=Way(content[0]), is_vital=content[1] == "!")


def mark(message_id: str, keys: Sequence[DayKey], reply: Reply) -> None:
    """The reply went another way, or was seen to leave."""
    for key in keys:
        mid = pseudonyms.message(key, message_id)
        privacy.see_again(mid, boxed(message_id, key, mid, reply))


def boxed(message_id: str, key: DayKey, mid: bytes, reply: Reply) -> bytes:
    """The box of a reply, which opens with the message's own id."""
    content = f"{reply.way.value}{'!' if reply.is_vital else '.'}{reply.text}"
    return boxes.close(pseudonyms.reply_key(key, message_id), content.encode(), bound_to=mid)
