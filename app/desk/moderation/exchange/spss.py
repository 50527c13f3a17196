"""The syntax with which SPSS and PSPP read the CSV of an export: types, labels and the words behind the values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.desk.moderation.exchange import columns
from app.desk.moderation.exchange.about import About
from app.desk.moderation.exchange.columns import Column

DATA = "udsagn.csv"
FIRST_CASE = 3
"""The file begins with what it is and the names of its columns."""


def write(about: About) -> Iterator[bytes]:
    """The whole syntax, in UTF-8 with a byte order mark."""
    found = columns.of(about)
    yield "\n".join(_lines(about, found)).encode("utf-8-sig") + b"\n"


def _lines(about: About, found: Sequence[Column]) -> Iterator[str]:
    yield f"* {about.sentence.replace('.', ',').rstrip(',')}."
    yield "GET DATA"
    yield "  /TYPE=TXT"
    yield f"  /FILE='{DATA}'"
    yield "  /ENCODING='UTF8'"
    yield "  /DELCASE=LINE"
    yield '  /DELIMITERS=";"'
    yield "  /QUALIFIER='\"'"
    yield "  /ARRANGEMENT=DELIMITED"
    yield f"  /FIRSTCASE={FIRST_CASE}"
    yield "  /VARIABLES="
    yield from _ended(f"    {one.name} {f'A{one.width}' if one.width else 'F1.0'}" for one in found)
    yield "VARIABLE LABELS"
    yield from _ended(f"  {'/' if nth else ''}{one.name} {_quoted(one.label)}" for nth, one in enumerate(found))
    yield "VALUE LABELS"
    yield from _ended(_value_labels([one for one in found if one.values]))
    ordinal = " ".join(one.name for one in found if one.is_ordinal)
    yield f"VARIABLE LEVEL {ordinal} (ORDINAL)."
    yield "EXECUTE."


def _value_labels(found: Iterable[Column]) -> Iterator[str]:
    for nth, one in enumerate(found):
        values: Mapping[str, str] | Mapping[int, str] = one.values or {}
        said = (
            f"{value if isinstance(value, int) else _quoted(value)} {_quoted(name)}" for value, name in values.items()
        )
        yield f"  {'/' if nth else ''}{one.name} {' '.join(said)}"


def _ended(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a command; the last one carries the full stop."""
    *before, last = lines
    yield from before
    yield f"{last}."


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
