"""The files of a dossier: the document itself, three ways to read it, the releases it names, and the sum of each."""

import hashlib
from collections.abc import Callable, Mapping

from flask import current_app

from app.core import i18n
from app.core.archives import packed
from app.core.word_documents import Document as WordDocument
from app.desk.track.dossiers import document as documents
from app.desk.track.dossiers import sections as readable
from app.desk.track.dossiers.sections import Section
from app.publication import published
from app.publication.formats.base import Document

SUMS = "sha256sums.txt"
DOCUMENT = "dossier.json"
MOST_PAGES = 300
LANGUAGE = "da"
WritePdf = Callable[[str], bytes]
"""A page that carries its own style, as a tagged PDF."""


def archive(document: Document, write_pdf: WritePdf) -> bytes:
    """The ZIP file, the same bytes for the same document and the same PDF."""
    parts = _parts(document, write_pdf)
    return packed({**parts, SUMS: sums(parts)})


def sums(parts: Mapping[str, bytes]) -> bytes:
    """The lines that `sha256sum -c` reads."""
    return "".join(f"{sha256(content)}  {name}\n" for name, content in parts.items()).encode()


def sha256(content: bytes) -> str:
    """Of one file, in hex."""
    return hashlib.sha256(content).hexdigest()


def page(document: Document) -> str:
    """The dossier as one page of HTML in Danish; it carries its own style and fetches nothing."""
    sections = readable.of(document)
    template = current_app.jinja_env.get_template("print/dossier.html")
    return template.render(title=sections[0].heading, sections=sections, lang=LANGUAGE, dir=i18n.direction(LANGUAGE))


def _parts(document: Document, write_pdf: WritePdf) -> dict[str, bytes]:
    html = page(document)
    return {
        DOCUMENT: documents.written(document),
        "dossier.html": html.encode(),
        "dossier.pdf": write_pdf(html),
        "dossier.docx": _word(readable.of(document)),
        **{f"releases/{one['id']}.json": _release(one["id"]) for one in document["releases"]},
    }


def _release(release_id: str) -> bytes:
    stored = published.rendering(release_id, "json")
    assert stored is not None  # noqa: S101 - the document names published releases only
    return stored.content


def _word(sections: list[Section]) -> bytes:
    word = WordDocument(sections[0].heading, lang=LANGUAGE)
    for section in sections:
        word.heading(section.heading, section.level)
        for text in section.paragraphs:
            word.paragraph(text)
        if section.bullets:
            word.bullets(section.bullets)
        if section.table:
            word.table(section.table.caption, section.table.heading, section.table.rows)
    return word.content()
