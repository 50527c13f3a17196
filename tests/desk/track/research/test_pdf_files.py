"""A PDF somebody uploads: whole and only to be read, however what acts in it is hidden."""

import zlib
from random import Random

import pytest
from flask import Flask

from app.desk.track.research import pdf_files
from app.desk.track.research.pdf_files import PdfFileRefused


def pdf(*objects: bytes, end: bytes = b"startxref\n9\n%%EOF\n") -> bytes:
    """A file with these objects in it."""
    return b"%PDF-1.7\n" + b"\n".join(b"%d 0 obj\n%s\nendobj" % (nth, one) for nth, one in enumerate(objects, 1)) + end


def packed(objects: bytes, head: bytes = b"/Type /ObjStm /Filter /FlateDecode") -> bytes:
    """Objects inside a packed stream."""
    content = zlib.compress(objects)
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(content), content)


ACTS = {
    "script": b"<< /S /JavaScript /JS (app.alert(1)) >>",
    "spelled otherwise": b"<< /S /Java#53cript /JS (x) >>",
    "program": b"<< /S/Launch/F(cmd.exe) >>",
    "file inside": b"<< /Type /EmbeddedFile >>",
    "names of files": b"<< /Names << /EmbeddedFiles 3 0 R >> >>",
    "form with script": b"<< /AcroForm << /XFA 4 0 R >> >>",
    "packed": packed(b"1 0 << /S /JavaScript /JS (x) >>"),
    "packed, an obj before it": packed(b"1 0 << /S /Launch >>", b"/Type /ObjStm /Filter /FlateDecode /A (1 0 obj)"),
    "packed in another way": b"<< /Type /ObjStm /Filter /LZWDecode >>\nstream\nabc\nendstream",
    "locked": b"<< /Encrypt 5 0 R >>",
}


@pytest.mark.parametrize("held", ACTS.values(), ids=ACTS)
def test_what_acts_by_itself_or_cannot_be_looked_at_is_refused(app: Flask, held: bytes) -> None:
    with app.test_request_context("/?lang=en"), pytest.raises(PdfFileRefused):
        pdf_files.check(pdf(held))


@pytest.mark.parametrize("content", [b"", b"PK not a pdf", b"%PDF-1.7 no end", pdf(end=b"")], ids=range(4))
def test_what_is_no_whole_pdf_is_refused(app: Flask, content: bytes) -> None:
    with app.test_request_context("/?lang=en"), pytest.raises(PdfFileRefused):
        pdf_files.check(content)


def test_a_report_with_pictures_links_and_packed_objects_is_taken() -> None:
    picture = b"<< /Subtype /Image /Length 400000 >>\nstream\n" + Random(4).randbytes(400_000) + b"\nendstream"

    pdf_files.check(pdf(picture, b"<< /A << /S /URI /URI (https://example.org) >> >>", packed(b"1 0 << >>")))


def test_a_small_file_that_unpacks_to_more_than_a_report_is_refused_without_unpacking_it(app: Flask) -> None:
    bomb = pdf(packed(bytes(100_001)))
    pdf_files.check(bomb, most_unpacked=100_001)

    with app.test_request_context("/?lang=en"), pytest.raises(PdfFileRefused):
        pdf_files.check(bomb, most_unpacked=100_000)


@pytest.mark.pdf
def test_what_our_own_writer_makes_is_taken() -> None:
    from app.core import pdf as writer  # noqa: PLC0415 - loads the libraries of PDF files

    pdf_files.check(writer.write("<!DOCTYPE html><html lang='da'><title>x</title><p>Hej</p>", most_pages=1))
