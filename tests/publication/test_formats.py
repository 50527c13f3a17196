"""One contract for every format, on a small release whose figures we know."""

import io
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import docx
import html5lib
import pytest
from flask import Flask
from openpyxl import load_workbook
from pypdf import PdfReader

from app.core import workbooks
from app.core.config import ROOT
from app.publication.formats import FORMATS, PDF, about, by_name, csv, page, pdf, xlsx
from app.publication.formats import json as json_format
from app.publication.formats.base import Deed, Edition, Format, Words

INTEROP = ROOT / "tests" / "oracles" / "interop"
HOSTILE = "=1+1<script>alert(1)</script>"


@pytest.fixture
def document() -> dict[str, Any]:
    """The smallest release other tools agree on, with the figures of the country added."""
    found: dict[str, Any] = json.loads((INTEROP / "release_minimal.json").read_text("utf-8"))
    for rating, value in (("answered", 90), ("good", 55), ("mid", None), ("bad", None)):
        dims = {"place": "DK", "period": "2027-Q1", "rating": rating}
        found["cells"].append({"table": "T2", "dims": dims, "value": value})
    return found


def said(name: str, content: bytes) -> str:
    """All the words and figures of a file."""
    if name == "xlsx":
        return "\n".join(cell for sheet in workbooks.read(content).values() for row in sheet for cell in row)
    if name == "docx":
        found = docx.Document(io.BytesIO(content))
        cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(one.text for one in found.paragraphs), *cells])
    return content.decode("utf-8-sig")


def front(edition: Edition, lang: str = "da") -> str:
    return next(piece.content for piece in page.render(edition) if (piece.part, piece.lang) == ("", lang)).decode()


def rows(content: str) -> Iterator[tuple[str, str]]:
    """Label and whole row of each line of every table."""
    for row in re.findall(r"<tr>.*?</tr>", content, re.DOTALL):
        label = re.search(r'<th scope="row">(.*?)</th>', row)
        assert label
        yield label[1], row


def test_the_table_for_spreadsheets_is_the_agreed_one_byte_for_byte(app: Flask) -> None:
    minimal = json.loads((INTEROP / "release_minimal.json").read_text("utf-8"))

    (piece,) = csv.render(Edition(minimal))

    assert piece.content == (INTEROP / "release_minimal.csv").read_bytes()


@pytest.mark.requirement("R7")
@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_every_format_prints_the_same_bytes_twice(app: Flask, one: Format, document: dict[str, Any]) -> None:
    assert list(one.render(Edition(document))) == list(one.render(Edition(deepcopy(document))))


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_every_format_shows_a_shown_figure(app: Flask, one: Format, document: dict[str, Any]) -> None:
    assert any("55" in said(one.name, piece.content) for piece in one.render(Edition(document)))


@pytest.mark.requirement("R7")
@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_no_format_knows_anything_but_the_document(app: Flask, one: Format, document: dict[str, Any]) -> None:
    hidden = [cell for cell in document["cells"] if cell["value"] is None]
    shown = list(one.render(Edition(document)))

    document["cells"] = [cell for cell in document["cells"] if cell not in hidden]
    fewer = list(one.render(Edition(document)))

    assert len(shown) == len(fewer)
    assert shown != fewer


@pytest.mark.parametrize("sign", ["=1+1", "+45", "-2", "@a", "\tx", "\rx", "＝1", "＋1", "－1", "＠a", "  =1"])
def test_no_text_becomes_a_formula(app: Flask, sign: str, document: dict[str, Any]) -> None:
    document["dimensions"][0]["members"][0]["label"] = sign

    (table,), (book, _english) = csv.render(Edition(document)), xlsx.render(Edition(document))

    assert f"'{sign}" in said("csv", table.content).replace('"', "")
    labels = [cell for row in workbooks.read(book.content).popitem()[1] for cell in row]
    assert f"'{sign}" in labels
    assert sign not in labels


def test_hostile_names_stay_text_on_the_page(app: Flask, document: dict[str, Any]) -> None:
    document["dimensions"][0]["members"][1]["label"] = HOSTILE
    deed = Deed("ADG", "did", {"da": HOSTILE}, {"da": HOSTILE}, HOSTILE, date(2027, 5, 1))
    quote = Words(HOSTILE, "da", "ADG", "street_house", "R-midt", "2027-spring")

    content = front(Edition(document, deeds=(deed,), quotes=(quote,)))

    assert "<script" not in content
    assert content.count("&lt;script&gt;") >= 4


def test_a_hidden_row_has_a_dash_and_no_bar(app: Flask, document: dict[str, Any]) -> None:
    found = dict(rows(front(Edition(document))))

    assert "<rect" not in found["Dårligt (1–2)"]
    assert "–" in found["Dårligt (1–2)"]


def test_a_shown_row_says_count_share_and_interval_and_its_bar_is_the_share(
    app: Flask, document: dict[str, Any]
) -> None:
    row = dict(rows(front(Edition(document))))["Godt (4–5)"]

    assert "55" in row
    assert "90" in row
    assert "61 %" in row
    assert '<rect width="61" height="10"/>' in row


def test_a_bar_is_exactly_as_agreed(app: Flask, document: dict[str, Any]) -> None:
    assert (
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect width="61" height="10"/></svg>'
    ) in front(Edition(document))


def test_rows_stand_in_the_order_of_the_catalogue(app: Flask, document: dict[str, Any]) -> None:
    labels = [label for label, _ in rows(front(Edition(document)))]

    assert labels.index("Godt (4–5)") < labels.index("Midt imellem (3)") < labels.index("Dårligt (1–2)")


@pytest.mark.parametrize("lang", page.LANGUAGES)
def test_a_page_is_whole_html_in_its_language_without_script_or_style(
    app: Flask, lang: str, document: dict[str, Any]
) -> None:
    content = front(Edition(document), lang)

    html5lib.HTMLParser(strict=True).parse(content)
    assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in content
    assert "style=" not in content
    assert "<script" not in content
    assert "src=" not in content


def test_a_caption_says_how_many_and_when(app: Flask, document: dict[str, Any]) -> None:
    captions = re.findall(r"<caption>(.*?)</caption>", front(Edition(document)))

    assert any("90" in caption and "1. kvartal 2027" in caption for caption in captions)


def test_an_early_release_says_that_it_is_a_trial(app: Flask, document: dict[str, Any]) -> None:
    assert '<p class="m">' in front(Edition(document, is_early=True))
    assert '<p class="m">' not in front(Edition(document))


def test_what_nobody_wrote_in_arabic_is_marked_with_its_own_language(app: Flask, document: dict[str, Any]) -> None:
    deed = Deed("ADG", "did", {"da": "Lukket.", "en": ""}, {"da": "Åbent.", "en": ""}, "", date(2027, 5, 1))

    assert '<span lang="da" dir="ltr">Åbent.</span>' in front(Edition(document, deeds=(deed,)), "ar")


def test_the_hash_is_over_everything_but_itself(document: dict[str, Any]) -> None:
    signed = {**document, "hash": json_format.hash_of(document)}

    assert json_format.hash_of(signed) == signed["hash"]
    assert json_format.hash_of({**signed, "k": 4}) != signed["hash"]
    assert json_format.hash_of(dict(reversed(signed.items()))) == signed["hash"]


def test_a_workbook_holds_numbers_as_numbers_and_says_where_one_is_hidden(app: Flask, document: dict[str, Any]) -> None:
    piece, _english = xlsx.render(Edition(document))

    book = load_workbook(io.BytesIO(piece.content))
    assert [name.partition(" ")[0] for name in book.sheetnames[1:-1]] == [one["id"] for one in document["tables"]]
    rows = {row[3]: row for row in book[book.sheetnames[2]].iter_rows(values_only=True) if row[1] == "DK"}
    assert rows["good"][4:] == (55, 90, 61, 51, 71, None)
    assert (rows["bad"][4:9], bool(rows["bad"][9])) == ((None, 90, None, None, None), True)


@pytest.mark.requirement("R7")
@pytest.mark.pdf
def test_a_pdf_is_tagged_in_danish_with_bars_for_shown_shares_only(app: Flask, document: dict[str, Any]) -> None:
    made = pdf.html(Edition(document))

    piece, english = PDF.render(Edition(document))

    html5lib.HTMLParser(strict=True).parse(made)
    assert '<rect width="61" height="10"/>' in made
    assert len(re.findall("<rect ", made)) == len(re.findall(r"<td>\d+ %</td>", made))
    catalogue = PdfReader(io.BytesIO(piece.content)).trailer["/Root"]
    assert (catalogue["/Lang"], bool(catalogue["/MarkInfo"]["/Marked"])) == ("da", True)
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()
    assert PdfReader(io.BytesIO(english.content)).trailer["/Root"]["/Lang"] == "en"


@pytest.mark.parametrize("name", ["xlsx", "docx"])
def test_what_people_open_is_made_in_danish_and_english(app: Flask, name: str, document: dict[str, Any]) -> None:
    danish, english = by_name(name).render(Edition(document))

    assert (danish.lang, english.lang) == ("da", "en")
    assert "Om tallene" in said(name, danish.content)
    assert "About the figures" in said(name, english.content)
    assert "Om tallene" not in said(name, english.content)
    assert "Skjult" not in said(name, english.content)
    assert about.language() == "da", "as it was before"


def test_the_dictionary_of_a_release_names_every_code_it_uses(document: dict[str, Any]) -> None:
    known = {(row[0], row[1]) for row in about.dictionary(document)}

    used = {pair for cell in document["cells"] for pair in cell["dims"].items()}
    assert used <= known
    assert ("rating", "good", "Godt (4–5)", "Good (4–5)", "answered", "0", "1", "T2") in set(about.dictionary(document))
