"""Packed files: those from outside opened only while small, flat and in their own folder; ours the same every time."""

import io
import zipfile
from collections.abc import Callable, Mapping

from flask_babel import gettext as _

from app.core.errors import Refusal

MOST_FILES = 2000
LARGEST = 20 * 1024 * 1024
"""Bytes of a file from outside, and of what a packed one holds."""
LARGEST_RATIO = 100
"""Unpacked to packed; a text packs to a tenth, a bomb to a thousandth."""
DEEPEST = 8
"""Folders inside each other."""
_UNREADABLE = (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError, ValueError, KeyError)


class FileRefused(Refusal):
    """A file from outside that cannot be read."""


class Archive(zipfile.ZipFile):
    """An archive to write, without the hour it was written: the same parts give the same bytes."""

    def __init__(self, out: io.BytesIO) -> None:
        super().__init__(out, "w", zipfile.ZIP_DEFLATED)

    def writestr(  # type: ignore[override]  # a part is named, never described
        self, name: str, data: bytes | str, compress_type: int | None = None, compresslevel: int | None = None
    ) -> None:
        """Pack one part under the first date a ZIP file can tell, the first of January 1980."""
        part = zipfile.ZipInfo(name)
        part.external_attr = 0o644 << 16
        super().writestr(part, data, zipfile.ZIP_DEFLATED if compress_type is None else compress_type, compresslevel)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP file of these parts in this order."""
    out = io.BytesIO()
    with Archive(out) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def opened(content: bytes, is_expected: Callable[[str], bool] = lambda _name: True) -> zipfile.ZipFile:
    """The archive, its directory checked. Refuses what is damaged, too large, or holds an unexpected path."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _UNREADABLE as error:
        raise _damaged() from error
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed_size = sum(part.compress_size for part in parts)
    if len(parts) > MOST_FILES or unpacked > LARGEST or unpacked > LARGEST_RATIO * max(packed_size, 1):
        raise FileRefused(_("The file holds more than we unpack."))
    if not all(_is_inside(part.filename) and is_expected(part.filename) for part in parts):
        raise FileRefused(_("The file holds a path that does not belong there."))
    return archive


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one part; never more than its entry in the directory says."""
    try:
        return archive.read(name)
    except (*_UNREADABLE, zipfile.LargeZipFile) as error:
        raise _damaged() from error


def _is_inside(name: str) -> bool:
    folders = name.replace("\\", "/").split("/")
    return len(folders) <= DEEPEST and ".." not in folders and bool(folders[0]) and ":" not in name


def _damaged() -> FileRefused:
    return FileRefused(_("The file is damaged or not of this kind."))
