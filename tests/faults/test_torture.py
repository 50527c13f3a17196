"""Nothing is lost, doubled, mixed up or left in clear, however often the servers are killed.

`make torture` runs it in full on both databases; otherwise it is short. `TORTURE_SEED` tells another story.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.databases import Databases
from tests.faults import verdict
from tests.faults.torture import KINDS, House, Size, Torture
from tests.faults.verdict import Disk
from tests.requirements import IN_FULL

SHORT = Size(texts=70, conversations=20, kills=10)
FULL = Size(texts=1200, conversations=160, kills=155)
SEED = int(os.environ.get("TORTURE_SEED", "7"))


@pytest.mark.requirement("R4")
def test_every_acknowledged_answer_is_stored_once_and_nothing_is_left_in_clear(
    house_environ: dict[str, str], databases: Databases, tmp_path: Path, disk: Disk, capsys: pytest.CaptureFixture[str],
    figure: Callable[[str], None],
) -> None:  # fmt: skip
    size = FULL if IN_FULL else SHORT
    began = time.monotonic()

    with House(house_environ, tmp_path, size=size, seed=SEED) as house:
        torture = Torture(house, seed=SEED)
        torture.run()
        in_use = disk(verdict.needles(torture))

    with capsys.disabled():
        print(f"\n{databases.kind}: {house.counts.report(len(torture.people), time.monotonic() - began)}")  # noqa: T201
    figure(f"{house.counts.texts} texts, {house.counts.kills.total()} kills on {databases.kind}: 0 lost, 0 doubled")
    assert (verdict.faults(torture, disk), in_use) == ([], [])
    assert set(house.counts.kills) == set(KINDS)
