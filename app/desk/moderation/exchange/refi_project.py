"""A REFI-QDA project (.qdpx): coded statements with their codebook, as NVivo, MAXQDA, ATLAS.ti and QualCoder open it.

What belongs to a whole statement is written as a selection from its first to its last character, one for each coder:
QualCoder skips codings that hang on the source. Positions are Unicode code points, the end exclusive. Variables
stand on the case (NVivo) and on the source (MAXQDA). No time is written anywhere.
"""

import io
import uuid
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from app.core import xml_out
from app.core.xml_out import Writer
from app.desk.moderation.codebook.lines import Line
from app.desk.moderation.exchange import refi_codes

NAMESPACE = "urn:QDA-XML:project:1.0"
VARIABLES = ("sitetype", "region", "quarter", "site", "channel", "language", "round", "type", "rating")
"""What is said of a statement beside its codes; empty ones are left out."""
INTEGERS = frozenset({"rating"})
WHOLE_TEXT = "hele teksten"


@dataclass(frozen=True)
class Coded:
    """What one coder said of a whole statement."""

    coder: str
    guids: Sequence[str]


@dataclass(frozen=True)
class Source:
    """One statement of a project. Those of one voice share a case and what is told of it."""

    name: str
    case: str
    text: str
    of_case: Mapping[str, str]
    own: Mapping[str, str]
    coded: Sequence[Coded]
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class _Written:
    """A statement whose text is in the archive: what the project still has to say of it."""

    guid: str
    length: int
    source: Source


def write_codebook(lines: Sequence[Line]) -> bytes:
    """A project that holds the codebook alone."""
    return write(refi_codes.ORIGIN, lines, ())


def write(
    name: str, lines: Sequence[Line], sources: Iterable[Source], memos: Mapping[str, Sequence[str]] | None = None
) -> bytes:
    """A whole project, packed. Texts go into the archive as they come and are not held; `memos` are those on codes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        written = [_put(archive, source) for source in sources]
        with archive.open("project.qde", "w") as part, io.TextIOWrapper(part, "utf-8") as text:
            _project(Writer(text), name, lines, written, memos or {})
    return out.getvalue()


def _put(archive: zipfile.ZipFile, source: Source) -> _Written:
    guid, text = _new_guid(), xml_out.clean(source.text)
    archive.writestr(f"sources/{guid}.txt", text.encode())
    return _Written(guid, len(text), replace(source, text=""))


def _project(
    xml: Writer, name: str, lines: Sequence[Line], written: Sequence[_Written], memos: Mapping[str, Sequence[str]]
) -> None:
    notes: dict[str, str] = {}
    on_codes = {guid: [_noted(notes, text) for text in texts] for guid, texts in memos.items()}
    coders = dict.fromkeys(coded.coder for one in written for coded in one.source.coded)
    users = {coder: _new_guid() for coder in coders or ("Koder A",)}
    variables = {variable: _new_guid() for variable in VARIABLES}
    first = next(iter(users.values()))
    with xml.element("Project", xmlns=NAMESPACE, name=name, origin=refi_codes.ORIGIN, creatingUserGUID=first):
        with xml.element("Users"):
            for coder, guid in users.items():
                xml.empty("User", guid=guid, name=coder)
        with xml.element("CodeBook"):
            refi_codes.write_codes(xml, lines, on_codes)
        if written:
            _write_variables(xml, variables)
            _write_cases(xml, written, variables)
            _write_sources(xml, written, variables, users, notes)
        _write_notes(xml, notes)
        refi_codes.write_sets(xml, lines, "targetGUID")


def _write_variables(xml: Writer, variables: Mapping[str, str]) -> None:
    with xml.element("Variables"):
        for name, guid in variables.items():
            xml.empty("Variable", guid=guid, name=name, typeOfVariable="Integer" if name in INTEGERS else "Text")


def _write_cases(xml: Writer, written: Sequence[_Written], variables: Mapping[str, str]) -> None:
    cases: dict[str, list[_Written]] = {}
    for one in written:
        cases.setdefault(one.source.case, []).append(one)
    with xml.element("Cases"):
        for name, found in cases.items():
            with xml.element("Case", guid=_new_guid(), name=name):
                _write_values(xml, found[0].source.of_case, variables)
                for one in found:
                    xml.empty("SourceRef", targetGUID=one.guid)


def _write_sources(
    xml: Writer,
    written: Sequence[_Written],
    variables: Mapping[str, str],
    users: Mapping[str, str],
    notes: dict[str, str],
) -> None:
    with xml.element("Sources"):
        for one in written:
            path = f"internal://{one.guid}.txt"
            with xml.element("TextSource", guid=one.guid, name=one.source.name, plainTextPath=path):
                for coded in one.source.coded:
                    _write_selection(xml, one.length, coded, users[coded.coder])
                for note in one.source.notes:
                    xml.empty("NoteRef", targetGUID=_noted(notes, note))
                _write_values(xml, {**one.source.of_case, **one.source.own}, variables)


def _noted(notes: dict[str, str], text: str) -> str:
    """Remember a note for the end of the project; its identifier."""
    guid = _new_guid()
    notes[guid] = text
    return guid


def _write_notes(xml: Writer, notes: Mapping[str, str]) -> None:
    if notes:
        with xml.element("Notes"):
            for guid, text in notes.items():
                with xml.element("Note", guid=guid):
                    xml.text("PlainTextContent", text)


def _write_selection(xml: Writer, length: int, coded: Coded, user: str) -> None:
    with _selection(xml, length, user):
        for guid in coded.guids:
            with xml.element("Coding", guid=_new_guid(), creatingUser=user):
                xml.empty("CodeRef", targetGUID=guid.upper())


@contextmanager
def _selection(xml: Writer, length: int, user: str) -> Iterator[None]:
    attributes = {"startPosition": "0", "endPosition": str(length), "creatingUser": user}
    with xml.element("PlainTextSelection", guid=_new_guid(), name=WHOLE_TEXT, **attributes):
        yield


def _write_values(xml: Writer, said: Mapping[str, str], variables: Mapping[str, str]) -> None:
    for name, guid in variables.items():
        value = said.get(name, "")
        if value:
            with xml.element("VariableValue"):
                xml.empty("VariableRef", targetGUID=guid)
                xml.text("IntegerValue" if name in INTEGERS else "TextValue", value)


def _new_guid() -> str:
    return str(uuid.uuid4()).upper()
