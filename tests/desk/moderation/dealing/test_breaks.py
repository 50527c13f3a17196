"""When a break is offered, and how long a text has waited at least."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.desk.moderation.dealing import counting

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def acts(*minutes_ago: int) -> list[datetime]:
    return [NOON - timedelta(minutes=ago) for ago in sorted(minutes_ago)]


def test_a_week_that_runs_has_waited_no_day() -> None:
    assert counting.days_since("2026-W47", date(2026, 11, 20)) == 0
    assert counting.days_since("2026-W46", date(2026, 11, 16)) == 1


@pytest.mark.parametrize(
    ("minutes_ago", "expected"),
    [
        ((1, 8, 15, 22, 29, 36, 46), True),
        ((1, 8, 15, 22, 29, 36, 43), False),
        ((1, 8, 25, 32, 39, 46), False),
        ((1, 8, 15, 22, 29, 36, 43, 50, 57, 64), False),
        ((), False),
    ],
    ids=["three quarters without a pause", "not yet", "a pause between", "read on after the offer", "just begun"],
)
def test_a_break_is_offered_after_three_quarters_of_an_hour(minutes_ago: tuple[int, ...], *, expected: bool) -> None:
    assert counting.is_break_due(acts(*minutes_ago), NOON) is expected
