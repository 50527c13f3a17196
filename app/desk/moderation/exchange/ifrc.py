"""The sheets of the IFRC community feedback kit: its codebook, and coded statements as its data sheet takes them."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from app.core import table_cells
from app.core.config import ROOT
from app.core.workbooks import Rows
from app.desk.moderation.codebook.lines import Line
from app.desk.moderation.exchange import said
from app.desk.moderation.exchange.said import Said

CODEBOOK, DATA = "CODEBOOK", "data"
CODEBOOK_HEADER = (
    "Type", "Description of types of feedback", "Category", "Code", "Example comments", "Changes",
)  # fmt: skip
DATA_HEADER = ("Feedback message", "Type of feedback", "Category", "Code")


@dataclass(frozen=True)
class Kind:
    """A type of feedback in the kit's words (content/ifrc.toml)."""

    in_codebook: str
    in_data: str
    description: str


@cache
def kinds() -> Mapping[str, Kind]:
    """The kit's words by the key of our type."""
    written = tomllib.loads((ROOT / "content" / "ifrc.toml").read_text("utf-8"))
    return {key: Kind(**words) for key, words in written.items()}


def codebook(lines: Sequence[Line], reasons: Mapping[str, str]) -> dict[str, Rows]:
    """Every type with every sub-code that may be tagged. `reasons` say by guid why a code was last changed."""
    return {CODEBOOK: _codebook(lines, reasons)}


def is_codebook(header: Sequence[str]) -> bool:
    """Whether a sheet is the kit's codebook."""
    named = [name.strip() for name in header]
    return all(name in named for name in ("Category", "Code", "Type"))


def read(table: Sequence[Sequence[str]]) -> tuple[Said, ...]:
    """Categories as themes and codes as sub-codes, by their English names: the kit has no other identity."""
    header = [name.strip() for name in table[0]]
    places = [header.index(name) for name in ("Category", "Code")]
    example = header.index("Example comments") if "Example comments" in header else None
    found: dict[tuple[str, str], Said] = {}
    for row, line in enumerate(table[1:], 2):
        category, code = (table_cells.read(line[place].strip()) for place in places)
        if category:
            found.setdefault((category, ""), Said(row=row, name_en=category, parent=""))
        if category and code and (category, code) not in found:
            text = table_cells.read(line[example].strip()) if example is not None else ""
            found[category, code] = Said(row=row, name_en=code, parent=category, example_da=text or None)
    return said.checked(found.values())


def data(statements: Iterable[tuple[str, str, Iterable[tuple[str, str]]]]) -> Iterator[Sequence[str]]:
    """One row for each statement and sub-code: (text, key of its type, (theme, sub-code) in English)."""
    yield DATA_HEADER
    for text, kind, codes in statements:
        type_ = kinds()[kind].in_data if kind in kinds() else ""
        for category, code in [*codes] or [("", "")]:
            yield [table_cells.written(cell) for cell in (text, type_, category, code)]


def _codebook(lines: Sequence[Line], reasons: Mapping[str, str]) -> Iterator[Sequence[str]]:
    yield CODEBOOK_HEADER
    themes = {line.key: line for line in lines if line.kind == "theme"}
    for kind in kinds().values():
        for sub in (line for line in lines if line.parent_key in themes and line.state == "active"):
            category, changes = themes[sub.parent_key or ""].name_en, f"v{sub.version}: {_reason(sub, reasons)}"
            row = (kind.in_codebook, kind.description, category, sub.name_en, sub.example_da, changes)
            yield [table_cells.written(cell) for cell in row]


def _reason(line: Line, reasons: Mapping[str, str]) -> str:
    return reasons.get(line.guid) or ("first version" if line.version == 1 else "changed")
