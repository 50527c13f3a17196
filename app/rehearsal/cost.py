"""What our replies cost: the price of a segment, as it was read in October 2026."""

from dataclasses import dataclass
from decimal import Decimal

from app.channels.sms.segments import Segments, segments

DOLLARS = Decimal("0.0592")
"""USD a segment to a Danish telephone: Twilio's public price page, October 2026, without the carrier's fee."""
KRONER = Decimal("0.48")
"""DKK a segment at Danish resellers, October 2026. Read both again before they are paid."""


@dataclass(frozen=True)
class Cost:
    """What some segments cost."""

    segments: int

    @property
    def kroner(self) -> Decimal:
        """DKK."""
        return self.segments * KRONER

    @property
    def dollars(self) -> Decimal:
        """USD."""
        return self.segments * DOLLARS


def of(reply: str) -> tuple[Segments, Cost]:
    """How a reply is counted, and what it costs; silence is free."""
    counted = segments(reply)
    return counted, Cost(counted.segments if reply else 0)
