"""Looks for a number or a text in every byte of every file, in all the ways it could be written."""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np

_START = 4  # bytes


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


def found(folders: Iterable[Path], needles: Mapping[str, bytes]) -> list[str]:
    """`file: how it is written` for every needle in any file below these folders."""
    search = _Search(needles)
    return [f"{path.name}: {name}" for path in _files(folders) for name in search.names_in(path.read_bytes())]


class _Search:
    """Hundreds of needles in one reading: only those whose first four bytes stand somewhere are looked for."""

    def __init__(self, needles: Mapping[str, bytes]) -> None:
        self._needles = needles
        self._firsts, self._seconds = np.zeros(2**16, bool), np.zeros(2**16, bool)
        for needle in needles.values():
            self._firsts[int.from_bytes(needle[:2], "big")] = self._seconds[int.from_bytes(needle[2:4], "big")] = True

    def names_in(self, content: bytes) -> Iterator[str]:
        """The names of all needles in it."""
        there = self._starts(content)
        for name, needle in self._needles.items():
            if (len(needle) < _START or needle[:_START] in there) and needle in content:
                yield name

    def _starts(self, content: bytes) -> set[bytes]:
        """Every four bytes of the content that may begin a needle."""
        data = np.frombuffer(content, np.uint8).astype(np.uint16)
        pairs = data[:-1] << 8 | data[1:]
        places = np.flatnonzero(self._firsts[pairs[:-2]] & self._seconds[pairs[2:]])
        return {content[at : at + _START] for at in places.tolist()}


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in folder.rglob("*") if path.is_file())
