"""Each wrong gateway is caught by the torture, in a form as small as that fault needs."""

from pathlib import Path

import pytest

from tests.databases import Databases
from tests.faults import verdict
from tests.faults.conftest import disk, house_environ
from tests.faults.stories import free_and_gone, two_ratings_at_once
from tests.faults.torture import House, Size, Torture
from tests.faults.verdict import Disk

__all__ = ["disk", "house_environ"]
CALM = Size(texts=150, conversations=40, kills=0)
CASES = (
    ("", "both", CALM, ""),
    # It dies when it has answered nine, of which the first is not stored for seconds.
    ("commit_after_answering", "sqlite", Size(40, 20, kills=1, kinds=("before the answer",), at=(10, 10)), "lost"),
    # It dies at its first COMMIT: words are stored, and nobody knows that they came.
    (
        "seen_in_a_second_transaction",
        "sqlite",
        Size(12, 12, kills=1, kinds=("after COMMIT",), only=free_and_gone, at=(1, 1)),
        "doubled",
    ),
    ("check_then_insert_without_the_key", "both", CALM, "doubled"),
    ("deferred_begin", "sqlite", CALM, "told to try again"),
    (
        "state_written_as_if_unread",
        "both",
        Size(texts=150, conversations=30, kills=0, only=two_ratings_at_once),
        "lost",
    ),
    ("number_in_clear", "sqlite", CALM, "on the disk"),
)


@pytest.mark.requirement("R4", mutants=True)
@pytest.mark.parametrize(("mutant", "kind", "size", "complaint"), CASES, ids=[case[0] or "none" for case in CASES])
def test_the_torture_catches(
    mutant: str, kind: str, size: Size, complaint: str,
    house_environ: dict[str, str], databases: Databases, tmp_path: Path, disk: Disk,
) -> None:  # fmt: skip
    if kind not in ("both", databases.kind):
        pytest.skip(f"a fault of {kind}")

    with House(house_environ, tmp_path, size=size, seed=7, mutant=mutant) as house:
        torture = Torture(house, seed=7)
        torture.run()

    faults = verdict.faults(torture, disk)
    assert any(complaint in fault for fault in faults) if mutant else not faults
