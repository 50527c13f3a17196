"""Posters and forms as files: read back as a telephone, a screen reader and a printer would."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from flask.testing import FlaskClient
from pypdf import PdfReader
from pypdfium2 import raw

from app import create_app
from app.core import clock, config, db
from app.core.i18n import LANGUAGES
from app.surveys import queries, question_types, versions
from tests import content
from tests.core import test_pdf
from tests.databases import create_schema
from tests.desk.accounts import factories
from tests.desk.admin import test_print

pytestmark = pytest.mark.pdf

Printed = Callable[[str], bytes]
ADDRESS = "HTTPS://GADENSSTEMME.DK/S/GH1"
LINKS = re.compile(r"<link[^>]*>")
DOTS_A_MM = 6
LEAST = {"poster": 40, "door": 40, "toilet": 40, "tent": 30, "sms": 30}
"""Millimetres of the code; a door of A5 may be a toilet's too."""
A4, A5 = (210, 297), (148, 210)
SIZES = {"poster": A4, "door": A5, "toilet": A5, "tent": A4, "sms": A4}
TYPES = {
    "faces": ("smiley_5", "smiley_3", "yes_no", "choice", "picture", "place"),
    "others": ("pick", "rank", "scale", "number", "text", "note"),
}
"""More ways of asking than one survey may have on its longest way."""
SMALLEST_LETTER = 14
"""Points, on a form that is filled in by hand."""
HOSTILE_PLACE = "GH3"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """An administrator's browser."""
    folder = tmp_path_factory.mktemp("print")
    url = f"sqlite:///{folder / 'print.sqlite3'}"
    create_schema(url, folder)
    environ = {
        "STEMME_ENV": "testing",
        "STEMME_INSTANCE_DIR": str(folder),
        "STEMME_DATABASE_URL": url,
        "STEMME_PUBLIC_BASE_URL": "https://gadensstemme.dk",
    }
    app = create_app(config.load(environ))
    app.testing = True
    versions.forget()
    with app.app_context():
        clock.clock().set(datetime(2026, 11, 22, 10, 0, tzinfo=UTC))
        content.put()
        for survey_id, types in TYPES.items():
            versions.publish(replace(test_print.asking_in(*types), id=survey_id))
        place = queries.site(HOSTILE_PLACE)
        assert place
        place.name = test_print.HOSTILE
        db.db.session.commit()
        yield factories.sign_in(app, "admin")
        db.db.session.remove()
        db.db.engine.dispose()
    versions.forget()


@pytest.fixture(scope="module")
def printed(desk: FlaskClient) -> Printed:
    """printed("/desk/…pdf") is that file, made once."""
    return cache(lambda address: _file(desk, address))


def _file(client: FlaskClient, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/pdf"
    return response.data


def sheet(name: str, lang: str = "da") -> str:
    return f"/desk/sites/GH1/print/{name}.pdf?lang={lang}"


def form(survey_id: str, lang: str = "da") -> str:
    return f"/desk/surveys/{survey_id}/paper.pdf?site=GH1&lang={lang}"


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def codes(content: bytes) -> list[zxingcpp.Barcode]:
    """Every code on the first page, found in the pixels a printer would be given."""
    document = pypdfium2.PdfDocument(content)
    page = document[0]
    bitmap = page.render(scale=DOTS_A_MM * 25.4 / 72, grayscale=True)
    pixels = np.array(bitmap.to_numpy())
    bitmap.close()
    page.close()
    document.close()
    return zxingcpp.read_barcodes(pixels.reshape(pixels.shape[:2]))


def side(code: zxingcpp.Barcode) -> float:
    """Millimetres along the top of a code, from corner to corner."""
    corner, other = code.position.top_left, code.position.top_right
    return float(np.hypot(other.x - corner.x, other.y - corner.y)) / DOTS_A_MM


@pytest.mark.parametrize("name", LEAST)
def test_the_code_leads_to_the_place_and_is_large_enough(printed: Printed, name: str) -> None:
    found = codes(printed(sheet(name)))

    assert [code.text for code in found] == [ADDRESS] * len(found)
    assert len(found) == (2 if name == "tent" else 1)
    for code in found:
        assert code.format == zxingcpp.BarcodeFormat.QRCode
        assert code.ec_level == "Q"
        assert side(code) >= LEAST[name]


@pytest.mark.parametrize("name", SIZES)
def test_a_sheet_is_one_page_of_its_size(printed: Printed, name: str) -> None:
    (page,) = read(printed(sheet(name))).pages

    assert (round(float(page.mediabox.width) / 72 * 25.4), round(float(page.mediabox.height) / 72 * 25.4)) == SIZES[
        name
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_its_poster_with_tags_title_and_letters(printed: Printed, lang: str) -> None:
    made = read(printed(sheet("poster", lang)))  # a missing letter would have been refused

    catalogue = made.trailer["/Root"]
    assert catalogue["/Lang"] == lang
    assert catalogue["/MarkInfo"]["/Marked"]
    assert made.metadata
    assert str(made.metadata.title).startswith("Gadens Hus Ankeret: ")
    assert any("Noto-Sans-Arabic" in font for font in fonts(made))


@pytest.mark.parametrize("name", SIZES)
def test_headings_lists_and_the_code_are_tagged_and_the_code_is_named(printed: Printed, name: str) -> None:
    tags = structure(read(printed(sheet(name))))

    named = [alt for tag, alt in tags if tag == "/Figure"]
    assert {"/H1", "/P", "/L", "/LI", "/Figure"} <= {tag for tag, _ in tags}
    assert all(named)
    assert any("gadensstemme.dk/s/GH1" in str(alt) for alt in named)


@pytest.mark.parametrize("address", [sheet("tent"), form("others")])
def test_the_writer_has_nothing_to_complain_about(desk: FlaskClient, address: str) -> None:
    page = LINKS.sub("", desk.get(address.replace(".pdf", "")).text)
    style = (config.ROOT / "app" / "static" / "print.css").read_text("utf-8")

    assert test_pdf.complaints(page.replace("</head>", f"<style>{style}</style></head>")) == ""


@pytest.mark.parametrize(("survey_id", "lang"), [("five_tap", "da"), ("five_tap", "ar"), ("track_core", "da")])
def test_a_form_is_one_sheet_and_no_letter_is_smaller_than_14_points(
    printed: Printed, survey_id: str, lang: str
) -> None:
    made = printed(form(survey_id, lang))

    assert len(read(made).pages) <= 2
    assert min(letters(made)) >= SMALLEST_LETTER


@pytest.mark.parametrize("survey_id", TYPES)
def test_all_twelve_ways_of_asking_are_printed_and_each_side_says_whose_it_is(printed: Printed, survey_id: str) -> None:
    pages = [page.extract_text() for page in read(printed(form(survey_id))).pages]

    assert all(f"{survey_id} · 1 · GH1 · da" in page for page in pages)
    assert all(f"Om {name}?" in "".join(pages) for name in TYPES[survey_id])
    assert {one for types in TYPES.values() for one in types} == {one.name for one in question_types.QUESTION_TYPES}


def test_the_helpers_lines_are_the_other_side(printed: Printed) -> None:
    front, back = (page.extract_text() for page in read(printed(form("others"))).pages)

    assert "Om number?" in front
    assert "Om note?" not in front
    assert "Om note?" in back


def test_a_hostile_name_is_printed_letter_by_letter_and_does_nothing(printed: Printed) -> None:
    made = read(printed(f"/desk/sites/{HOSTILE_PLACE}/print/poster.pdf?lang=da"))

    text = "".join(made.pages[0].extract_text().split())
    assert "".join(test_print.HOSTILE.split()) in text
    assert "/Names" not in made.trailer["/Root"] or "/JavaScript" not in made.trailer["/Root"]["/Names"]
    assert "/Annots" not in made.pages[0]


def fonts(made: PdfReader) -> set[str]:
    return {str(one.get_object()["/BaseFont"]) for page in made.pages for one in page["/Resources"]["/Font"].values()}


def structure(made: PdfReader) -> list[tuple[str, str | None]]:
    """Every tag of the tree with the words that stand for it."""
    found: list[tuple[str, str | None]] = []
    waiting = [made.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object()
        if not isinstance(node, dict):
            waiting += node if isinstance(node, list) else []
            continue
        if "/S" in node:
            found.append((node["/S"], node.get("/Alt")))
        if "/K" in node:
            waiting.append(node["/K"])
    return found


def letters(content: bytes) -> list[float]:
    """The size of every letter in points."""
    document = pypdfium2.PdfDocument(content)
    sizes = []
    for page in document:
        text = page.get_textpage()
        count = text.count_chars()
        signs = text.get_text_range()
        sizes += [
            round(raw.FPDFText_GetFontSize(text.raw, at), 1) for at in range(count) if not signs[at : at + 1].isspace()
        ]
        text.close()
        page.close()
    document.close()
    return sizes
