"""Statements as a document of Word."""

from collections.abc import Iterable

from app.core.word_documents import Document
from app.desk.moderation.exchange import columns
from app.desk.moderation.exchange.about import About
from app.desk.moderation.exchange.statements import Statement


def write(about: About, found: Iterable[Statement]) -> bytes:
    """Each statement with what is said of it below."""
    document = Document("Udsagn")
    document.heading("Udsagn", 1)
    document.paragraph(about.sentence)
    for one in found:
        document.heading(one.id, 2)
        for text in filter(None, (one.text, one.translation)):
            document.quote(text)
        document.paragraph(" · ".join(f"{name}: {value}" for name, value in columns.words(one, about).items()))
    return document.content()
