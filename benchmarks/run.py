"""`make bench [NAME …]`: one table a subject, then a line per budget, kept or missed."""

import shutil
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import agreeing, desk, inbound, microdata, pages, public, release, suggesting

SUBJECTS: dict[str, Callable[[], dict[str, float]]] = {
    "inbound_sqlite": inbound.on_sqlite,
    "inbound_postgresql": inbound.on_postgresql,
    "pages": pages.on_sqlite,
    "public": public.on_sqlite,
    "suggesting": suggesting.learned,
    "agreeing": agreeing.agreed,
    "microdata": microdata.sent,
    "release": release.of_forty_sites,
    "three_years": release.of_three_years,
    "desk_sqlite": desk.on_sqlite,
    "desk_postgresql": desk.on_postgresql,
}


def main(names: list[str]) -> int:
    """Run the subjects; 1 if a budget is missed."""
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is needed: apt-get install wrk")
    budgets = tomllib.loads((Path(__file__).parent / "budgets.toml").read_text("utf-8"))
    missed = 0
    for name in names or SUBJECTS:
        figures = SUBJECTS[name]()
        for rule, limit in budgets[name].items():
            figure, _, bound = rule.rpartition("_at_")
            is_kept = figures[figure] >= limit if bound == "least" else figures[figure] <= limit
            missed += not is_kept
            print(f"{'kept  ' if is_kept else 'MISSED'} {name}: {figure} {figures[figure]:.2f}, {bound} {limit}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
