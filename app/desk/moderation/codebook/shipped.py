"""The codebook that comes with the product: content/codebook.json as lines."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from app.core.config import ROOT
from app.desk.moderation.codebook.lines import Line

PATH = ROOT / "content" / "codebook.json"


def read(content: str | None = None) -> tuple[int, list[Line]]:
    """The version and the lines of a codebook, the shipped one if none is given."""
    document = json.loads(content if content is not None else PATH.read_text("utf-8"))
    version = int(document["version"])
    lines = [line.with_(place=place, version=version, since=version) for place, line in enumerate(_lines(document))]
    return version, lines


def _lines(document: Mapping[str, Any]) -> Iterator[Line]:
    for theme in document["themes"]:
        yield _line(theme, "theme", None, theme)
        for sub in theme["sub"]:
            yield _line(sub, "sub", theme["key"], theme)
    for kind in ("type", "flag"):
        for entry in document[f"{kind}s"]:
            yield _line(entry, kind, None, entry)


def _line(entry: Mapping[str, Any], kind: str, parent: str | None, theme: Mapping[str, Any]) -> Line:
    """A sub-code has its theme's principles, exclusion and colour unless it carries its own."""
    own = {**theme, **entry}
    definition, exclusion = entry.get("definition", {}), own.get("exclusion", {})
    use_when = entry.get("use_when", {})
    return Line(
        guid=entry["guid"],
        key=entry["key"],
        parent_key=parent,
        kind=kind,
        name_da=entry["name"]["da"],
        name_en=entry["name"]["en"],
        definition_da=definition.get("da", ""),
        definition_en=definition.get("en", ""),
        use_when_da=use_when.get("da", ""),
        use_when_en=use_when.get("en", ""),
        exclusion_da=exclusion.get("da", ""),
        exclusion_en=exclusion.get("en", ""),
        example_da=entry.get("example", {}).get("da", ""),
        borderline_da=entry.get("borderline", {}).get("da", ""),
        hints=tuple(entry.get("hints", ())),
        principles=tuple(own.get("principles", ())),
        colour=own.get("colour", ""),
    )
