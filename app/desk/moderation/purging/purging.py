"""Forgetting on time: a text ends with the key of its month, a statement lives on without its response, then it ends.

Runs behind `surveys.retention`, in the same transaction.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from app.core import weeks
from app.core.clock import COPENHAGEN
from app.desk.moderation.purging import queries
from app.privacy import retention
from app.surveys.retention import RESPONSE_MONTHS

AT_ONCE = 500


def run(now: datetime) -> None:
    """Everything whose time is over. Safe to run at any moment, as often as one likes."""
    today = now.astimezone(COPENHAGEN).date()
    oldest_readable = weeks.week_of(retention.months_before(today, retention.SEALED_MONTHS))
    for some in _batches(queries.without_words(oldest_readable)):
        _cut_statements(some)
        queries.mark_purged(some)
    queries.delete_statements(weeks.week_of(retention.months_before(today, RESPONSE_MONTHS)))


def quarter_begins(week: str) -> str:
    """The first week of a week's quarter: what is left of '2026-W10' is '2026-W01'."""
    year, month = weeks.month_of_week(week).split("-")
    return weeks.weeks_of_month(f"{year}-{(int(month) - 1) // 3 * 3 + 1:02}")[0]


def _cut_statements(item_ids: Sequence[bytes]) -> None:
    by_quarter: dict[str, list[bytes]] = defaultdict(list)
    for statement_id, week in queries.statements_of(item_ids):
        by_quarter[quarter_begins(week)].append(statement_id)
    for week, statement_ids in by_quarter.items():
        queries.cut(statement_ids, week)


def _batches(item_ids: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (item_ids[at : at + AT_ONCE] for at in range(0, len(item_ids), AT_ONCE))
