"""Forgetting what was said, on time: open conversations with their key, sealed words after 24 months."""

from datetime import datetime

from app.core import config, weeks
from app.core.clock import COPENHAGEN
from app.privacy import retention
from app.surveys import queries

RESPONSE_MONTHS = 60
"""After this only frozen counts are left of a response."""


def end_days(now: datetime) -> None:
    """Destroy dead day keys and what lived under them; a conversation that never ended still leaves after two nights.

    Only where the day keys lie: elsewhere every conversation would look as if its key had died.
    """
    for _ in range(retention.forget_days(now)):
        queries.one_night_less()


def run(now: datetime) -> None:
    """Everything whose time is over. Safe to run at any moment, as often as one likes."""
    if config.settings().has_citizen_side:
        end_days(now)
    retention.forget_receipts(now)
    retention.forget_kiosk_names(now)
    for month in retention.expired_months(now):
        queries.unseal_months_through(month)
        retention.destroy_month(month)
    oldest = retention.months_before(now.astimezone(COPENHAGEN).date(), RESPONSE_MONTHS)
    queries.delete_responses_through(weeks.week_of(oldest))
