"""Reads the codebook out of REFI-QDA's .qdc and .qdpx, also where other tools bend the rules."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from xml.etree.ElementTree import Element

from flask_babel import gettext as _

from app.core import archives
from app.core.archives import FileRefused
from app.desk.moderation.exchange import principles, refi_codes, said, xml_in
from app.desk.moderation.exchange.said import Said

NAMESPACES = {
    "CodeBook": ("urn:QDA-XML:codebook:1.0", "urn:QDA-XML:codebook:1:0"),
    "Project": ("urn:QDA-XML:project:1.0", "urn:QDA-XML:project:1:0"),
}
"""Some tools once wrote a colon before the nought."""
DEEPEST = 8
"""Codes inside each other."""
_PRINCIPLE = re.compile(r"\s*princip(?:le)?\s*(\d+)\b", re.IGNORECASE)


def read(content: bytes) -> tuple[Said, ...]:
    """The codes of a codebook file."""
    return _of_root(xml_in.read(content))


def read_project(content: bytes) -> tuple[Said, ...]:
    """The codes of the codebook in a project; its texts and codings are not read in."""
    archive = archives.opened(content, _is_of_a_project)
    found = [name for name in archive.namelist() if name.lower().endswith(".qde")]
    if len(found) != 1:
        raise FileRefused(_("There is no project in this file."))
    return _of_root(xml_in.read(archives.part(archive, found[0])))


def _of_root(root: Element) -> tuple[Said, ...]:
    kind = xml_in.name(root)
    if xml_in.namespace(root) not in NAMESPACES.get(kind, ()):
        raise FileRefused(_("This is not a codebook."))
    book = root if kind == "CodeBook" else xml_in.first(root, "CodeBook")
    chosen = _principles(xml_in.inside(xml_in.first(root, "Sets"), "Set"))
    codes = xml_in.inside(xml_in.first(book, "Codes"), "Code")
    rows = count(1)
    return said.checked(one for theme in codes for one in _theme(theme, rows, chosen))


def _is_of_a_project(name: str) -> bool:
    folder, slash, _file = name.partition("/")
    return folder.lower() == "sources" if slash else name.lower().endswith(".qde")


def _theme(theme: Element, rows: Iterator[int], chosen: Mapping[str, tuple[int, ...]]) -> Iterator[Said]:
    top = _said(theme, next(rows), chosen, parent="", before=())
    yield top
    for sub, before in _below(theme, (), 2):
        one = _said(sub, next(rows), chosen, parent=top.guid or "", before=before)
        yield replace(one, colour=None) if one.colour == top.colour else one


def _below(code: Element, before: tuple[str, ...], level: int) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """Every code under this one, and the names between it and the theme."""
    if level > DEEPEST:
        raise FileRefused(_("The codes stand too deep inside each other."))
    for child in xml_in.inside(code, "Code"):
        yield child, before
        yield from _below(child, (*before, child.get("name", "")), level + 1)


def _said(
    code: Element, row: int, chosen: Mapping[str, tuple[int, ...]], *, parent: str, before: tuple[str, ...]
) -> Said:
    """We have two levels: a code further down carries the names above it in its own, 'Ventetid: Bad'."""
    guid = said.guid(code.get("guid", ""), row)
    description = xml_in.first(code, "Description")
    definition, exclusion = (None, None) if description is None else _parted(description.text or "")
    colour = code.get("color", "").upper()
    return Said(
        row=row,
        guid=guid,
        parent=parent,
        name_da=": ".join((*before, code.get("name", ""))).strip(),
        definition_da=definition,
        exclusion_da=exclusion,
        principles=chosen.get(guid, chosen.get(parent, ())) if chosen else None,
        colour=colour if len(colour) == len("#RRGGBB") else None,
    )


def _parted(description: str) -> tuple[str, str | None]:
    """Definition and exclusion; a description without the mark says nothing about the exclusion."""
    definition, mark, exclusion = f" {description.strip()}".rpartition(f" {refi_codes.NOT}")
    return (definition.strip(), exclusion.strip()) if mark else (exclusion.strip(), None)


def _principles(sets: Iterable[Element]) -> dict[str, tuple[int, ...]]:
    """The principles of each code, where the file has sets of ours; other sets are left alone."""
    found: dict[str, tuple[int, ...]] = {}
    for one in sets:
        named = _PRINCIPLE.match(one.get("name", ""))
        if named and int(named[1]) in principles.all_():
            for member in xml_in.inside(one, "MemberCode"):
                guid = said.guid(member.get("guid") or member.get("targetGUID") or "", 0)
                found[guid] = (*found.get(guid, ()), int(named[1]))
    return found
