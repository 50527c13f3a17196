"""The files of the tablet, each under a name with its own hash, and the worker that keeps them."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from app.core import headers
from app.core.config import ROOT

FOLDER = ROOT / "app" / "static" / "kiosk"
_MINIFIED = FOLDER / "minified"
"""Written by `make minify`."""
_TEMPLATES = ROOT / "app" / "templates" / "kiosk"
_SHELL = ("shell.html", "start.html", "plain/_start.html")
STATIC = "/kiosk/static/"
_TYPES = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}


@dataclass(frozen=True)
class File:
    """Bytes that never change under their name."""

    name: str
    content: bytes = field(repr=False)

    @property
    def mimetype(self) -> str:
        """What it is."""
        return _TYPES[self.name.rpartition(".")[2]]

    @property
    def address(self) -> str:
        """Where it is served."""
        return f"{STATIC}{self.name}"


@cache
def script() -> File:
    """The tablet's script: its numbered parts in one file, minified."""
    return _named("app", "js", _read(_MINIFIED / "app.js"))


@cache
def staff_script() -> File:
    """The corner of those who work at the place; loaded when they ask for it."""
    return _named("staff", "js", _read(_MINIFIED / "staff.js"))


@cache
def _worker() -> str:
    return _read(_MINIFIED / "sw.js").decode()


@cache
def style() -> File:
    """The tablet's sheet."""
    return _named("app", "css", _read(FOLDER / "app.css"))


@cache
def plain_style() -> File:
    """The sheet of the pages without script: the citizens' one, and what a tablet needs besides."""
    return _named("plain", "css", headers.CITIZEN_CSS.encode() + b"\n" + _read(FOLDER / "plain.css"))


@cache
def icon() -> File:
    """What stands on the tablet's own screen of apps."""
    return _named("icon", "svg", _read(FOLDER / "icon.svg"))


def by_name(name: str) -> File | None:
    """The file of this name, hash and all."""
    return next(
        (file for file in (script(), staff_script(), style(), plain_style(), icon()) if file.name == name), None
    )


def version(pack: str) -> str:
    """The 16 hex digits of everything a tablet keeps: shell, script, sheets, worker, pack."""
    shell = b"".join(_read(_TEMPLATES / name) for name in _SHELL)
    parts = (shell, script().content, staff_script().content, style().content, _worker().encode(), pack.encode())
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()[:16]


def worker(version: str) -> str:
    """The worker, told what it keeps: `self.KIOSK` holds the version and the files of the shell."""
    kept = ["/kiosk", "/kiosk/pack.json", script().address, staff_script().address, style().address]
    told = json.dumps({"version": version, "files": kept}, separators=(",", ":"))
    return f"self.KIOSK={told};\n{_worker()}"


def _named(stem: str, ending: str, content: bytes) -> File:
    return File(f"{stem}.{hashlib.sha256(content).hexdigest()[:16]}.{ending}", content)


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""
