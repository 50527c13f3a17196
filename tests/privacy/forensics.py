"""Looks for a number, a text or an id in every byte of every file, in all the ways it could be written."""

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

_START = 4  # bytes of a needle that are looked for at once; shorter needles are looked for one by one
_BITS = 22
_ODD = np.uint32(2654435761)  # Knuth's multiplicative hash


def spellings(number: str) -> dict[str, bytes]:
    """A number (E.164) as it could lie on a disk: spelled, encoded, packed, hashed."""
    national = number.removeprefix("+45")
    pairs = " ".join(national[at : at + 2] for at in range(0, 8, 2))
    spelled = {
        "E.164": number, "without plus": number[1:], "0045": f"0045{national}", "national": national,
        "in pairs": pairs, "4+4": f"{national[:4]} {national[4:]}", "with +45": f"+45 {pairs}",
    }  # fmt: skip
    found = {name: text.encode() for name, text in spelled.items()}
    for name in ("E.164", "without plus", "national"):
        raw = found[name]
        found |= {
            f"{name}, hex": raw.hex().encode(),
            f"{name}, base64": base64.b64encode(raw).rstrip(b"=")[:-1],
            f"{name}, UTF-16": raw.decode().encode("utf-16-le"),
            f"{name}, reversed": raw[::-1],
        }
        for algorithm in ("md5", "sha1", "sha256", "sha512", "blake2b"):
            digest = hashlib.new(algorithm, raw).digest()
            found |= {f"{name}, {algorithm}": digest, f"{name}, {algorithm} in hex": digest.hex().encode()}
    digits = number[1:]
    found["swapped nibbles"] = bytes(int(digits[at + 1] + digits[at], 16) for at in range(0, len(digits) - 1, 2))
    found["as an integer"] = int(digits).to_bytes(8, "big")[-5:]
    return found


def texts(words: str) -> dict[str, bytes]:
    """Words as they could lie on a disk."""
    raw = words.encode()
    return {
        "text": raw,
        "text, UTF-16": words.encode("utf-16-le"),
        "text, base64": base64.b64encode(raw).rstrip(b"=")[:-1],
        "text, escaped": words.encode("unicode_escape"),
        "text, hex": raw.hex().encode(),
    }


def secrets(raw: bytes) -> dict[str, bytes]:
    """A key or an id as it could lie on a disk."""
    return {
        "bytes": raw,
        "hex": raw.hex().encode(),
        "HEX": raw.hex().upper().encode(),
        "base64": base64.b64encode(raw).rstrip(b"=")[:-1],
        "base64 of addresses": base64.urlsafe_b64encode(raw).rstrip(b"=")[:-1],
    }


def found(folders: Iterable[Path], needles: Mapping[str, bytes], *, but: Path | None = None) -> list[str]:
    """`file: how it is written` for every needle in any file below these folders, but for those of one."""
    search = Search(needles)
    looked_at = (path for path in files(folders) if but is None or not path.is_relative_to(but))
    return [f"{path.name}: {name}" for path in looked_at for name in search.names_in(content_of(path))]


class Search:
    """Thousands of needles in one reading: every place is looked at whose four bytes may begin one."""

    def __init__(self, needles: Mapping[str, bytes]) -> None:
        self._short = {name: needle for name, needle in needles.items() if len(needle) < _START}
        self._by_start: dict[bytes, list[tuple[str, bytes]]] = defaultdict(list)
        self._may_begin = np.zeros(1 << _BITS, bool)
        for name, needle in needles.items():
            if len(needle) >= _START:
                self._by_start[needle[:_START]].append((name, needle))
        if self._by_start:
            starts = np.array([int.from_bytes(start, "little") for start in self._by_start], np.uint32)
            self._may_begin[_hashed(starts)] = True

    def names_in(self, content: bytes) -> list[str]:
        """The names of all needles in it."""
        short = [name for name, needle in self._short.items() if needle in content]
        return sorted({name for name, _ in self.places_in(content)}) + short

    def places_in(self, content: bytes) -> Iterator[tuple[str, int]]:
        """Every needle of four bytes or more, and where it begins."""
        for at in self._candidates(content):
            for name, needle in self._by_start.get(content[at : at + _START], ()):
                if content.startswith(needle, at):
                    yield name, at

    def _candidates(self, content: bytes) -> Iterator[int]:
        """Places where a needle may begin, four bytes at a time from each of the first four places."""
        for shift in range(_START):
            whole = (len(content) - shift) // _START
            if whole > 0:
                fours = np.frombuffer(content, "<u4", whole, shift)
                yield from (np.flatnonzero(self._may_begin[_hashed(fours)]) * _START + shift).tolist()


def _hashed(fours: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    return (fours * _ODD) >> np.uint32(32 - _BITS)


def files(folders: Iterable[Path]) -> Iterator[Path]:
    """Every file below these folders, and those that are files themselves."""
    for folder in folders:
        if folder.is_file():
            yield folder
        yield from (path for path in folder.rglob("*") if path.is_file())


def content_of(path: Path) -> bytes:
    """What is in a file, but for most zeros at its end: a new log of PostgreSQL is 16 MB of them."""
    return path.read_bytes().rstrip(b"\0") + bytes(_START)
