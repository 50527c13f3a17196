"""The codebook in REFI-QDA's .qdc (www.qdasoftware.org, 1.5): NVivo, MAXQDA, ATLAS.ti and QualCoder exchange it."""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from app.core.xml_out import Writer
from app.desk.moderation.codebook.lines import Line
from app.desk.moderation.exchange import principles

ORIGIN = "Gadens Stemme"
NAMESPACE = "urn:QDA-XML:codebook:1.0"
NOT = "Ikke: "
"""Before what a code is not used for, at the end of its description."""
Notes = Mapping[str, Sequence[str]]


def write(lines: Sequence[Line]) -> bytes:
    """All codes as one file; what a sub-code says like its theme stands with the theme alone."""
    out = io.StringIO()
    xml = Writer(out)
    with xml.element("CodeBook", xmlns=NAMESPACE, origin=ORIGIN):
        write_codes(xml, lines)
        write_sets(xml, lines, "guid")
    return out.getvalue().encode()


def write_codes(xml: Writer, lines: Sequence[Line], notes: Notes | None = None) -> None:
    """The element `Codes`: themes, and sub-codes inside them. A theme may be set on a text too.

    `notes` names the notes of each code, which only a project can hold.
    """
    with xml.element("Codes"):
        for theme in (line for line in lines if line.kind == "theme"):
            with _code(xml, theme, None, notes or {}):
                for sub in (line for line in lines if line.parent_key == theme.key):
                    with _code(xml, sub, theme, notes or {}):
                        pass


def write_sets(xml: Writer, lines: Sequence[Line], attribute: str) -> None:
    """A set for each principle some code has; no element at all rather than an empty one, which is not valid.

    A codebook names its members by `guid`, a project by `targetGUID`.
    """
    members = {number: list(_members(lines, number)) for number in principles.all_()}
    if not any(members.values()):
        return
    with xml.element("Sets"):
        for number, found in members.items():
            if found:
                with xml.element("Set", guid=principles.all_()[number].guid, name=principles.all_()[number].name):
                    for guid in found:
                        xml.empty("MemberCode", **{attribute: guid})


@contextmanager
def _code(xml: Writer, line: Line, theme: Line | None, notes: Notes) -> Iterator[None]:
    colour = line.colour or (theme.colour if theme else "")
    attributes = {"guid": line.guid.upper(), "name": line.name_da, "isCodable": "true"}
    with xml.element("Code", **attributes, **({"color": colour} if colour else {})):
        description = _description(line, theme)
        if description:
            xml.text("Description", description)
        for note in notes.get(line.guid, ()):
            xml.empty("NoteRef", targetGUID=note)
        yield


def _description(line: Line, theme: Line | None) -> str:
    exclusion = line.exclusion_da if theme is None or line.exclusion_da != theme.exclusion_da else ""
    return " ".join(part for part in (line.definition_da, exclusion and NOT + exclusion) if part)


def _members(lines: Sequence[Line], number: int) -> Iterator[str]:
    """Themes with this principle, and sub-codes that differ from their theme."""
    themes = {line.key: line for line in lines if line.kind == "theme"}
    for line in lines:
        theme = themes.get(line.parent_key or "")
        if number in line.principles and (theme is None or theme.principles != line.principles):
            yield line.guid.upper()
