"""Whether a file is a PDF to be read and nothing more: whole, open to a look, and without what acts by itself.

No library opens it here: a file from outside is only looked through as bytes, within fixed bounds.
"""

import re
import zlib
from collections.abc import Iterator

from flask_babel import gettext as _

from app.core.errors import Refusal

LARGEST = 20 * 1024 * 1024
"""Bytes of a file."""
MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes of packed objects that are looked through; a file with more of them is no report."""
NEAR_THE_END = 1024
HEAD = 2048
"""Bytes before a stream in which its dictionary stands."""
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTS = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE)(?![A-Za-z0-9])")
"""A script always says /JavaScript beside its /JS; three letters alone would be found in pictures by chance."""
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PACKED = re.compile(rb"/Type\s*/ObjStm(?![A-Za-z0-9])")
_ENCRYPTED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")


class PdfFileRefused(Refusal):
    """A file that is no PDF, or more than one to read."""


def check(content: bytes, *, most_unpacked: int = MOST_UNPACKED) -> None:
    """Refuse what is too large, cut off, locked, or holds script, programs or other files."""
    if not content.startswith(b"%PDF-") or len(content) > LARGEST:
        raise PdfFileRefused(_("The file must be a PDF of at most 20 megabytes."))
    if b"%%EOF" not in content[-NEAR_THE_END:]:
        raise PdfFileRefused(_("The PDF is cut off: its end is missing. Save it again."))
    if _ENCRYPTED.search(_plain(content)):
        raise PdfFileRefused(_("The PDF is locked. Save it without a password."))
    if any(_ACTS.search(_plain(part)) for part in (content, *_packed_objects(content, most_unpacked))):
        raise PdfFileRefused(_("The PDF holds a script, a program or another file. Print it to a new PDF first."))


def _plain(part: bytes) -> bytes:
    """Names with every letter as itself: /Java#53cript is /JavaScript."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)


def _packed_objects(content: bytes, most: int) -> Iterator[bytes]:
    """What stands in packed streams of objects, where names cannot be seen in the file itself."""
    left = most
    for begin in _STREAM.finditer(content):
        around = _plain(content[max(0, begin.start() - HEAD) : begin.start()])
        own = around[around.rfind(b" obj") + 1 :]
        if not _PACKED.search(around) or b"/Filter" not in around:
            continue
        objects = None if b"/DecodeParms" in own else _unpacked(content, begin.end(), left)
        if objects is None and _PACKED.search(own):
            raise PdfFileRefused(_("The PDF cannot be looked through. Print it to a new PDF first."))
        left -= len(objects or b"")
        yield objects or b""


def _unpacked(content: bytes, begin: int, most: int) -> bytes | None:
    """None for what is packed in another way than nearly all PDFs are, or is larger than a report."""
    unpacking = zlib.decompressobj()
    try:
        objects = unpacking.decompress(memoryview(content)[begin:], most)
    except zlib.error:
        return None
    return objects if unpacking.eof else None
