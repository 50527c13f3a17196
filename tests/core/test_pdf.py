"""PDF files: what a page becomes, and what the process that makes them may not do."""

import base64
import io
import socket
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.core import pdf

pytestmark = pytest.mark.pdf

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PAGE = '<!DOCTYPE html><html lang="{lang}"><head><title>{title}</title></head><body>{body}</body></html>'


def page(body: str, *, lang: str = "da", title: str = "Et ark") -> str:
    return PAGE.format(lang=lang, title=title, body=body)


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def test_a_page_becomes_a_tagged_file_with_its_language_and_title() -> None:
    made = read(pdf.write(page("<h1>Hej</h1>", lang="pl", title="Cześć"), most_pages=1))

    catalogue = made.trailer["/Root"]
    assert catalogue["/Lang"] == "pl"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert made.metadata
    assert made.metadata.title == "Cześć"
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()
    assert made.pages[0].extract_text().strip() == "Hej"


def test_the_writer_reads_no_file_and_asks_no_address(tmp_path: Path) -> None:
    dot = tmp_path / "dot.png"
    dot.write_bytes(DOT)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        outside = (
            f'<img alt="x" src="http://127.0.0.1:{port}/a.png"><img alt="x" src="{dot.as_uri()}">'
            f'<link rel="stylesheet" href="http://127.0.0.1:{port}/a.css"><link rel="attachment" href="{dot.as_uri()}">'
            f'<style>@import url("{dot.as_uri()}"); body {{ background: url(http://127.0.0.1:{port}/b.png) }}</style>'
            f'<object data="{dot.as_uri()}"></object><svg><image href="{dot.as_uri()}"/></svg>'
        )
        made = pdf.write(page(outside), most_pages=1)
        with pytest.raises(TimeoutError):  # nobody waits to be let in
            server.accept()

    assert (pictures(made), attachments(made)) == (0, [])


def test_what_the_page_carries_itself_is_shown() -> None:
    inside = base64.b64encode(DOT).decode()

    assert pictures(pdf.write(page(f'<img alt="x" src="data:image/png;base64,{inside}">'), most_pages=1)) == 1


def test_a_picture_without_words_for_it_is_complained_about() -> None:
    inside = base64.b64encode(DOT).decode()

    assert "no required alt" in complaints(page(f'<img src="data:image/png;base64,{inside}">'))
    assert complaints(page(f'<img alt="En prik" src="data:image/png;base64,{inside}">')) == ""


def test_more_pages_than_there_is_paper_for_are_refused() -> None:
    two = page('<p>1</p><p style="break-before: page">2</p>')

    assert len(read(pdf.write(two, most_pages=2)).pages) == 2
    with pytest.raises(pdf.PdfRefused, match="does not fit"):
        pdf.write(two, most_pages=1)


def test_a_sign_that_no_font_has_is_refused_and_not_printed_as_a_box() -> None:
    with pytest.raises(pdf.PdfRefused, match="fonts-noto-core"):
        pdf.write(page("<p>\U0010fffd</p>"), most_pages=1)


def test_without_pango_one_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("libpango-1.0.so.0", "libpango-1.0.so"):
        (tmp_path / name).write_bytes(b"not a library")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))

    with pytest.raises(pdf.PdfRefused, match=r"need libpango-1\.0-0 .* the page itself can be printed too\.$"):
        pdf.write(page("<p>Hej</p>"), most_pages=1)


def test_whoever_comes_while_two_wait_hears_so_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "WRITER", Path(__file__).with_name("slow_writer.py"))
    with ThreadPoolExecutor() as several:
        asked = [several.submit(pdf.write, "", most_pages=1) for _ in range(5)]
        heard = Counter(type(one.exception()) for one in asked)

    assert heard == {type(None): 3, pdf.PdfRefused: 2}


def complaints(html: str) -> str:
    """What the writer says while it works: what it does not understand, and what PDF/UA asks for in vain."""
    command = [sys.executable, "-I", str(pdf.WRITER), "9"]
    return subprocess.run(command, input=html.encode(), capture_output=True, check=True).stderr.decode()


def pictures(content: bytes) -> int:
    return sum(len(one.images) for one in read(content).pages)


def attachments(content: bytes) -> list[str]:
    return list(read(content).attachments)
