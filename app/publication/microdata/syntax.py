"""The syntax with which SPSS and PSPP read a file of microdata: types, labels, and the words behind the values."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from app.publication.microdata.columns import Column


def written(title: str, data: str, columns: Sequence[Column]) -> bytes:
    """The whole syntax for the file `data`, as UTF-8 with a byte order mark; `title` says what it is, in a line."""
    return "\r\n".join((*_lines(title, data, columns), "")).encode("utf-8-sig")


def _lines(title: str, data: str, columns: Sequence[Column]) -> Iterator[str]:
    yield f"* Gadens Stemme: anonymiserede mikrodata, {title}. Tegnsæt UTF-8."
    yield "GET DATA"
    yield "  /TYPE=TXT"
    yield f"  /FILE={_quoted(data)}"
    yield "  /ENCODING='UTF8'"
    yield "  /DELCASE=LINE"
    yield '  /DELIMITERS=";"'
    yield "  /QUALIFIER='\"'"
    yield "  /ARRANGEMENT=DELIMITED"
    yield "  /FIRSTCASE=2"
    yield "  /VARIABLES="
    yield from _ended(f"    {one.name} {_width(one)}" for one in columns)
    yield "VARIABLE LABELS"
    yield from _ended(_parted(f"{one.name} {_quoted(one.da)}" for one in columns))
    yield "VALUE LABELS"
    yield from _ended(_parted(_value_labels(columns)))
    yield from _missing(columns)
    yield f"VARIABLE LEVEL {' /'.join(_levels(columns))}."
    yield "EXECUTE."


def _width(one: Column) -> str:
    return f"A{one.width}" if one.type == "text" else f"F{one.width}.0"


def _value_labels(columns: Sequence[Column]) -> Iterator[str]:
    """Columns side by side that mean the same by their values share one line."""
    told = [one for one in columns if any(one.values.values())]
    for _values, some in groupby(told, key=lambda one: (dict(one.values), one.missing)):
        same = list(some)
        words = dict(same[0].values) | ({same[0].missing: "intet svar"} if same[0].missing else {})
        yield f"{_names(same)} {' '.join(_value(same[0], code, word) for code, word in words.items())}"


def _value(one: Column, code: str, word: str) -> str:
    return f"{_quoted(code) if one.type == 'text' else code} {_quoted(word)}"


def _missing(columns: Sequence[Column]) -> Iterator[str]:
    by_code: dict[str, list[Column]] = {}
    for one in columns:
        if one.missing:
            by_code.setdefault(one.missing, []).append(one)
    for code, some in by_code.items():
        yield f"MISSING VALUES {_names(some)} ({code})."


def _levels(columns: Sequence[Column]) -> Iterator[str]:
    for is_ordinal, level in ((False, "NOMINAL"), (True, "ORDINAL")):
        some = [one for one in columns if one.is_ordinal == is_ordinal]
        if some:
            yield f"{_names(some)} ({level})"


def _names(some: Iterable[Column]) -> str:
    return " ".join(one.name for one in some)


def _parted(lines: Iterable[str]) -> Iterator[str]:
    for nth, line in enumerate(lines):
        yield f"  {'/' if nth else ''}{line}"


def _ended(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a command; the last one carries the full stop."""
    *before, last = lines
    yield from before
    yield f"{last}."


def _quoted(text: str) -> str:
    """A name is one line for SPSS, and its quotes are doubled."""
    return "'" + " ".join(text.split()).replace("'", "''") + "'"
