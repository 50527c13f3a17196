"""What reading a file in would do to the codebook: additions, updates and conflicts, each with its row."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.desk.moderation.codebook import changes, lines
from app.desk.moderation.codebook.changes import Change
from app.desk.moderation.codebook.lines import CONTENT, Line
from app.desk.moderation.codebook.standing import Standing
from app.desk.moderation.exchange.said import Said


@dataclass(frozen=True)
class Addition:
    """A code that would be new."""

    row: int
    code: Line


@dataclass(frozen=True)
class Field:
    """One thing that would be said otherwise."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Update:
    """A known code (same guid or key) that would change."""

    row: int
    code: Line
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Conflict:
    """A row that cannot be read in, and why."""

    row: int
    sentence: str


@dataclass
class Plan:
    """All of it. As long as there is a conflict nothing is read in."""

    standing: Standing
    version: int
    additions: list[Addition] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    same: int = 0
    left_out: int = 0
    """Codes we do not know and that were not in use where the file comes from."""

    @property
    def digest(self) -> str:
        """Stands for exactly these changes; guids that were made up on the way are left out."""
        added = {one.code.guid: one.code.key for one in self.additions}
        said = [(one.act, added.get(one.guid, one.guid), dict(one.fields)) for one in self.changes]
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=list).encode()).hexdigest()


class Conflicting(Refusal):
    """What makes one row impossible."""


def of(codes: Iterable[Said], standing: Standing, version: int) -> Plan:
    """Hold a file against the codebook as it would be with the draft. Themes come first, whatever the file's order."""
    plan = Plan(standing, version)
    keys: dict[str, str] = {}
    for said in sorted(codes, key=lambda one: bool(one.parent)):
        try:
            _hold(plan, said, keys)
        except Refusal as refusal:
            plan.conflicts.append(Conflict(said.row, str(refusal)))
    return plan


def _hold(plan: Plan, said: Said, keys: dict[str, str]) -> None:
    theme = None if not said.parent else _theme(plan.standing, said.parent, keys)
    line = _known(plan.standing, said, theme)
    if line is not None:
        _update(plan, said, line, theme)
    elif said.status not in (None, "active", "draft"):
        plan.left_out += 1
    else:
        line = _add(plan, said, theme)
    if line is not None and not said.parent:
        keys |= {name: line.key for name in (said.key, said.guid, said.name_en) if name}


def _theme(standing: Standing, reference: str, keys: Mapping[str, str]) -> Line:
    """What the file calls the theme, as we know it."""
    by_name = (line.key for line in standing.lines.values() if line.kind == "theme" and line.name_en == reference)
    known = standing.lines.get(reference)
    key = keys.get(reference) or (known.key if known else next(by_name, reference))
    line = standing.by_key(key)
    if line is None or line.kind != "theme":
        raise Conflicting(_("There is no theme %(theme)s.", theme=reference))
    return line


def _known(standing: Standing, said: Said, theme: Line | None) -> Line | None:
    by_guid = standing.lines.get(said.guid) if said.guid else None
    by_key = standing.by_key(said.key) if said.key else None
    if by_guid and said.key and by_guid.key != said.key:
        raise Conflicting(_("This is the code %(known)s here, and keys never change.", known=by_guid.key))
    if by_key and said.guid and by_key.guid != said.guid:
        raise Conflicting(_("The code %(key)s has another identifier (guid) here.", key=by_key.key))
    if by_guid or by_key or said.guid or said.key:
        return by_guid or by_key
    place = theme.key if theme else None
    same = (line for line in standing.lines.values() if line.parent_key == place and line.kind in CONTENT)
    return next((line for line in same if line.name_en == said.name_en), None)


def _add(plan: Plan, said: Said, theme: Line | None) -> Line:
    guid = said.guid or changes.new_guid()
    fields = said.content()
    fields["name_da"] = fields.get("name_da") or said.name_en or ""
    if theme is not None:
        shared = {name: getattr(theme, name) for name in ("exclusion_da", "exclusion_en", "principles", "colour")}
        fields = shared | fields
    place = {"kind": "sub", "parent_key": theme.key} if theme else {"kind": "theme"}
    _take(plan, Change("add", guid, fields | place | ({"key": said.key} if said.key else {})))
    plan.additions.append(Addition(said.row, plan.standing.lines[guid]))
    return plan.standing.lines[guid]


def _update(plan: Plan, said: Said, line: Line, theme: Line | None) -> None:
    if line.kind not in CONTENT:
        raise Conflicting(_("%(key)s is a type or a flag: those are fixed.", key=line.key))
    if said.parent is not None and bool(said.parent) != (line.kind == "sub"):
        raise Conflicting(_("A theme cannot become a sub-code, nor a sub-code a theme."))
    wanted = lines.cleaned(_filled(said), line.kind)
    fields = [Field(name, getattr(line, name), value) for name, value in wanted.items() if getattr(line, name) != value]
    moved = theme is not None and theme.key != line.parent_key
    if not fields and not moved:
        plan.same += 1
        return
    if said.version is not None and said.version < line.version:
        raise Conflicting(_("%(key)s was changed here after the file was written.", key=line.key))
    if fields:
        _take(plan, Change("edit", line.guid, {one.name: one.after for one in fields}))
    if theme is not None and moved:
        _take(plan, Change("move", line.guid, {"parent_key": theme.key}))
        fields.append(Field("parent", line.parent_key, theme.key))
    plan.updates.append(Update(said.row, line, tuple(fields)))


def _filled(said: Said) -> dict[str, Any]:
    """What the file says of a code we know; an empty cell says nothing of a definition or an example."""
    return {name: value for name, value in said.content().items() if value or name not in lines.NEVER_EMPTY}


def _take(plan: Plan, change: Change) -> None:
    plan.standing = changes.after(plan.standing, [change], plan.version)
    plan.changes.append(change)
