"""Reading in how large the target groups are."""

import json
from datetime import date

import pytest

from app.core.config import ROOT
from app.publication.presence import lines, queries, target_groups, target_sets
from app.publication.presence.lines import FileRefused
from app.publication.presence.target_groups import COUNTS, SHARES

ORACLES = ROOT / "tests" / "oracles" / "interop"
FILE = (ORACLES / "denominators.csv").read_bytes()
REFUSED = json.loads((ORACLES / "denominators_expected.json").read_text("utf-8"))["refused_rows"]
TODAY = date(2026, 6, 1)
ROW = "217;Helsingør;7+8;18-59;400;320;480;2014;Opdigtet"


def counts(*rows: str) -> bytes:
    return "\n".join((";".join(COUNTS), *rows)).encode()


def shares(*rows: str) -> bytes:
    return "\n".join((";".join(SHARES), *rows)).encode()


def refusals(content: bytes) -> list[str]:
    return [one.why for one in target_groups.look(content).refused]


def test_the_file_of_the_oracle_is_taken_in_whole_with_and_without_its_mark(content: None) -> None:
    found = target_groups.take_in(FILE, by="aksel", today=TODAY)
    again = target_groups.take_in(FILE.removeprefix(b"\xef\xbb\xbf"), by="aksel", today=TODAY)

    assert (len(found.new), found.refused) == (4, ())
    assert (len(again.new), again.known) == (0, 4)
    targets = target_sets.usual()
    assert targets is not None
    assert targets.targets["K-helsingoer"].low == 320
    assert targets.in_all is None  # four of ninety-eight are not the country
    assert [one.taken_in for one in queries.files()] == [4]


def test_every_row_of_the_oracle_is_refused_with_its_reason_in_english(content: None, app: object) -> None:
    with app.test_request_context("/?lang=en"):  # type: ignore[attr-defined]
        assert refusals(counts(*(one["row"] for one in REFUSED))) == [one["why"] for one in REFUSED]


def test_rows_are_refused_one_by_one_and_a_decimal_comma_is_a_comma(content: None) -> None:
    found = target_groups.look(
        counts(ROW, ROW, ROW.replace("400;320;480", "412,5;;"), ROW.replace("7+8", ""), ROW.replace("400", "1.000.000"))
    )

    assert [one.line for one in found.refused] == [3, 4, 5, 6]
    assert len(found.new) == 1
    comma = target_groups.look(counts(ROW.replace("400;320;480", "412,5;;")))
    assert [one.count for one in comma.new if isinstance(one, target_groups.Count)] == [412.5]


def test_a_number_is_never_overwritten_and_another_year_stands_beside_it(content: None) -> None:
    target_groups.take_in(counts(ROW), by="aksel", today=TODAY)

    other = target_groups.take_in(counts(ROW.replace("400;", "500;", 1).replace("480", "")), by="aksel", today=TODAY)
    newer = target_groups.take_in(counts(ROW.replace("2014", "2025")), by="aksel", today=TODAY)

    assert (len(other.new), len(other.refused), len(newer.new)) == (0, 1, 1)
    assert [key.split("|")[2] for key in target_sets.known()] == ["2025", "2014"]
    assert {one.count for one in queries.groups()} == {400.0}


def test_shares_are_of_variables_and_categories_we_have_ourselves(content: None) -> None:
    good = "7+8;age;under_30;19,5;16;22;2021;Opdigtet"

    found = target_groups.take_in(
        shares(good, "7+8;shoe;big;1;;;2021;x", "7+8;age;answered;1;;;2021;x", "7+8;age;30_39;120;;;2021;x"),
        by="aksel", today=TODAY,
    )  # fmt: skip

    assert (found.kind, len(found.new), len(found.refused)) == ("shares", 1, 3)
    assert [(one.category, one.share) for one in queries.shares()] == [("under_30", 19.5)]


@pytest.mark.parametrize("content", [b"a;b\n1;2\n", "Blåbær".encode("latin-1"), b""])
def test_a_file_of_another_kind_is_refused_whole(app: object, content: bytes) -> None:
    with app.test_request_context(), pytest.raises(FileRefused):  # type: ignore[attr-defined]
        list(lines.rows(content, COUNTS))


def test_numbers_without_end_and_cells_without_end_are_refused(content: None) -> None:
    infinite = ROW.replace("400", "9" * 400)
    long_year = ROW.replace("2014", "2" * 5000)

    assert len(refusals(counts(infinite, long_year, ROW))) == 2
    with pytest.raises(FileRefused):
        target_groups.look(counts(f"217;{'a' * 200_000}"))
    (found,) = target_groups.look(counts(ROW.replace("Opdigtet", "Op\0digtet"))).new
    assert found.source == "Opdigtet", "PostgreSQL keeps no NUL"
