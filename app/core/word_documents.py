"""Documents of Word, the only file that knows python-docx: headings, paragraphs and tables, no name of a person.

The same content gives the same bytes on every day. python-docx loads lxml, so it is imported when somebody asks
for a document: no page needs it.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from app.core import archives, xml_out

MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAKER = "Gadens Stemme"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


class Document:
    """A document on its way, written from the top down."""

    def __init__(self, title: str, *, lang: str = "da") -> None:
        """`title` stands in the properties, where a screen reader says it; `lang` is what is spoken."""
        from docx import Document as Empty  # noqa: PLC0415 - see the module's docstring
        from docx.oxml.ns import qn  # noqa: PLC0415

        self._document = Empty()
        properties = self._document.core_properties
        properties.author = properties.last_modified_by = MAKER
        properties.title, properties.comments, properties.language = xml_out.clean(title), "", lang
        for spoken in self._document.styles.element.iter(qn("w:lang")):
            spoken.set(qn("w:val"), lang)

    def heading(self, text: str, level: int = 1) -> None:
        """A heading, from 1 for the title of all to 6."""
        self._document.add_heading(xml_out.clean(text), level)

    def paragraph(self, text: str) -> None:
        """A paragraph."""
        self._document.add_paragraph(xml_out.clean(text))

    def quote(self, text: str) -> None:
        """Somebody's words."""
        self._document.add_paragraph(xml_out.clean(text), style="Quote")

    def bullets(self, texts: Iterable[str]) -> None:
        """A list."""
        for text in texts:
            self._document.add_paragraph(xml_out.clean(text), style="List Bullet")

    def table(self, caption: str, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table under its caption; the heading is said again on every page, and its cells are marked as heading.

        Rows are written as XML: python-docx looks a table through again for every cell it adds.
        """
        from docx.oxml import parse_xml  # noqa: PLC0415 - see the module's docstring

        self._document.add_paragraph(xml_out.clean(caption), style="Caption").paragraph_format.keep_with_next = True
        table = self._document.add_table(0, len(heading), style="Light List")
        add: Any = table._tbl.append
        add(parse_xml(_row(heading, is_heading=True)))
        for row in rows:
            add(parse_xml(_row(row)))

    def content(self) -> bytes:
        """The whole document."""
        out = io.BytesIO()
        self._document.save(out)
        with zipfile.ZipFile(out) as dated:
            return archives.packed({part.filename: dated.read(part) for part in dated.infolist()})


def _row(texts: Sequence[str], *, is_heading: bool = False) -> str:
    marks = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if is_heading else "") + "</w:trPr>"
    return f"<w:tr {_W}>{marks}{''.join(map(_cell, texts))}</w:tr>"


def _cell(text: str) -> str:
    return f'<w:tc><w:p><w:r><w:t xml:space="preserve">{escape(xml_out.clean(text))}</w:t></w:r></w:p></w:tc>'
