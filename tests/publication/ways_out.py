"""What each way out of the house says of a release, beside the cells that are frozen, and whether it ever changes."""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator

import docx
from sqlalchemy import text

from app.core import db, workbooks
from app.publication import printing, published
from app.publication.formats import json as document
from app.publication.formats import pdf
from app.publication.formats.about import say
from app.publication.formats.figures import Figure, Figures
from app.publication.models import Release
from tests.publication.conftest import Visitor

Said = list[tuple[str, str]]
"""A table, and a figure of it as it is written; a dash is left out where many dashes are one line."""
NUMBER = re.compile(r"\d+")


def complaints(release: Release, visitor: Visitor, *, printed_again: tuple[str, ...] = ()) -> list[str]:
    """What is wrong with any way out. Changes the small numbers and takes every answer back: nothing may move."""
    if printed_again:
        printing.rerender(release, printed_again)
        db.db.session.commit()
    before = _fetched(visitor, release.id)
    found = [name for name, differs in _compared(release, before) if differs]
    found += [
        f"{path}: its tag is not that of its bytes" for path, (body, tag) in before.items() if tag != _sha256(body)
    ]
    _change_everything_behind()
    after = _fetched(visitor, release.id)
    return found + [f"{path} has changed" for path in before if before[path] != after.get(path)]


def _compared(release: Release, sent: dict[str, tuple[bytes, str]]) -> Iterator[tuple[str, bool]]:
    """Each way with whether it says something else than the cells that are frozen."""
    frozen = [(one.table, one.place or "", one.category, one.value) for one in published.cells(release.id)]
    path = f"/api/v1/releases/{release.id}"
    yield "JSON", _json(sent[f"{path}.json"][0]) != frozen
    yield "CSV", _csv(sent[f"{path}.csv"][0]) != frozen
    yield "XLSX", _xlsx(sent[f"{path}.xlsx"][0]) != frozen
    yield "archive", _csv(_archived(sent["/api/v1/opendata/2026.zip"][0], f"{release.id}.csv")) != frozen
    figures = Figures(document.read(sent[f"{path}.json"][0]))
    shown = {table["id"]: _shown(figures, table["id"]) for table in figures.document["tables"]}
    pages = {path: body.decode() for path, (body, _tag) in sent.items() if path.startswith("/resultater")}
    for table, (counts, bars) in shown.items():
        rows = "".join(body for path, body in pages.items() if re.search(rf"/{table}(-\d+)?$", path))
        yield f"pages of {table}", _rows(rows) != counts
        yield f"bars of {table}", _bars(rows) != bars
    yield "words beside the pages", any(re.search(r'(alt|aria-label|title)="[^"]*\d', body) for body in pages.values())
    for name, of in (("DOCX", lambda: _docx(sent[f"{path}.docx"][0])), ("PDF", lambda: _pdf(release))):
        yield name, of() != sorted(n for table, (counts, _bars) in shown.items() for n in counts if table != "T1")
    entry = sent["/resultater.atom"][0].decode().split("<entry>")[-1]
    yield "feed", bool(re.search(r"<summary[^>]*>[^<]*\d+ (af|svar)", entry))


def _fetched(visitor: Visitor, release_id: str) -> dict[str, tuple[bytes, str]]:
    """Every address of a release with its bytes and its tag."""
    files = [f"/api/v1/releases/{release_id}.{ending}" for ending in ("json", "csv", "xlsx", "docx")]
    waiting = [*files, "/api/v1/opendata/2026.zip", "/resultater.atom", f"/resultater/{release_id}"]
    found: dict[str, tuple[bytes, str]] = {}
    while waiting:
        path = waiting.pop()
        answer = visitor.get(path)
        assert answer.status_code == 200, path
        tag = answer.get_etag()[0] or ""
        found[path] = answer.data, _sha256(answer.data) if path.endswith(".atom") else tag
        links = (
            set(re.findall(rf'href="(/resultater/{release_id}[^"?]*)', answer.text))
            if "html" in answer.mimetype
            else set()
        )
        waiting += sorted(links - set(found) - set(waiting))
    return found


def _change_everything_behind() -> None:
    db.db.session.rollback()
    db.connection().execute(text("UPDATE tally SET n = n + 3"))
    db.connection().execute(text("DELETE FROM response"))
    db.db.session.commit()


def _shown(figures: Figures, table: str) -> tuple[list[int], list[int]]:
    """The counts and bars a page of this table has: what others are shares of stands above them."""
    rows: list[Figure] = [one for one in figures.of(table) if one.value is not None and not one.is_ground]
    return sorted(one.value or 0 for one in rows), sorted(one.share.percent for one in rows if one.share)


def _json(body: bytes) -> list[tuple[str, str, str, int | None]]:
    return [
        (one["table"], one["dims"]["place"], _category(one["dims"]), one["value"]) for one in json.loads(body)["cells"]
    ]


def _category(dims: dict[str, str]) -> str:
    return "|".join(code for name, code in dims.items() if name not in ("place", "period"))


def _csv(body: bytes) -> list[tuple[str, str, str, int | None]]:
    rows = csv.DictReader(io.StringIO(body.decode("utf-8-sig")), delimiter=";")
    return [(one["table"], one["place"], one["category"], _number(one["value"])) for one in rows]


def _xlsx(body: bytes) -> list[tuple[str, str, str, int | None]]:
    sheets = list(workbooks.read(body).items())[1:-1]
    return [(name.split()[0], row[1], row[3], _number(row[4])) for name, rows in sheets for row in rows[1:]]


def _number(written: str) -> int | None:
    return int(written) if written else None


def _archived(body: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(body)).read(f"releases/{name}")


def _rows(page: str) -> list[int]:
    cells = re.findall(r'<tr><th scope="row">.*?</th><td[^>]*>(.*?)</td>', page, re.DOTALL)
    return sorted(int(found[0]) for cell in cells if (found := NUMBER.match(cell)))


def _bars(page: str) -> list[int]:
    return sorted(int(width) for width in re.findall(r'<rect width="(\d+)"', page))


def _docx(body: bytes) -> list[int]:
    """Every count in a table that splits answers: of the country below each other, of all other places side by side."""
    tables = [[[cell.text for cell in row.cells] for row in one.rows] for one in docx.Document(io.BytesIO(body)).tables]
    return sorted(n for heading, *rows in tables[:-1] for n in _laid(heading, rows))


def _pdf(release: Release) -> list[int]:
    """What the PDF is made of: `formats.pdf` sets this page and adds nothing."""
    page = pdf.html(printing.edition(release))
    found: list[int] = []
    for one in re.findall(r"<table.*?</table>", page, re.DOTALL):
        heading, *rows = [
            re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>.*?</tr>", one, re.DOTALL)
        ]
        found += _laid(heading, rows)
    return sorted(found)


def _laid(heading: list[str], rows: list[list[str]]) -> Iterator[int]:
    first = 2 if heading[0] == say("Place") else 1
    last = 2 if heading[1] == say("Number") else None
    for row in rows:
        yield from (int(found[0]) for cell in row[first:last] if (found := NUMBER.match(cell)))


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
