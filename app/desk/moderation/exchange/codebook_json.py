"""The codebook as JSON, in the form of content/codebook.json: themes with their sub-codes inside."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from flask_babel import gettext as _

from app.core.archives import FileRefused
from app.desk.moderation.codebook.lines import Line
from app.desk.moderation.exchange import said
from app.desk.moderation.exchange.said import Said

PAIRS = ("name", "definition", "use_when", "exclusion")
"""In two languages; the examples are in Danish only."""
SINGLE = ("example", "borderline")
SHARED = ("exclusion", "principles", "colour")
"""A sub-code has these of its theme unless it carries its own."""


def write(lines: Sequence[Line]) -> bytes:
    """All codes as one file; what a sub-code says like its theme is left out."""
    themes = [_theme(line, lines) for line in lines if line.kind == "theme"]
    document = {"version": max((line.version for line in lines), default=0), "language": "da", "themes": themes}
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def read(content: bytes) -> tuple[Said, ...]:
    """The codes of a file; the number of a code is its place in it."""
    try:
        return said.checked(_all_said(json.loads(content)["themes"], count(1)))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FileRefused(_("The file cannot be read as a codebook in JSON.")) from error


def _theme(line: Line, lines: Iterable[Line]) -> dict[str, Any]:
    written = _written(line)
    subs = [_written(sub) for sub in lines if sub.parent_key == line.key]
    own = [{name: value for name, value in sub.items() if name not in SHARED or value != written[name]} for sub in subs]
    return written | {"sub": own}


def _written(line: Line) -> dict[str, Any]:
    pairs = {name: {lang: getattr(line, f"{name}_{lang}") for lang in ("da", "en")} for name in PAIRS}
    single = {name: {"da": getattr(line, f"{name}_da")} for name in SINGLE}
    rest = {"hints": line.hints, "principles": line.principles, "colour": line.colour}
    return {
        "key": line.key,
        "guid": line.guid,
        "status": line.state,
        "version": line.version,
        **pairs,
        **single,
        **rest,
    }


def _all_said(themes: Iterable[Mapping[str, Any]], rows: Iterator[int]) -> Iterator[Said]:
    for theme in themes:
        yield _said(theme, next(rows), parent="")
        shared = {name: theme[name] for name in SHARED if name in theme}
        for sub in theme.get("sub", ()):
            yield _said(shared | dict(sub), next(rows), parent=_text(theme["key"]))


def _said(entry: Mapping[str, Any], row: int, *, parent: str) -> Said:
    texts = {
        f"{name}_{lang}": _text(entry[name][lang])
        for name in (*PAIRS, *SINGLE)
        for lang in ("da", "en")
        if lang in entry.get(name, {}) and f"{name}_{lang}" in said.TEXTS
    }
    return Said(
        row=row,
        guid=said.guid(_text(entry["guid"]), row) if entry.get("guid") else None,
        key=_text(entry["key"]).upper() if entry.get("key") else None,
        parent=parent.upper(),
        hints=tuple(_text(word) for word in entry["hints"]) if "hints" in entry else None,
        principles=tuple(int(number) for number in entry["principles"]) if "principles" in entry else None,
        colour=_text(entry["colour"]).upper() if "colour" in entry else None,
        status=_text(entry["status"]) if "status" in entry else None,
        version=int(entry["version"]) if "version" in entry else None,
        **texts,
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
