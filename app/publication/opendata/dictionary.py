"""The data dictionary: every variable of our tables, how it was asked, and what its codes mean."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache

from app.core import table_cells
from app.publication import catalogue
from app.publication.catalogue import Catalogue
from app.publication.formats import wording
from app.publication.opendata import queries
from app.surveys import versions

COLUMNS = ("variable", "label_da", "label_en", "questions", "categories", "asserts", "tables", "since", "note")
LANGUAGES = ("da", "en")
NOTES = {
    "tree": "One category for each answer.",
    "flags": "Several categories for each answer; each is a share of all answers, or of those who were asked.",
}
_CATALOGUE = re.compile(r"\d{4}(-\w+)?\.toml", re.ASCII)


@dataclass(frozen=True)
class Entry:
    """One variable."""

    variable: str
    label: Mapping[str, str]
    questions: tuple[Mapping[str, str], ...]
    """survey, version, and the words of the question in Danish and English."""
    categories: tuple[Mapping[str, str | bool | None], ...]
    tables: tuple[str, ...]
    since: str
    """The first catalogue that has it."""
    note: str


def entries() -> list[Entry]:
    """Every variable in the order of the newest catalogue, older ones after it."""
    known = _catalogues()
    asked = _asked()
    newest_of = {name: one for one in known for name in one.variables}
    order = dict.fromkeys(name for one in reversed(known) for name in one.variables)
    return [_entry(newest_of[name], name, known, asked.get(name, ())) for name in order]


def as_json() -> bytes:
    """The dictionary for machines."""
    written = {"format": "gadens-stemme-dictionary-1", "variables": [asdict(one) for one in entries()]}
    return json.dumps(written, ensure_ascii=False, indent=1).encode() + b"\n"


def as_csv() -> bytes:
    """The dictionary for a Danish Excel; lists inside a cell are parted by ' | '."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([table_cells.written(cell) for cell in _row(one)] for one in entries())
    return lines.getvalue().encode("utf-8-sig")


def _entry(newest: Catalogue, name: str, known: Sequence[Catalogue], asked: Sequence[Mapping[str, str]]) -> Entry:
    variable = newest.variables[name]
    tables = [table for table in newest.tables if name in table.splits]
    alone = next((table.title for table in tables if table.splits == (name,)), {})
    return Entry(
        name,
        {lang: alone.get(lang, name) for lang in LANGUAGES},
        tuple(asked),
        tuple(_categories(newest, name)),
        tuple(table.id for table in tables),
        next(one.id for one in known if name in one.variables),
        NOTES[variable.kind],
    )


def _categories(newest: Catalogue, name: str) -> Iterator[dict[str, str | bool | None]]:
    variable = newest.variables[name]
    for member in variable.members:
        if variable.kind == "flags" or member.get("parent") is not None:
            yield {
                "code": member["code"],
                "label_da": member.get("label", member["code"]),
                "label_en": wording.answer(newest.id, name, member["code"], "en") or member["code"],
                "inside": member.get("parent"),
                "is_ground": member.get("ground", False),
                "asserts": member.get("asserts", True),
            }


def _row(one: Entry) -> list[str]:
    return [
        one.variable,
        one.label["da"],
        one.label["en"],
        " | ".join(f"{said['survey']} {said['version']}: {said['da']} / {said['en']}" for said in one.questions),
        " | ".join(f"{said['code']} = {said['label_da']} / {said['label_en']}" for said in one.categories),
        " | ".join(str(said["code"]) for said in one.categories if said["asserts"]),
        " ".join(one.tables),
        one.since,
        one.note,
    ]


def _asked() -> dict[str, list[Mapping[str, str]]]:
    """Per variable how each version of a survey asked for it."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for survey_id, version in queries.asked_versions():
        survey = versions.get(survey_id, version)
        for question in survey.questions if survey else ():
            if question.measure:
                words = {lang: question.text.get(lang, "") for lang in LANGUAGES}
                said = {"survey": survey_id, "version": str(version), **words}
                found.setdefault(question.measure.rpartition(".")[2], []).append(said)
    return found


@cache
def _catalogues() -> tuple[Catalogue, ...]:
    paths = sorted(path for path in catalogue.DIRECTORY.iterdir() if _CATALOGUE.fullmatch(path.name))
    return tuple(catalogue.load(path.read_text("utf-8"), path.name) for path in paths)
