"""One contract for every file a codebook is written to: read in again it changes nothing, and it holds no formula."""

import csv
import io
import json
import zipfile

import pytest

from app.core import table_cells, workbooks
from app.core.archives import FileRefused
from app.desk.moderation.codebook.standing import Standing
from app.desk.moderation.exchange import codebook_csv, formats, ifrc, tables
from app.desk.moderation.exchange.formats import FORMATS, Format
from tests.desk.moderation.exchange.books import HOSTILE, ORACLES, changed, held, lines, shipped

KIT = json.loads((ORACLES / "interop" / "ifrc_columns.json").read_text("utf-8"))


def file_of(one: Format) -> str:
    return f"codebook.{one.ending}"


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_what_was_written_changes_nothing_when_read_in(one: Format) -> None:
    found = held(formats.read(file_of(one), one.write(lines(), {})))

    assert (found.same, found.additions, found.updates, found.conflicts) == (68, [], [], [])


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_every_file_fills_an_empty_codebook(one: Format) -> None:
    found = held(formats.read(file_of(one), one.write(lines(), {})), Standing())

    assert len(found.additions) == 68
    assert [line.name_en or line.name_da for line in found.standing.in_order()]


@pytest.mark.parametrize("one", [one for one in FORMATS if one.name != "ifrc"], ids=lambda one: one.name)
def test_a_changed_definition_comes_back_as_one_update(one: Format) -> None:
    written = one.write(changed("ADG.KOE", definition_da="Kø og ventetid, også i telefonen.").in_order(), {})

    (update,) = held(formats.read(file_of(one), written)).updates

    assert update.code.key == "ADG.KOE"
    assert [(one.name, one.after) for one in update.fields] == [("definition_da", "Kø og ventetid, også i telefonen.")]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["csv", "xlsx", "json", "qdc", "qdpx"])
def test_a_hostile_definition_comes_back_as_it_was(name: str, text: str) -> None:
    one = formats.named(name)
    assert one is not None
    book = changed("ADG", definition_da=text)

    found = held(formats.read(file_of(one), one.write(book.in_order(), {})))

    assert all(field.after == text.strip() for update in found.updates for field in update.fields)
    assert found.conflicts == []


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_table_is_a_formula(text: str) -> None:
    book = changed("ADG", name_da=text, hints=(text,), definition_en=text).in_order()
    table = csv.reader(io.StringIO(codebook_csv.write(book).decode("utf-8-sig"), newline=""), delimiter=";")
    kit = workbooks.read(workbooks.write(ifrc.codebook(changed("ADG.AAB", name_en=text).in_order(), {})))

    both = [cell for row in (*table, *kit["CODEBOOK"]) for cell in row]

    assert not [cell for cell in both if cell.lstrip(" ").startswith(table_cells.FORMULA_SIGNS)]
    assert sum(text in cell for cell in both) >= 4


def test_the_table_opens_in_a_danish_excel() -> None:
    content = codebook_csv.write(lines())

    header = content.partition(b"\r\n")[0]

    assert content.startswith(b"\xef\xbb\xbf")
    assert header.decode("utf-8-sig") == (
        "key;guid;parent;name_da;name_en;definition_da;definition_en;exclusion_da;exclusion_en;example_da;"
        "hints;principles;colour;status;version"
    )
    assert content.count(b"\r\n") == 69


def test_the_kit_finds_its_header_and_types_letter_by_letter() -> None:
    sheet = workbooks.read(workbooks.write(ifrc.codebook(lines(), {})))[KIT["codebook_sheet"]]

    assert sheet[0] == KIT["codebook_header"]
    assert len(sheet) == 1 + 6 * 56
    assert {row[0] for row in sheet[1:]} == set(KIT["codebook_types"])
    assert ["Access and opening hours", "Opening hours"] in [row[2:4] for row in sheet]
    assert {row[5] for row in sheet[1:]} == {"v1: first version"}


def test_the_kits_data_sheet_takes_one_row_for_each_sub_code() -> None:
    said = [("=Der er lukket", "KRITIK", [("Access and opening hours", "Opening hours"), ("Community", "Meals")])]

    rows = list(ifrc.data([*said, ("Tak", "ROS", []), ("Hm", "", [])]))

    assert list(rows[0]) == KIT["data_header"]
    assert rows[1] == ["'=Der er lukket", "Report", "Access and opening hours", "Opening hours"]
    assert [row[1] for row in rows[1:]] == ["Report", "Report", "Encouragement_or_praise", ""]
    assert {kind.in_data for kind in ifrc.kinds().values()} == set(KIT["data_types"])


def test_no_sheet_touches_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    """openpyxl writes every sheet to a temporary file of its own; where it cannot, ours must still come out."""
    monkeypatch.setattr("tempfile.tempdir", f"{tmp_path}/there-is-no-such-folder")

    content = workbooks.write({"a": [["x", 1], ["y", 2]], "b": [["z"]]})

    assert workbooks.read(content) == {"a": [["x", "1"], ["y", "2"]], "b": [["z"]]}
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None


def test_numbers_that_a_spreadsheet_made_of_principles_are_read_back() -> None:
    book = workbooks.write({"a": [["key", "name_da", "principles"], ["NYT", "Nyt", 3], ["NYE", "Nye", "1,3"]]})

    first, second = formats.read("a.xlsx", book)

    assert (first.principles, second.principles) == ((3,), (1, 3))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "key;name_da\nADG;Å".encode("latin-1"), "not in UTF-8"),
        ("a.csv", b"name_da\nX", "key is missing"),
        ("a.csv", b"", "key, name_da is missing"),
        ("a.csv", b"key;name_da\n", "no codes"),
        ("a.csv", b"key;name_da;guid\nNYT;Nyt;x", "Row 2"),
        ("a.csv", b"key;name_da\nNYT;Nyt\n\nNYT;Nyt", "Row 4: NYT stands in row 2 too"),
        ("a.csv", b"key;name_da;principles\nNYT;Nyt;11", "Row 2: principles"),
        ("a.csv", b"key;name_da;colour\nNYT;Nyt;red", "Row 2: a colour"),
        ("a.csv", b"key;name_da\n" + b"".join(b"K%d;N\n" % nth for nth in range(2001)), "more than 2000"),
        ("a.json", b"[]", "in JSON"),
        ("a.json", b"[" * 100_000, "in JSON"),
        ("a.json", b'{"themes": [{"key": 1}]}', "in JSON"),
        ("a.xlsx", b"PK", "damaged"),
        ("a.qdc", b"<svg/>", "not a codebook"),
        ("a.txt", b"", "ends in"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(name: str, content: bytes, said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        formats.read(name, content)


def test_a_column_that_is_not_there_changes_nothing() -> None:
    found = held(formats.read("a.csv", b"key,name_da\nadg,Adgang"))

    (update,) = found.updates

    assert [(one.name, one.after) for one in update.fields] == [("name_da", "Adgang")]
    assert found.standing.by_key("ADG").hints == shipped().by_key("ADG").hints  # type: ignore[union-attr]


def test_a_table_names_its_columns_once() -> None:
    assert len(tables.COLUMNS) == len(set(tables.COLUMNS.values())) == 15
