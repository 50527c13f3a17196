"""ZIP files made while they are sent: no part is ever whole in memory, and the same parts give the same bytes."""

import zipfile
from collections.abc import Iterable, Iterator
from io import RawIOBase
from typing import Any

_DAY = (1980, 1, 1, 0, 0, 0)
"""The first day a ZIP can name: when a file was made is nobody's business."""


class _Drain(RawIOBase):
    """Where the archive writes to, and what is taken from it at once. It knows no way back."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:
        self._waiting += part
        return len(part)

    def taken(self) -> bytes:
        found = bytes(self._waiting)
        self._waiting.clear()
        return found


def packed(parts: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """The archive of these named parts, in their order; a part is made when its turn comes."""
    drain = _Drain()
    with zipfile.ZipFile(drain, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            about = zipfile.ZipInfo(name, _DAY)
            about.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(about, "w") as part:
                for some in content:
                    part.write(some)
                    yield drain.taken()
    yield drain.taken()
