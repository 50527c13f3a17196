"""Wrong receipts, each of which tells more than it may, or leads on for too long."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest

from app.core import clock, limits
from app.core.limits import Limit
from app.privacy import queries, receipts
from app.publication import receipt_outcome

Patch = pytest.MonkeyPatch
Mutant = Callable[[Patch], None]


def plain_hash(patch: Patch) -> None:
    """SHA-256 of the words: forty bits are tried in an afternoon."""
    patch.setattr(receipts, "_tag", lambda words, key: hashlib.sha256(" ".join(words).encode()).digest())


def pointer_kept(patch: Patch) -> None:
    """The way to the answer is never cut."""
    patch.setattr(queries, "cut_receipts", lambda last_week: 0)


def expiry_day(patch: Patch) -> None:
    """The row holds the day on which the way is cut."""
    add = queries.add_receipt
    patch.setattr(
        queries, "add_receipt", lambda tag, one, week: add(tag, one, f"{clock.today() + timedelta(days=30):%Y%m%d}")
    )


def sub_theme_shown(patch: Patch) -> None:
    """The theme as exactly as it was found."""
    patch.setattr(receipt_outcome, "main_themes", lambda receipt: receipt.themes.split(","))


def each_visitor_alone(patch: Patch) -> None:
    """Whoever has many networks tries as many codes as they like."""
    patch.setattr(limits, "ALL_LOOKUPS", Limit("all look-ups", 10**9))


def looked_for_twice(patch: Patch) -> None:
    """A code that is there is looked at more closely before it is answered."""
    find = queries.receipt

    def twice(tags: list[bytes]) -> queries.Found | None:
        return find(tags) and find(tags)

    patch.setattr(queries, "receipt", twice)
