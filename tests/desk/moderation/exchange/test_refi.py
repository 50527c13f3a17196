"""REFI-QDA: what we write is valid, what others write is read, and what would harm is refused (tests/oracles/refi)."""

import io
import json
import re
import zipfile
from typing import Any

import pytest
from defusedxml import ElementTree
from lxml import etree

from app.core import archives
from app.core.archives import FileRefused
from app.desk.moderation.exchange import codebook_json, formats, plan, refi_codes, refi_project, refi_reading
from app.desk.moderation.exchange.refi_project import Coded, Source
from tests.desk.moderation.exchange.books import ORACLES, changed, held, lines

REFI = ORACLES / "refi"
CASES = json.loads((REFI / "import_cases.json").read_text("utf-8"))["cases"]
BOOK, PROJECT = "{urn:QDA-XML:codebook:1.0}", "{urn:QDA-XML:project:1.0}"
FACE = "Der er kø 😡 og [navn] siger bare, at vi må vente"


def valid(content: bytes, schema: str) -> bool:
    return bool(etree.XMLSchema(etree.parse(REFI / schema)).validate(etree.fromstring(content)))


def a_project(*sources: Source) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(refi_project.write("Gadens Stemme, efterår 2026", lines(), sources)))


def a_source(text: str = FACE, **more: Any) -> Source:
    koe, ryk = "14285ab6-27d4-4888-9ed5-667a24236d50", "a08482cc-ff30-42c3-a9a8-69a761ac4063"
    coded = (Coded("Koder A", (koe, ryk)), Coded("Koder B", (koe,)))
    told = {"sitetype": "Gadens Hus", "quarter": "2026-Q4", "rating": "2"}
    return Source("udsagn", "svar", text, told, {"type": "KRITIK"}, coded, **more)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_every_import_case_goes_as_it_must(case: dict[str, Any]) -> None:
    content = case["xml"].encode()

    if case["outcome"] == "refused":
        with pytest.raises(FileRefused, match="."):
            refi_reading.read(content)
    else:
        found = held(refi_reading.read(content))
        assert found.conflicts == []
        assert len(found.additions) + len(found.updates) + found.same == case["codes"]
        assert [one.code.key for one in found.updates] == case.get("updates", [])


def test_a_third_level_is_joined_to_its_parents_name() -> None:
    case = next(one for one in CASES if one["case"].startswith("three levels"))

    found = refi_reading.read(case["xml"].encode())

    assert [one.name_da for one in found] == ["Adgang", "Kø", "Kø: Bad"]
    assert {one.parent for one in found[1:]} == {found[0].guid}


def test_the_codebook_is_valid_and_says_what_the_example_says() -> None:
    content = refi_codes.write(lines())
    ours, example = (ElementTree.fromstring(one) for one in (content, (REFI / "example_codebook.qdc").read_bytes()))

    assert valid(content, "Codebook.xsd")
    assert not valid(content.replace(b"isCodable", b"iscodable"), "Codebook.xsd")
    assert _tree(ours) == _tree(example)


def test_a_codebook_without_principles_has_no_sets() -> None:
    book = [line.with_(principles=()) for line in lines()]

    content = refi_codes.write(book)

    assert b"Sets" not in content
    assert valid(content, "Codebook.xsd")


def test_a_project_of_the_codebook_alone_is_valid() -> None:
    archive = zipfile.ZipFile(io.BytesIO(refi_project.write_codebook(lines())))

    assert archive.namelist() == ["project.qde"]
    assert valid(archive.read("project.qde"), "Project.xsd")


def test_a_project_is_valid_and_an_independent_reader_finds_everything_in_it() -> None:
    archive = a_project(a_source(notes=("Går igen fra sidste kvartal.",)), a_source("De fandt mig i skuret\r\n"))

    project = archive.read("project.qde")
    opened = read_as_another_tool_does(archive)

    assert valid(project, "Project.xsd")
    assert not valid(project.replace(b"plainTextPath", b"plaintextpath"), "Project.xsd")
    assert [one["text"] for one in opened] == [FACE, "De fandt mig i skuret\n"]
    assert opened[0]["codings"] == [
        ("Koder A", "Ventetid og kø", FACE),
        ("Koder A", "Adgang og åbningstider", FACE),
        ("Koder B", "Ventetid og kø", FACE),
    ]
    assert opened[0]["case"] == {"sitetype": "Gadens Hus", "quarter": "2026-Q4", "rating": "2"}
    assert opened[0]["source"] == opened[0]["case"] | {"type": "KRITIK"}
    assert opened[0]["notes"] == ["Går igen fra sidste kvartal."]
    assert b"DateTime" not in project


def test_our_own_reader_and_the_other_one_agree_on_the_example() -> None:
    """The example was written by others: a reader that fits only our own files would fail here."""
    archive = zipfile.ZipFile(REFI / "example_project.qdpx")

    first = read_as_another_tool_does(archive)[0]

    assert first["text"] == "Der er kø ved badet hver morgen 😡 og [navn] siger bare, at vi må vente"
    assert ("Koder A", "Mødet med personalet", "[navn] siger bare") in first["codings"]
    assert held(formats.read("a.qdpx", (REFI / "example_project.qdpx").read_bytes())).same == 68


def test_texts_are_plain_utf8_and_identifiers_upper_case() -> None:
    archive = a_project(a_source("Første\r\nanden\x0b linje"))

    name = next(one for one in archive.namelist() if one.startswith("sources/"))

    assert re.fullmatch(r"sources/[0-9A-F-]{36}\.txt", name)
    assert archive.read(name) == "Første\nanden linje".encode()


def test_the_end_of_a_selection_counts_code_points() -> None:
    archive = a_project(a_source("😡😡"))

    root = ElementTree.fromstring(archive.read("project.qde"))

    assert {one.get("endPosition") for one in root.iter(f"{PROJECT}PlainTextSelection")} == {"2"}


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "parts",
    [
        {"project.qde": b"<x/>", "../outside.txt": b""},
        {"project.qde": b"<x/>", "/etc/passwd": b""},
        {"project.qde": b"<x/>", "other/a.txt": b""},
        {"project.qde": b"<x/>", "sources/../a.txt": b""},
        {"project.qde": b"<x/>", "sources\\..\\a.txt": b""},
        {"project.qde": b"<x/>", "sources/a/a/a/a/a/a/a/a/b": b""},
        {"project.qde": b"<x/>", **{f"sources/{nth}": b"" for nth in range(2000)}},
        {"project.qde": b"0" * 5_000_000},
        {"sources/a.txt": b"x"},
        {"project.qde": b"<x/>", "more.qde": b"<x/>"},
    ],
    ids=lambda parts: str(list(parts)[-1])[:24],
)
def test_a_project_with_something_wrong_in_it_is_refused(parts: dict[str, bytes]) -> None:
    with pytest.raises(FileRefused, match="."):
        refi_reading.read_project(packed(**parts))


def test_more_than_we_unpack_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(FileRefused, match="more than we unpack"):
        archives.opened(packed(a=bytes(range(256)) * 90_000))


def test_deep_nests_are_refused() -> None:
    guid = '<Code guid="0D62985D-B147-4D01-A9B5-{:012d}" name="x" isCodable="true">'
    deep = "".join(guid.format(nth) for nth in range(9)) + "</Code>" * 9
    head = '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'

    with pytest.raises(FileRefused, match="too deep"):
        refi_reading.read(f"{head}{deep}</Codes></CodeBook>".encode())
    with pytest.raises(FileRefused, match="too deep"):
        refi_reading.read(("<a>" * 100_000 + "</a>" * 100_000).encode())


def test_principles_that_differ_from_the_theme_come_back() -> None:
    book = changed("ADG.KOE", principles=(1, 2))

    (update,) = held(refi_reading.read(refi_codes.write(book.in_order()))).updates

    assert update.fields[0].after == (1, 2)


def test_json_and_refi_make_the_same_codebook_of_nothing() -> None:
    one, other = (
        plan.of(read(write(lines())), plan.Standing(), 1).standing.in_order()
        for write, read in ((codebook_json.write, codebook_json.read), (refi_codes.write, refi_reading.read))
    )

    said = ("guid", "name_da", "definition_da", "exclusion_da", "principles", "colour", "kind")
    assert [[getattr(line, name) for name in said] for line in one] == [
        [getattr(line, name) for name in said] for line in other
    ]


def _tree(element: Any) -> Any:
    """An element as values, its children in order; spaces around texts do not count."""
    text = (element.text or "").strip()
    return element.tag, dict(element.attrib), text, [_tree(child) for child in element]


def read_as_another_tool_does(archive: zipfile.ZipFile) -> list[dict[str, Any]]:
    """A reader of its own, by the words of the standard: users, codes and variables by guid, spans by code point."""
    root = ElementTree.fromstring(archive.read("project.qde"))
    users = {one.get("guid"): one.get("name") for one in _of(root, "Users/User")}
    codes = {one.get("guid"): one.get("name") for one in root.iter(f"{PROJECT}Code")}
    variables = {one.get("guid"): one.get("name") for one in _of(root, "Variables/Variable")}
    notes = {one.get("guid"): one.findtext(f"{PROJECT}PlainTextContent") for one in _of(root, "Notes/Note")}
    cases = {ref.get("targetGUID"): one for one in _of(root, "Cases/Case") for ref in _of(one, "SourceRef")}
    found = []
    for source in _of(root, "Sources/TextSource"):
        path = source.get("plainTextPath", "").replace("internal://", "sources/")
        text = archive.read(path).decode()
        codings = [
            (users[coding.get("creatingUser")], codes[coding[0].get("targetGUID")],
             text[int(span.get("startPosition", "")) : int(span.get("endPosition", ""))])
            for span in source.iterfind(f"{PROJECT}PlainTextSelection")
            for coding in span.iterfind(f"{PROJECT}Coding")
        ]  # fmt: skip
        found.append({
            "text": text,
            "codings": codings,
            "case": _values(cases[source.get("guid")], variables),
            "source": _values(source, variables),
            "notes": [notes[one.get("targetGUID")] for one in source.iterfind(f"{PROJECT}NoteRef")],
        })  # fmt: skip
    return found


def _of(root: Any, path: str) -> Any:
    return root.iterfind("/".join(f"{PROJECT}{step}" for step in path.split("/")))


def _values(element: Any, variables: dict[Any, Any]) -> dict[str, str]:
    values = element.iterfind(f"{PROJECT}VariableValue")
    return {variables[value[0].get("targetGUID")]: value[1].text for value in values}
