"""What holds of every case without one being raised: days, quarters, the words of the lists, who may know of them."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.core.config import ROOT
from app.core.db import Model
from app.desk.moderation.safeguarding import cases, due, wording

ORACLE = Path(__file__).parents[3] / "oracles" / "interop" / "ifrc_columns.json"


@pytest.mark.parametrize(
    ("raised_on", "closed_by"),
    [
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 1, 31), date(2026, 4, 30)),
    ],
)
def test_three_months_end_where_the_month_does(raised_on: date, closed_by: date) -> None:
    reviewed_by = raised_on + timedelta(weeks=6)

    assert due.after("decided", reviewed_by, "reviewed") == closed_by


def test_quarters_go_by_the_month_of_the_week() -> None:
    assert [cases.quarter_of(week) for week in ("2026-W01", "2026-W14", "2026-W53")] == [
        "2026-Q1",
        "2026-Q2",
        "2026-Q4",
    ]


def test_the_lists_are_those_of_the_federation_word_for_word() -> None:
    lists = json.loads(ORACLE.read_text("utf-8"))["lists"]

    for name, ours in (
        ("Sensitivity", wording.SENSITIVITIES),
        ("Criticality", wording.CRITICALITIES),
        ("Status of th comment", wording.STATUSES),
        ("Closing of the loop", wording.LOOPS),
    ):
        assert list(ours.values()) == lists[name]["values"], name


THE_LIST_OF_A_BACKUP = "app/privacy/backups/contents.py"
"""Names every table, reads none."""


def test_nothing_outside_safeguarding_reads_or_points_at_cases() -> None:
    """No count, search, export or log can hold what no other module can name."""
    naming = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "app").rglob("*.py")
        if re.search(
            r"SafeguardingCase|safeguarding_case|safeguarding(\.| import )(models|queries)", path.read_text("utf-8")
        )
    ]
    assert "app/desk/moderation/safeguarding/queries.py" in naming
    assert [path for path in naming if "/safeguarding/" not in path and path != THE_LIST_OF_A_BACKUP] == []
    pointing = [
        table.name
        for table in Model.metadata.sorted_tables
        if any(key.target_fullname.startswith("safeguarding_case.") for key in table.foreign_keys)
    ]
    assert pointing == []
