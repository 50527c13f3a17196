"""What may be changed in a codebook, and what it is afterwards. Pure: a value in, a value out, or a refusal."""

import re
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.core.folding import fold
from app.desk.moderation.codebook import lines
from app.desk.moderation.codebook.lines import CONTENT, Line
from app.desk.moderation.codebook.standing import Merged, Standing

KEY = re.compile(r"[A-Z]{2,8}(?:\.[A-Z]{2,8})?", re.ASCII)
LONGEST_KEY = 12
KEY_LETTERS = 3
FEWEST_TARGETS = 2


class ChangeRefused(Refusal):
    """A change the codebook does not take; `at` is its place in the list it came with."""

    at = 0


@dataclass(frozen=True)
class Change:
    """One change: what is done, to which code, and with what."""

    act: str
    guid: str
    fields: Mapping[str, Any] = field(default_factory=dict)


def after(standing: Standing, changes: Iterable[Change], version: int) -> Standing:
    """The codebook with these changes, one after the other; its changed lines carry the version."""
    for at, change in enumerate(changes):
        try:
            standing = _ACTS[change.act](standing, change, version)
        except Refusal as refusal:
            refused = ChangeRefused(str(refusal))
            refused.at = at
            raise refused from refusal
    return standing


def new_guid() -> str:
    """An identity for a new code."""
    return str(uuid.uuid4())


def new_key(name: str, parent_key: str | None, taken: Collection[str]) -> str:
    """A short key from the name: 'Åbningstider' under ADG is ADG.AAB; with another letter where that is taken."""
    letters = re.sub(r"[^A-Z]", "", fold(name).upper()) + "XYZQ"
    start = f"{parent_key}." if parent_key else ""
    ends = (letters[: KEY_LETTERS - 1] + last for last in letters[KEY_LETTERS - 1 :] + "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    free = (start + end for end in ends if start + end not in taken)
    found = next(free, None)
    if found is None or len(found) > LONGEST_KEY:
        raise ChangeRefused(_("No short key is left for that name. Give it another name."))
    return found


def _add(standing: Standing, change: Change, version: int) -> Standing:
    fields = dict(change.fields)
    parent_key, kind = fields.pop("parent_key", None), fields.pop("kind", "sub")
    key = fields.pop("key", None)
    if change.guid in standing.lines:
        raise ChangeRefused(_("That code is in the codebook already."))
    if kind not in CONTENT or (kind == "sub") != bool(parent_key):
        raise ChangeRefused(_("Choose where it belongs: under a theme, or as a theme of its own."))
    if parent_key:
        _parent(standing, parent_key)
    name = fields.get("name_da", "")
    written = lines.cleaned({**fields, "name_da": name, "name_en": fields.get("name_en") or name}, kind)
    _no_twin(standing, written["name_da"], parent_key)
    taken = {line.key for line in standing.lines.values()}
    key = key or new_key(written["name_da"], parent_key, taken)
    if not KEY.fullmatch(key) or len(key) > LONGEST_KEY or key in taken:
        raise ChangeRefused(_("The key %(key)s is taken, or is not 2 to 8 capital letters.", key=key))
    place = max((line.place for line in standing.lines.values()), default=-1) + 1
    line = Line(
        guid=change.guid, key=key, kind=kind, parent_key=parent_key, place=place, version=version, since=version
    )
    return standing.with_line(line.with_(**written))


def _edit(standing: Standing, change: Change, version: int) -> Standing:
    line = _line(standing, change.guid)
    if line.state == "merged":
        raise ChangeRefused(_("'%(name)s' is merged. Restore it first.", name=line.name_da))
    written = lines.cleaned(change.fields, line.kind)
    changed = line.with_(**written)
    if changed == line:
        raise ChangeRefused(_("Nothing is changed."))
    if line.kind in CONTENT and set(changed.lacks) - set(line.lacks):
        raise ChangeRefused(_("A code keeps a Danish definition and an example. They can be changed, not left empty."))
    if fold(changed.name_da) != fold(line.name_da):
        _no_twin(standing, changed.name_da, line.parent_key)
    return standing.with_line(changed.with_(version=version))


def _move(standing: Standing, change: Change, version: int) -> Standing:
    line = _active(standing, change.guid)
    parent = _parent(standing, change.fields["parent_key"])
    if line.kind != "sub":
        raise ChangeRefused(_("Only a sub-code moves to another theme."))
    if parent.key == line.parent_key:
        raise ChangeRefused(_("It is under that theme already."))
    _no_twin(standing, line.name_da, parent.key)
    return standing.with_line(line.with_(parent_key=parent.key, version=version))


def _merge(standing: Standing, change: Change, version: int) -> Standing:
    line, into = _active(standing, change.guid), _active(standing, change.fields["into"])
    if line.guid == into.guid:
        raise ChangeRefused(_("A code cannot be merged into itself."))
    _is_content(line, into)
    _stands_alone(standing, line)
    _not_in_a_split(standing, line, into)
    known = {fold(hint) for hint in into.hints}
    brought = tuple(hint for hint in line.hints if fold(hint) not in known)
    merged = {**standing.merged, line.guid: Merged(into.guid, line.hints, brought)}
    standing = standing.with_line(line.with_(state="merged", hints=(), version=version))
    standing = standing.with_line(into.with_(hints=into.hints + brought, version=version))
    return replace(standing, merged=merged)


def _split(standing: Standing, change: Change, version: int) -> Standing:
    line = _active(standing, change.guid)
    into = tuple(dict.fromkeys(change.fields["into"]))
    targets = [_active(standing, guid) for guid in into]
    if len(targets) < FEWEST_TARGETS or line.guid in into:
        raise ChangeRefused(_("Choose at least two other codes to split it into."))
    _is_content(line, *targets)
    _stands_alone(standing, line)
    _not_in_a_split(standing, line)
    standing = standing.with_line(line.with_(version=version))
    return replace(standing, splits={**standing.splits, line.guid: into})


def _retire(standing: Standing, change: Change, version: int) -> Standing:
    line = _active(standing, change.guid)
    _is_content(line)
    _stands_alone(standing, line)
    _not_in_a_split(standing, line)
    return standing.with_line(line.with_(state="retired", version=version))


def _restore(standing: Standing, change: Change, version: int) -> Standing:
    line = _line(standing, change.guid)
    if line.is_active:
        raise ChangeRefused(_("'%(name)s' is in use.", name=line.name_da))
    if line.parent_key:
        _parent(standing, line.parent_key)
    _no_twin(standing, line.name_da, line.parent_key)
    if line.state == "merged":
        standing, line = _taken_out(standing, line, version)
    splits = {guid: into for guid, into in standing.splits.items() if guid != line.guid}
    return replace(standing.with_line(line.with_(state="active", version=version)), splits=splits)


def _taken_out(standing: Standing, line: Line, version: int) -> tuple[Standing, Line]:
    """A merged code gets its hints back, and those it went into lose what came only through it."""
    own, merged = standing.merged[line.guid], dict(standing.merged)
    path = standing.path(line.guid)
    only = set(own.brought)
    for guid in path[:-1]:
        between = merged[guid]
        merged[guid] = Merged(
            between.into,
            tuple(hint for hint in between.hints if hint not in own.brought),
            tuple(hint for hint in between.brought if hint not in own.brought),
        )
        only &= set(between.brought)
    end = standing.lines[path[-1]]
    if only & set(end.hints):
        kept = tuple(hint for hint in end.hints if hint not in only)
        standing = standing.with_line(end.with_(hints=kept, version=version))
    del merged[line.guid]
    return replace(standing, merged=merged), line.with_(hints=own.hints)


def _line(standing: Standing, guid: str) -> Line:
    line = standing.lines.get(guid)
    if line is None:
        raise ChangeRefused(_("That code is not in the codebook."))
    return line


def _active(standing: Standing, guid: str) -> Line:
    line = _line(standing, guid)
    if not line.is_active:
        raise ChangeRefused(_("'%(name)s' is not in use any more.", name=line.name_da))
    return line


def _parent(standing: Standing, key: str) -> Line:
    parent = standing.by_key(key)
    if parent is None or parent.kind != "theme" or not parent.is_active:
        raise ChangeRefused(_("Choose a theme that is in use."))
    return parent


def _no_twin(standing: Standing, name: str, parent_key: str | None) -> None:
    same = [line for line in standing.lines.values() if line.is_active and line.kind in CONTENT]
    if any(fold(line.name_da) == fold(name) and line.parent_key == parent_key for line in same):
        raise ChangeRefused(_("There is a code called '%(name)s' in that place already.", name=name))


def _is_content(*some: Line) -> None:
    if any(line.kind not in CONTENT for line in some):
        raise ChangeRefused(_("Types and flags are fixed: only their names and definitions can be changed."))


def _stands_alone(standing: Standing, line: Line) -> None:
    if line.kind == "theme" and standing.subs(line.key):
        raise ChangeRefused(_("Move, merge or retire the sub-codes of '%(name)s' first.", name=line.name_da))


def _not_in_a_split(standing: Standing, *some: Line) -> None:
    busy = {guid for splitting, into in standing.open_splits.items() for guid in (splitting, *into)}
    for line in some:
        if line.guid in busy:
            raise ChangeRefused(_("'%(name)s' is part of a split that is not finished.", name=line.name_da))


_ACTS: Mapping[str, Callable[[Standing, Change, int], Standing]] = {
    "add": _add,
    "edit": _edit,
    "move": _move,
    "merge": _merge,
    "split": _split,
    "retire": _retire,
    "restore": _restore,
}
