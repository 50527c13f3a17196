"""Statements as a document of Word, the only file that knows python-docx (imported when somebody asks for one)."""

import io
from collections.abc import Iterable

from app.desk.moderation.exchange import columns, xml_out
from app.desk.moderation.exchange.about import TITLE, About
from app.desk.moderation.exchange.statements import Statement


def write(about: About, found: Iterable[Statement]) -> bytes:
    """Each statement with what is said of it below. No name of a person stands in the document's properties."""
    from docx import Document  # noqa: PLC0415 - loads lxml, which no page needs

    document = Document()
    document.core_properties.author = document.core_properties.last_modified_by = TITLE
    document.core_properties.title, document.core_properties.comments = "Udsagn", ""
    document.add_heading("Udsagn", 1)
    document.add_paragraph(about.sentence)
    for one in found:
        document.add_heading(one.id, 2)
        for text in filter(None, (one.text, one.translation)):
            document.add_paragraph(xml_out.clean(text), style="Quote")
        said = (f"{name}: {value}" for name, value in columns.words(one, about).items())
        document.add_paragraph(xml_out.clean(" · ".join(said)))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
