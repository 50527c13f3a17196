"""The files a working export comes in: each is given its head and the statements, and gives bytes as it goes."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any

from markupsafe import escape

from app.core import table_cells, workbooks
from app.core.i18n import N_
from app.desk.moderation.exchange import columns, documents, ifrc, refi_project, spss
from app.desk.moderation.exchange.about import TITLE, About
from app.desk.moderation.exchange.formats import WORKBOOK
from app.desk.moderation.exchange.refi_project import Coded, Source
from app.desk.moderation.exchange.statements import Statement
from app.publication import tree

Batches = Iterable[Sequence[Statement]]
MANY, SOME = 10_000, 5_000
"""Statements of a file that must be whole before it is sent: workbooks and projects, documents."""


@dataclass(frozen=True)
class Format:
    """A kind of file, and how many statements it takes; None: as many as there are, sent as they are read."""

    name: str
    ending: str
    mimetype: str
    about: str
    write: Callable[[About, Batches], Iterator[bytes]]
    most: int | None = None
    is_empty: bool = False
    """It tells about the statements and holds none."""


def _csv(about: About, batches: Batches) -> Iterator[bytes]:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    yield "\ufeff".encode()
    writer.writerow([table_cells.written(about.sentence)])
    writer.writerow([one.name for one in columns.of(about)])
    for batch in batches:
        writer.writerows(columns.row(one, about) for one in batch)
        yield _drained(out)
    yield _drained(out)


def _sps(about: About, _batches: Batches) -> Iterator[bytes]:
    yield from spss.write(about)


def _xlsx(about: About, batches: Batches) -> Iterator[bytes]:
    head: list[Sequence[Any]] = [[about.sentence], [one.name for one in columns.of(about)]]
    rows = (columns.row(one, about) for batch in batches for one in batch)
    yield workbooks.write({"udsagn": chain(head, rows)})


def _ifrc(about: About, batches: Batches) -> Iterator[bytes]:
    said = (one for batch in batches for one in columns.kit_rows(batch, about))
    sheets = {ifrc.DATA: ifrc.data(said), **ifrc.codebook(about.lines, {}), "about": [[about.sentence]]}
    yield workbooks.write(sheets)


def _json(about: About, batches: Batches) -> Iterator[bytes]:
    codes = [{"key": one.key, "guid": one.guid, "parent": one.parent_key, "name": one.name_da} for one in about.lines]
    head = {"about": about.sentence, "mark": about.mark, "codebook": about.version, "codes": codes}
    yield json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "statements": ['
    is_first = True
    for batch in batches:
        written = ",\n".join(json.dumps(_said(one), ensure_ascii=False) for one in batch)
        yield ("\n" if is_first else ",\n").encode() + written.encode() if written else b""
        is_first = is_first and not written
    yield b"\n]}\n"


def _said(one: Statement) -> dict[str, Any]:
    """Everything of a statement; coders by letter, codes by guid."""
    where = asdict(one.where)
    told = {"id": one.id, "voice": one.voice, **where, "language": one.language, "rating": one.rating}
    coded = {"round": one.round, "type": one.type, "codes": sorted(one.keys), "no_theme": one.has_no_theme}
    return {**told, **coded, "codings": [asdict(coding) for coding in one.codings], **_texts(one)}


def _texts(one: Statement) -> dict[str, str]:
    return {"text": one.text} | ({"translation": one.translation} if one.translation else {})


def _html(about: About, batches: Batches) -> Iterator[bytes]:
    yield (
        f'<!doctype html>\n<html lang="da"><head><meta charset="utf-8"><title>Udsagn – {TITLE}</title></head>\n'
        f"<body><h1>Udsagn</h1>\n<p>{escape(about.sentence)}</p>\n"
    ).encode()
    for batch in batches:
        yield "".join(_article(one, about) for one in batch).encode()
    yield b"</body></html>\n"


def _article(one: Statement, about: About) -> str:
    texts = "".join(f"<blockquote>{escape(text)}</blockquote>" for text in (one.text, one.translation) if text)
    said = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in columns.words(one, about).items()
    )
    return f'<article id="u-{one.id}">\n<h2>{one.id}</h2>{texts}\n<dl>{said}</dl>\n</article>\n'


def _docx(about: About, batches: Batches) -> Iterator[bytes]:
    yield documents.write(about, (one for batch in batches for one in batch))


def _qdpx(about: About, batches: Batches) -> Iterator[bytes]:
    sources = (_source(one) for batch in batches for one in batch)
    yield refi_project.write(about.sentence, about.lines, sources, about.memos)


def _source(one: Statement) -> Source:
    told = {
        "sitetype": tree.kind_names().get(one.where.kind, ""),
        "region": tree.region_names().get(one.where.region, ""),
        "quarter": one.where.quarter,
        "site": one.where.site,
        "channel": one.where.channel,
        "language": one.language,
        "rating": str(one.rating or ""),
    }
    coded = [Coded(coding.coder, coding.guids) for coding in one.codings]
    text = f"{one.text}\n\n{one.translation}" if one.translation else one.text
    return Source(one.id, one.voice, text, told, {"round": one.round, "type": one.type}, coded, one.memos)


def _drained(out: io.StringIO) -> bytes:
    written = out.getvalue()
    out.seek(0)
    out.truncate()
    return written.encode()


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = (
    Format("csv", "csv", "text/csv; charset=utf-8", N_("A table: a row a statement, a column a code."), _csv),
    Format("sps", "sps", "text/plain; charset=utf-8", N_("How SPSS reads that table. No statements."), _sps,
           is_empty=True),
    Format("xlsx", "xlsx", WORKBOOK, N_("The same table for Excel."), _xlsx, MANY),
    Format("json", "json", "application/json", N_("Every round and coder, for other programs."), _json),
    Format("docx", "docx", _WORD, N_("To read and to print."), _docx, SOME),
    Format("html", "html", "text/html; charset=utf-8", N_("To read in a browser."), _html),
    Format("qdpx", "qdpx", "application/zip",
           N_("A REFI-QDA project for NVivo, MAXQDA, ATLAS.ti and QualCoder, with memos."), _qdpx, MANY),
    Format("ifrc", "xlsx", WORKBOOK, N_("The data sheet of the IFRC's community feedback kit."), _ifrc, MANY),
)  # fmt: skip


def named(name: str) -> Format | None:
    """The format of this name."""
    return next((one for one in FORMATS if one.name == name), None)
