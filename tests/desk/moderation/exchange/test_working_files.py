"""The files of an export, from statements as values: what each holds, and that no cell of it is a formula."""

import csv
import html
import io
import json
import zipfile
from dataclasses import replace
from datetime import date

from docx import Document

from app.core import workbooks
from app.desk.moderation.exchange import about, columns, statements, working
from app.desk.moderation.exchange.statements import Coding, Statement
from app.publication.records import Where
from tests.desk.moderation.exchange.books import HOSTILE, shipped

NEEDLE = "Der er for lang kø til badet om morgenen."
ALL = [one.name for one in working.FORMATS]
HEAD = replace(
    about.of(shipped(), 1, {}, by="Aksel", day=date(2026, 3, 2), period="2026"),
    types={"KRITIK": "Kritik"},
)
KOE = shipped().by_key("ADG.KOE")
assert KOE is not None
ONE = Statement(
    id="a1b2c3d4e5f6",
    voice="0123456789ab",
    where=Where("2026-Q1", "street_house", "R-hoved", "", "web"),
    language="da",
    rating=2,
    round="first",
    type="KRITIK",
    keys=frozenset({"ADG", "ADG.KOE"}),
    has_no_theme=False,
    text=NEEDLE,
    translation="",
    codings=(Coding("Koder A", "first", (KOE.guid,)),),
    memos=(),
)


def file_of(name: str, *found: Statement) -> bytes:
    one = working.named(name)
    assert one is not None
    return b"".join(one.write(HEAD, [found]))


def table(*found: Statement) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file_of("csv", *found).decode("utf-8-sig"), newline=""), delimiter=";"))


def everything_in(content: bytes) -> str:
    """All that a file says, unpacked where it is an archive."""
    if content.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        content = b"".join(archive.read(part) for part in archive.namelist() if not part.endswith("jpeg"))
    return html.unescape(content.decode("utf-8-sig"))


def test_every_file_holds_the_words_and_the_head_but_the_syntax_only_the_head() -> None:
    content = {name: everything_in(file_of(name, ONE)) for name in ALL}

    assert [name for name in ALL if NEEDLE not in content[name]] == ["sps"]
    assert [name for name in ALL if HEAD.mark not in content[name]] == []


def test_no_cell_of_the_table_is_a_formula_and_none_has_two_lines() -> None:
    found = [replace(ONE, text=f"{text} kø\nog kø", translation=text) for text in HOSTILE]

    rows = [
        *table(*found),
        *workbooks.read(file_of("xlsx", *found))["udsagn"],
        *workbooks.read(file_of("ifrc", *found))["data"],
    ]

    risky = tuple("=+-@\t\r\n＝＋－＠")
    assert [cell for row in rows for cell in row if cell.lstrip(" ").startswith(risky)] == []
    assert all(row[-2].endswith("kø / og kø") for row in table(*found)[2:])
    assert len(table(*found)) == 2 + len(HOSTILE)


def test_the_kit_gets_its_own_header_and_a_row_for_each_sub_code() -> None:
    said = replace(ONE, keys=frozenset({"ADG", "ADG.KOE", "BOL", "BOL.NAT", "MOD"}))

    found = workbooks.read(file_of("ifrc", said, replace(ONE, keys=frozenset(), type="")))["data"]

    english = {line.key: line.name_en for line in HEAD.lines}
    assert found[0] == ["Feedback message", "Type of feedback", "Category", "Code"]
    assert sorted(row[1:] for row in found[1:]) == sorted([
        ["", "", ""],
        ["Report", "Access and opening hours", "Waiting and queues"],
        ["Report", english["BOL"], english["BOL.NAT"]],
        ["Report", english["MOD"], ""],
    ])  # fmt: skip


def test_the_syntax_names_the_columns_in_their_order() -> None:
    syntax = file_of("sps").decode("utf-8-sig")

    variables = syntax.partition("/VARIABLES=\n")[2].partition(".\nVARIABLE LABELS")[0].splitlines()
    assert [one.split()[0] for one in variables] == table()[1] == [one.name for one in columns.of(HEAD)]
    assert "/FIRSTCASE=3" in syntax
    assert "t_ADG_KOE 'Tema: Ventetid og kø'" in syntax
    assert "region 'R-hoved' 'Region Hovedstaden'" in syntax
    assert syntax.rstrip().endswith("EXECUTE.")


def test_the_document_can_be_opened_and_has_no_author() -> None:
    document = Document(io.BytesIO(file_of("docx", replace(ONE, text=f"{NEEDLE}\x0b"))))

    assert NEEDLE in [paragraph.text for paragraph in document.paragraphs]
    assert document.core_properties.author == "Gadens Stemme"


def test_the_page_holds_words_and_no_markup_of_theirs() -> None:
    content = file_of("html", replace(ONE, text="<script>alert(1)</script>")).decode()

    assert "<blockquote>&lt;script&gt;alert(1)" in content
    assert "<dt>Temaer</dt><dd>Adgang og åbningstider; Ventetid og kø</dd>" in content


def test_json_is_whole_however_the_statements_come() -> None:
    one = working.named("json")
    assert one is not None
    other = replace(ONE, id="x")

    ways: tuple[list[list[Statement]], ...] = ([], [[]], [[], [ONE, other]], [[ONE], [other]])
    read = [json.loads(b"".join(one.write(HEAD, batches))) for batches in ways]

    assert [[said["id"] for said in document["statements"]] for document in read] == [
        [], [], [ONE.id, "x"], [ONE.id, "x"],
    ]  # fmt: skip
    assert read[3]["statements"][0]["codings"] == [{"coder": "Koder A", "round": "first", "guids": [KOE.guid]}]


def test_the_first_twenty_six_coders_get_letters_that_say_nothing() -> None:
    names = [statements.Names() for _ in range(3)]

    letters = [[one.coder(bytes([nth])) for nth in range(28)] for one in names]

    assert all(sorted(some[:26]) == [f"Koder {chr(ord('A') + nth)}" for nth in range(26)] for some in letters)
    assert letters[0][26:] == ["Koder AA", "Koder AB"]
    assert len({tuple(some) for some in letters}) > 1
