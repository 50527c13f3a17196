"""Which texts are coded twice: drawn by chance when they reach the desk, before anybody has read them.

At least one in ten; more while a quarter would otherwise end with fewer than thirty.
"""

import secrets
from collections import defaultdict
from collections.abc import Callable, Sequence

from app.desk.moderation.second_coding import queries
from app.publication import finished, periods

SHARE = 0.10
FEWEST = 30
"""So many in a quarter, if the quarter has so many."""
PORTION = 2_000
"""Most that are drawn for at once."""
AT_ONCE = 500


def draw() -> int:
    """Draw for the texts nobody has drawn for yet; how many are to be coded twice. Runs with every batch."""
    quarters: dict[str, list[bytes]] = defaultdict(list)
    waiting = queries.undrawn(most=PORTION)
    for answer_id, week in waiting:
        quarters[finished.quarter_of(week).code].append(answer_id)
    chosen = [answer_id for code, ids in sorted(quarters.items()) for answer_id in _of_quarter(code, ids)]
    queries.mark_drawn([answer_id for answer_id, _week in waiting], chosen)
    return len(chosen)


def mix() -> int:
    """Let as many others of each week be drawn, of those nobody has read; how many changed. Runs every night.

    In the first quarter the first thirty are taken, and "among the first thirty" would say when somebody wrote.
    """
    by_week: dict[str, dict[bytes, bool]] = defaultdict(dict)
    for answer_id, week, is_due in queries.drawn_and_unread():
        by_week[week][answer_id] = is_due
    changed = 0
    for drawn in by_week.values():
        others = set(secrets.SystemRandom().sample(sorted(drawn), sum(drawn.values())))
        moved = [answer_id for answer_id, is_due in drawn.items() if is_due != (answer_id in others)]
        for at in range(0, len(moved), AT_ONCE):
            queries.mark_drawn(moved[at : at + AT_ONCE], others & set(moved[at : at + AT_ONCE]))
        changed += len(moved)
    return changed


def choose(ids: Sequence[bytes], *, drawn: int, seen: int, expected: int, chance: Callable[[], float]) -> list[bytes]:
    """Which of these are drawn, of a quarter in which `drawn` of `seen` were and `expected` should come in all.

    One in ten, or as many as are still missing of as many as are still to come (Knuth, The Art of Computer
    Programming 2, 3.4.2, algorithm S): so thirty are reached if the quarter is as full as expected. Where nothing
    is expected, the first thirty are taken.
    """
    chosen = []
    for answer_id in ids:
        still_to_come = max(expected - seen, 1)
        if chance() < max(SHARE, (FEWEST - drawn) / still_to_come):
            chosen.append(answer_id)
            drawn += 1
        seen += 1
    return chosen


def _of_quarter(code: str, ids: Sequence[bytes]) -> list[bytes]:
    quarter, chance = periods.parse(code), secrets.SystemRandom().random
    drawn = queries.count_drawn(quarter.weeks, most=FEWEST)
    if drawn >= FEWEST:  # the other two numbers would cost a count of the whole quarter
        return choose(ids, drawn=drawn, seen=0, expected=0, chance=chance)
    seen = queries.count_seen(quarter.weeks)
    return choose(ids, drawn=drawn, seen=seen, expected=queries.count_seen(quarter.before.weeks), chance=chance)
