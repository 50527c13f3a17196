"""How the codebook stands: its lines, what was merged into what, what is being split. A value, nothing stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from app.desk.moderation.codebook.lines import Line


@dataclass(frozen=True)
class Merged:
    """Where a merged code went."""

    into: str
    """The guid people merged it into; that one may be merged too."""
    hints: tuple[str, ...] = ()
    brought: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """The whole codebook at one moment, by guid."""

    lines: Mapping[str, Line] = field(default_factory=dict)
    merged: Mapping[str, Merged] = field(default_factory=dict)
    splits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """A code that is being split, or was, and where its statements may go."""

    @property
    def redirects(self) -> dict[str, str]:
        """A merged code and the one it is read as: the end of its chain."""
        return {guid: self.path(guid)[-1] for guid in self.merged}

    def path(self, guid: str) -> tuple[str, ...]:
        """Everything a code was merged into on the way, the last first to be read as; nothing for others."""
        found: list[str] = []
        while guid in self.merged:
            guid = self.merged[guid].into
            found.append(guid)
        return tuple(found)

    def by_key(self, key: str) -> Line | None:
        """The line of this key, whatever became of it."""
        return next((line for line in self.lines.values() if line.key == key), None)

    def in_order(self) -> list[Line]:
        """A theme with its sub-codes after it, then types, then flags."""
        lines = sorted(self.lines.values(), key=lambda line: line.place)
        return [line for kind in ("theme", "type", "flag") for line in self._with_subs(lines, kind)]

    def subs(self, key: str) -> list[Line]:
        """The sub-codes of a theme that may be tagged."""
        return [line for line in self.lines.values() if line.parent_key == key and line.is_active]

    @property
    def open_splits(self) -> dict[str, tuple[str, ...]]:
        """Splits whose work list is not empty yet."""
        return {guid: into for guid, into in self.splits.items() if self.lines[guid].is_active}

    def with_line(self, line: Line) -> "Standing":
        """The same with this line in place of the one before."""
        return replace(self, lines={**self.lines, line.guid: line})

    def _with_subs(self, lines: list[Line], kind: str) -> Iterator[Line]:
        for line in lines:
            if line.kind == kind:
                yield line
                yield from (sub for sub in lines if sub.parent_key == line.key)
