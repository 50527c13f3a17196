"""What is forgotten, and when: day keys with all that hung on them, receipts, whole months of sealed words."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from app.core import clock, config, weeks
from app.core.clock import COPENHAGEN
from app.privacy import kiosk_boxes, queries
from app.privacy.keys import DayKeys

POINTER_DAYS = 30
"""A receipt leads to its response for 30 whole days after the end of its week (30-36 days)."""
RECEIPT_MONTHS = 24
SEALED_MONTHS = 24
"""How long a month's sealed words can be opened."""


def forget_days(now: datetime) -> int:
    """Destroy dead day keys and every row that lived under one; how many keys died."""
    keys = DayKeys(config.settings().keys_dir)
    died = keys.bury(now, clock.clock().since_boot())
    for table in queries.tables_of_dying_keys():
        queries.delete_dead_epochs(table, keys.alive())
    return died


def forget_receipts(now: datetime) -> None:
    """Cut the pointers whose time is over, delete the receipts that are too old."""
    today = now.astimezone(COPENHAGEN).date()
    queries.cut_receipts(weeks.week_of(today - timedelta(days=POINTER_DAYS + 7)))
    queries.delete_receipts(weeks.week_of(months_before(today, RECEIPT_MONTHS)))


def forget_kiosk_names(now: datetime) -> None:
    """Forget which sealed answers of tablets came, 13 whole weeks after the week they came in."""
    today = now.astimezone(COPENHAGEN).date()
    kiosk_boxes.forget(weeks.week_of(today - timedelta(weeks=kiosk_boxes.SEEN_WEEKS + 1)))


def expired_months(now: datetime) -> Sequence[str]:
    """The months whose sealed words must not be readable any more ('YYYY-MM')."""
    return queries.months_through(last_expired_month(now))


def last_expired_month(now: datetime) -> str:
    """The newest month whose time is over ('YYYY-MM')."""
    return f"{months_before(now.astimezone(COPENHAGEN).date(), SEALED_MONTHS + 1):%Y-%m}"


def destroy_month(month: str) -> None:
    """Overwrite and delete a month's key: nothing sealed to it can ever be opened again."""
    queries.delete_month(month)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last one that month has."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))
