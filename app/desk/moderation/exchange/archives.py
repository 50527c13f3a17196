"""Packed files from outside: opened only while they stay small, flat and inside their own folder."""

import io
import zipfile
from collections.abc import Callable

from flask_babel import gettext as _

from app.desk.moderation.exchange.said import LARGEST, FileRefused

MOST_FILES = 2000
LARGEST_RATIO = 100
"""Unpacked to packed; a text packs to a tenth, a bomb to a thousandth."""
DEEPEST = 8
"""Folders inside each other."""
_UNREADABLE = (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError, ValueError, KeyError)


def opened(content: bytes, is_expected: Callable[[str], bool] = lambda _name: True) -> zipfile.ZipFile:
    """The archive, its directory checked. Refuses what is damaged, too large, or holds an unexpected path."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _UNREADABLE as error:
        raise _damaged() from error
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > MOST_FILES or unpacked > LARGEST or unpacked > LARGEST_RATIO * max(packed, 1):
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
