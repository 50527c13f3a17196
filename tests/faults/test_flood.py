"""A flood of signed texts: none is lost, each is heard in time, and no more is answered than was set aside for a day.

Short: 50 a second for 10 seconds. `make torture`: 50 a second for a minute, and 200 a second.
"""

import itertools
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.channels.sms import queries, segments
from app.core import clock
from app.privacy import keys
from tests.channels.sms import factories
from tests.databases import Databases
from tests.faults import verdict
from tests.faults.post import Answer, post
from tests.faults.stories import Row
from tests.live import LiveServer
from tests.requirements import IN_FULL

TEXTS = ("GH1", "4", "ja", "Flere senge om natten", "nej")
AT_ONCE = 32  # texts on their way
BUDGET = 300  # segments of replies in a day: fewer than would be sent
ROW = Row("GH1", (("last_time", "4"), ("respect", "yes")), ("Flere senge om natten",))
SLOWEST_HUNDREDTH = 2.0 if IN_FULL else 8.0  # seconds; other tests run beside the short form, and eight are promised
PACES = ((50, 60), (200, 30)) if IN_FULL else ((50, 10),)


@pytest.mark.parametrize(("a_second", "seconds"), PACES)
def test_a_flood_is_stored_to_the_last_text_and_answered_in_time(
    a_second: int, seconds: int, house_environ: dict[str, str], databases: Databases, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    people = a_second * seconds // len(TEXTS)
    house_environ |= {"STEMME_SMS_DAILY_SEGMENTS": str(BUDGET)}
    first_day = keys.epoch_of(clock.now())
    server = LiveServer(house_environ, tmp_path, processes=2).start()
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(
                pool.map(_on_time, itertools.repeat(server.url), *zip(*_plan(people, a_second), strict=True))
            )
    finally:
        server.kill()

    left = [segments.segments(reply).segments for one in answers if (reply := factories.message_of(one.body))]
    times = sorted(answer.seconds for answer in answers)
    p50, p99 = (times[int(len(times) * share)] for share in (0.5, 0.99))
    with capsys.disabled():
        print(f"\n{databases.kind}: {len(answers)} texts at {a_second}/s, "  # noqa: T201
              f"p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms, {sum(left)} segments of {BUDGET}")  # fmt: skip
    assert Counter(answer.status for answer in answers) == {200: len(answers)}
    assert verdict.stored() == Counter({ROW: people})
    assert queries.open_conversations() == 0
    days = keys.epoch_of(clock.now()) - first_day + 1
    assert (
        BUDGET - max(left) <= sum(left) <= BUDGET * days + AT_ONCE * max(left)
    )  # those of one moment do not see each other
    assert p99 < SLOWEST_HUNDREDTH


def _plan(people: int, a_second: int) -> list[tuple[float, dict[str, str]]]:
    """When each text leaves: all say their first text, then all their second, so nobody overtakes himself."""
    began = time.monotonic() + 0.5
    numbers = [f"+4500{100_000 + n}" for n in range(people)]
    texts = [factories.fields(said, sender=number) for said in TEXTS for number in numbers]
    return [(began + nth / a_second, form) for nth, form in enumerate(texts)]


def _on_time(url: str, due: float, form: dict[str, str]) -> Answer:
    time.sleep(max(0.0, due - time.monotonic()))
    return post(url, form)
