"""The dictionary and a year's archive: made anew when a release comes out, stored, and sent as bytes."""

import hashlib
from collections.abc import Callable, Mapping

from app.core import archives
from app.core.config import ROOT
from app.publication.opendata import dictionary, queries

DIRECTORY = ROOT / "content" / "opendata"
BESIDE = ("README.txt", "LICENCE.txt")
"""Texts that lie in every archive."""
SUMS = "sha256sums.txt"
DATA = ("csv", "json")
DICTIONARIES: Mapping[str, Callable[[], bytes]] = {
    "dictionary.csv": dictionary.as_csv,
    "dictionary.json": dictionary.as_json,
}


def get(name: str) -> tuple[bytes, str] | None:
    """The bytes of a file and their hash; None where there is no such file (yet)."""
    found = queries.open_file(name)
    if found is not None:
        return found.content, found.sha256
    make = DICTIONARIES.get(name)
    return (content := make(), sha256(content)) if make else None


def renew(year: int) -> None:
    """Make the dictionary and the archive of this year again; the caller commits."""
    for name, make in DICTIONARIES.items():
        _keep(name, make())
    _keep(f"{year}.zip", archive(year))


def archive(year: int) -> bytes:
    """Everything of a year: each release as CSV and JSON, what the codes mean, who may use it, and the sums of all.

    `sha256sum -c sha256sums.txt` proves on any machine that nothing was changed on the way.
    """
    parts = {name: (DIRECTORY / name).read_bytes() for name in BESIDE}
    parts |= {name: make() for name, make in DICTIONARIES.items()}
    parts |= {f"releases/{one}.{ending}": content for one, ending, content in queries.printed(year, DATA)}
    sums = "".join(f"{sha256(content)}  {name}\n" for name, content in sorted(parts.items()))
    return archives.packed({**parts, SUMS: sums.encode()})


def sha256(content: bytes) -> str:
    """The hash that is the file's ETag."""
    return hashlib.sha256(content).hexdigest()


def _keep(name: str, content: bytes) -> None:
    queries.keep(name, content, sha256(content))
