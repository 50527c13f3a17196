"""Forgetting what was said, on time: open conversations with their key, sealed words after 24 months."""

from datetime import datetime

from app.core import weeks
from app.core.clock import COPENHAGEN
from app.privacy import retention
from app.surveys import queries

RESPONSE_MONTHS = 60
"""After this only frozen counts are left of a response."""


def run(now: datetime) -> None:
    """Everything whose time is over. Safe to run at any moment, as often as one likes."""
    for _ in range(retention.forget_days(now)):
        queries.one_night_less()
    retention.forget_receipts(now)
    retention.forget_kiosk_names(now)
    for month in retention.expired_months(now):
        queries.unseal_months_through(month)
        retention.destroy_month(month)
    oldest = retention.months_before(now.astimezone(COPENHAGEN).date(), RESPONSE_MONTHS)
    queries.delete_responses_through(weeks.week_of(oldest))
