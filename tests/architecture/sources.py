"""The product's own source files, for tests that read code."""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from app.core.config import ROOT

TOOLS = frozenset({".git", ".venv", "__pycache__", "instance", "build", "node_modules", "test-results", ".hypothesis"})
TOOLS_FOLDERS = (".egg-info", "_cache")


@dataclass(frozen=True)
class Source:
    """One Python file: its place in the repository, its text and its syntax tree."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Parsed when somebody asks: most only look at names and lines."""
        return ast.parse(self.text)


@cache
def python(*folders: str) -> tuple[Source, ...]:
    """Every Python file under these folders of the repository, in order."""
    return tuple(found for folder in folders for found in _below(folder))


@cache
def _below(folder: str) -> tuple[Source, ...]:
    return tuple(
        source(file.relative_to(ROOT).as_posix(), file.read_text("utf-8"))
        for file in sorted((ROOT / folder).rglob("*.py"))
        if not TOOLS & set(file.parts)
    )


def source(path: str, text: str) -> Source:
    """A file as if it stood at `path`."""
    return Source(path, text)


def files() -> Iterator[Path]:
    """Every file of the repository that is no tool's, relative to its root."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if name not in TOOLS and not name.endswith(TOOLS_FOLDERS))
        yield from (Path(folder, name).relative_to(ROOT) for name in sorted(names))
