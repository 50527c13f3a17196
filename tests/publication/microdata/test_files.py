"""Microdata: the files equal the oracle's byte for byte, groups are never small, and no export tells more than one."""

import csv
import io
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from app.core import packed_files
from app.publication import periods
from app.publication.formats import wording
from app.publication.microdata import columns, dictionary, files, groups, syntax, table
from app.publication.microdata.columns import Column
from app.publication.microdata.files import Asked
from app.publication.microdata.groups import Key
from app.publication.tallies import NotCountable, Voice
from tests.publication import factories
from tests.publication.factories import voice

ORACLE = Path(__file__).parents[2] / "oracles" / "interop"
HALF = periods.parse("2027-H1")
LATER = date(2026, 8, 3)
"""The first day on which nobody can take back an answer of the first half of 2026."""
SITES = {
    "GH1": ("street_house", "midtjylland"),
    "GH2": ("street_house", "sjaelland"),
    "MUE1": ("mobile_unit", "syddanmark"),
    "SIR1": ("consumption_room", "nordjylland"),
}
CLOSED = {
    "A": ("record", "half", "region", "kind", "rating", "safe", "respect", "t_ADG", "t_MOB", "t_MOD", "t_TRY", "t_SUN",
          "t_BEH", "t_BOL", "t_BAS", "t_OKO", "t_KOM", "t_FAE", "t_IND", "words"),
    "B": ("record", "half", "kind", "rating", "age"),
    "C": ("record", "half", "kind", "rating", "language"),
}  # fmt: skip


@pytest.fixture
def two_themes() -> tuple[Column, ...]:
    """The columns of the oracle: file A of a codebook with two themes."""
    return columns.of("A", HALF.code, ("ADG", "KOM"), columns.regions(2027))


def at(site: str, count: int, **said: object) -> list[Voice]:
    return [voice(site, "2027-W02", **said) for _ in range(count)]


def made(file: str, voices: Iterable[Voice]) -> list[tuple[str, ...]]:
    """The records of a file, without their number."""
    head = files.columns_of(file, HALF)
    return list(files.rows(Asked(file, HALF, ""), head, voices, SITES))


def test_the_table_equals_the_oracle(two_themes: tuple[Column, ...]) -> None:
    told = (ORACLE / "microdata.csv").read_bytes()
    rows = [row[1:] for row in csv.reader(io.StringIO(told.decode("utf-8-sig")), delimiter=";")][1:]

    assert b"".join(table.written(two_themes, rows)) == told


def test_the_syntax_equals_the_oracle(two_themes: tuple[Column, ...]) -> None:
    written = syntax.written(wording.period(HALF.code, "da"), files.DATA, two_themes)

    assert written == (ORACLE / "microdata.sps").read_bytes()


def test_the_dictionary_equals_the_oracle(two_themes: tuple[Column, ...]) -> None:
    assert dictionary.written(two_themes) == (ORACLE / "microdata_dictionary.csv").read_bytes()


@pytest.mark.parametrize("file", CLOSED)
def test_the_columns_of_a_file_are_a_closed_list(file: str) -> None:
    assert tuple(one.name for one in files.columns_of(file, HALF)) == CLOSED[file]


def test_an_answer_becomes_its_categories_and_nothing_finer() -> None:
    said = {"rating": "bad", "safe": "partly", "themes": frozenset({"ADG.AAB"}), "has_words": True, "lang": "de"}
    voices = at("GH1", 20, more={"age": "40_49"}, **said)

    assert made("A", voices)[0] == ("2027-H1", "midt", "street_house", "1", "2", "9", "1", *"00000000000", "1")
    assert made("B", voices)[0] == ("2027-H1", "street_house", "1", "3")
    assert made("C", voices)[0] == ("2027-H1", "street_house", "1", "other")


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ({("ost", "house"): 20, ("midt", "house"): 20}, {("ost", "house"): 20, ("midt", "house"): 20}),
        (
            {("ost", "house"): 40, ("midt", "house"): 19, ("syd", "house"): 1},
            {("ost", "house"): 40, ("dk", "house"): 20},
        ),
        ({("ost", "house"): 40, ("midt", "house"): 12, ("syd", "bus"): 8}, {("ost", "house"): 40, ("dk", "any"): 20}),
        ({("ost", "house"): 40, ("midt", "house"): 12, ("syd", "bus"): 7}, {("ost", "house"): 40}),
    ],
)  # fmt: skip
def test_a_group_under_twenty_is_joined_or_left_out(
    sizes: dict[tuple[str, str], int], told: dict[tuple[str, str], int]
) -> None:
    by_key = {Key(*key): n for key, n in sizes.items()}
    found: Counter[Key] = Counter()
    for key, now in groups.told(by_key).items():
        if now:
            found[now] += by_key[key]

    assert found == told
    assert min(found.values()) >= groups.FEWEST


def test_two_exports_joined_on_all_columns_find_nobody_that_one_does_not() -> None:
    voices = [
        *(v for rating in ("good", "mid", "bad") for v in at("GH1", 30, rating=rating)),
        *at("GH2", 19),
        *at("MUE1", 18, rating="bad"),
    ]

    one, other = made("A", voices), made("A", voices)

    assert one != other
    assert Counter(one) == Counter(other)
    assert min(Counter(row[:3] for row in one).values()) >= groups.FEWEST
    assert {row[1:3] for row in one} == {("midt", "street_house"), ("dk", "any")}


def test_a_half_year_that_is_not_counted_has_no_file(app: Flask, content: None) -> None:
    with pytest.raises(NotCountable):
        files.asked("A", "2026-H1", "", LATER)
    with pytest.raises(files.NoSuchFile):
        files.asked("A", "2026-Q1", "", LATER)
    factories.freeze(factories.Archive([voice()]), periods.parse("2026-H1"), HALF.may_be_published_on())

    # What is withdrawn between two exports is what the second lacks.
    with pytest.raises(periods.TooEarly, match="mikrodata|Microdata"):
        files.asked("B", "2026-H1", "aftale 7", date(2026, 8, 2))
    assert files.asked("B", "2026-H1", "aftale 7", LATER).name == "gadens-stemme-mikrodata-2026-H1-B"


@pytest.mark.skipif(shutil.which("pspp") is None, reason="PSPP is not installed here")
@pytest.mark.parametrize("file", CLOSED)
def test_pspp_reads_the_data_with_the_syntax(tmp_path: Path, file: str) -> None:
    voices = at("GH1", 20, rating="good", has_words=True)
    for name, content in files.parts(Asked(file, HALF, "aftale 7"), voices, SITES):
        (tmp_path / name).write_bytes(b"".join(content))
    (tmp_path / "run.sps").write_bytes((tmp_path / "microdata.sps").read_bytes() + b"FREQUENCIES rating.\r\n")

    ran = subprocess.run(["pspp", "run.sps"], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "godt (4-5)" in ran.stdout


def test_the_packed_file_has_the_same_bytes_for_the_same_parts() -> None:
    parts = [("a.txt", [b"one", b"two"]), ("b.txt", [b"three"])]

    assert b"".join(packed_files.packed(parts)) == b"".join(packed_files.packed(parts))
