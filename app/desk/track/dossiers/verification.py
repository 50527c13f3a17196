"""Whether a dossier is what was frozen: the chain in the database, and any file on any machine."""

import zipfile
from collections.abc import Iterator, Mapping

from app.core import archives
from app.core.errors import Refusal
from app.desk.track.dossiers import document as documents
from app.desk.track.dossiers import files, queries
from app.desk.track.dossiers.models import Dossier
from app.publication.dossiers import copies
from app.publication.formats import json


def faults() -> Iterator[str]:
    """One line for each dossier that is no longer what was frozen, here or in its public copy."""
    number, before = 0, json.NO_HASH
    for dossier in queries.chain():
        if dossier.number != number + 1 or dossier.previous_hash != before:
            yield f"dossier {dossier.number}: it does not follow dossier {number}"
        yield from _of_row(dossier)
        number, before = dossier.number, dossier.hash
    yield from copies.faults()


def of_file(content: bytes) -> Iterator[str]:
    """One line for each file of a ZIP that is missing, added or changed, and for a hash that is not its document's."""
    try:
        parts = _unpacked(content)
    except (Refusal, zipfile.BadZipFile) as error:
        yield f"not a dossier: {error}"
        return
    if files.SUMS not in parts or files.DOCUMENT not in parts:
        yield f"not a dossier: it holds no {files.SUMS} or no {files.DOCUMENT}"
        return
    yield from _sums(parts)
    yield from _document(parts)


def _of_row(dossier: Dossier) -> Iterator[str]:
    parts = _unpacked(dossier.archive)
    document = json.read(dossier.document)
    if document.get("hash") != dossier.hash or document.get("previous_hash") != dossier.previous_hash:
        yield f"dossier {dossier.number}: the document names another hash"
    if parts.get(files.DOCUMENT) != dossier.document:
        yield f"dossier {dossier.number}: the file holds another document"
    for fault in of_file(dossier.archive):
        yield f"dossier {dossier.number}: {fault}"
    copy = copies.of(dossier.number)
    if (copy is not None) != (dossier.state == "published") or (copy and copy.content != dossier.archive):
        yield f"dossier {dossier.number}: the public copy is another one"


def _sums(parts: Mapping[str, bytes]) -> Iterator[str]:
    lines = parts[files.SUMS].decode("utf-8", "replace").splitlines()
    told = {name: sum_ for sum_, _, name in (line.partition("  ") for line in lines)}
    for name in sorted({*told, *parts} - {files.SUMS}):
        if name not in parts:
            yield f"{name} is missing"
        elif name not in told:
            yield f"{name} does not belong to it"
        elif files.sha256(parts[name]) != told[name]:
            yield f"{name} has been changed"


def _document(parts: Mapping[str, bytes]) -> Iterator[str]:
    try:
        document = json.read(parts[files.DOCUMENT])
        is_whole = document["hash"] == json.hash_of(document) and documents.written(document) == parts[files.DOCUMENT]
        named = {one["id"]: one["hash"] for one in document["releases"]}
    except (ValueError, KeyError, TypeError):
        yield f"{files.DOCUMENT} cannot be read"
        return
    if not is_whole:
        yield f"{files.DOCUMENT}: the hash is not that of the document"
    for release_id, hash_ in named.items():
        if not _is_release(parts.get(f"releases/{release_id}.json", b""), hash_):
            yield f"releases/{release_id}.json is not the release that the dossier names"


def _is_release(content: bytes, hash_: str) -> bool:
    try:
        release = json.read(content)
    except ValueError:
        return False
    return release.get("hash") == hash_ == json.hash_of(release)


def _unpacked(content: bytes) -> dict[str, bytes]:
    archive = archives.opened(content)
    return {part.filename: archives.part(archive, part.filename) for part in archive.infolist()}
