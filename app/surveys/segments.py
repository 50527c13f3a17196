"""How many parts a text message costs, counted exactly as phones and providers count it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = "\f^{}\\[~]|€"  # each costs two: an escape and itself (GSM 03.38, section 6.2.1)
_ALL_BASIC = re.compile(f"[{re.escape(_BASIC)}]*")
_ALL_PLAIN = re.compile(f"[{re.escape(_BASIC + _EXTENSION)}]*")
_COST = {**dict.fromkeys(_BASIC, 1), **dict.fromkeys(_EXTENSION, 2)}


@dataclass(frozen=True, slots=True)
class Segments:
    """What a text costs; `offender` is the first character that makes it dear."""

    encoding: Literal["GSM-7", "UCS-2"]
    units: int
    segments: int
    offender: str | None


def segments(text: str) -> Segments:
    """Counts any text at all, lone surrogates too. No character is ever cut in two between parts."""
    if _ALL_BASIC.fullmatch(text):  # nearly every text we send; no character costs more than one, so none can be cut
        return Segments("GSM-7", len(text), 1 if len(text) <= 160 else -(-len(text) // 153), None)
    offender = next((character for character in text if character not in _COST), None)
    if offender is None:
        costs = [_COST[character] for character in text]
        return Segments("GSM-7", sum(costs), _parts(costs, alone=160, joined=153), None)
    costs = [2 if character > "\uffff" else 1 for character in text]
    return Segments("UCS-2", sum(costs), _parts(costs, alone=70, joined=67), offender)


def is_plain(text: str) -> bool:
    """Whether every character is in the cheap alphabet."""
    return _ALL_PLAIN.fullmatch(text) is not None


def _parts(costs: Sequence[int], *, alone: int, joined: int) -> int:
    if sum(costs) <= alone:
        return 1
    parts, room = 1, joined
    for cost in costs:
        if cost > room:
            parts, room = parts + 1, joined
        room -= cost
    return parts
