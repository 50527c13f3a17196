"""What comes in from the forms of the codebook: read strictly, nothing guessed."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from app.core import numbers
from app.desk.moderation.codebook import lines
from app.desk.moderation.codebook.changes import Change
from app.desk.moderation.codebook.lines import CONTENT, Line
from app.desk.moderation.codebook.standing import Standing

Form = MultiDict[str, str]
OF_ITS_OWN = "-"
"""The choice of no parent: a theme of its own."""


def written(form: Form, kind: str) -> dict[str, Any]:
    """The fields of a line as they were filled in, not yet checked."""
    found: dict[str, Any] = {name: form.get(name, "") for name in (*lines.NAMES, *lines.TEXTS)}
    if kind not in CONTENT:
        return {name: found[name] for name in lines.OF_A_MARK}
    principles = form.getlist("principle", type=numbers.small)
    found |= {"hints": tuple(form.get("hints", "").splitlines()), "principles": tuple(principles)}
    return found | {"colour": form.get("colour", "").strip()}


def new_code(form: Form, guid: str) -> Change:
    """The code somebody wants to add."""
    parent = form.get("parent", "")
    placed = {"kind": "theme"} if parent == OF_ITS_OWN else {"kind": "sub", "parent_key": parent}
    return Change("add", guid, written(form, "sub") | placed)


def edited(form: Form, line: Line) -> Change:
    """What differs from the line as it stands."""
    sent = lines.cleaned(written(form, line.kind), line.kind)
    return Change("edit", line.guid, {name: value for name, value in sent.items() if getattr(line, name) != value})


def moved(act: str, form: Form, line: Line, standing: Standing) -> Change:
    """Every other act: where to, or into what. A key that is not there names nothing, and the change is refused."""
    return Change(act, line.guid, _target(act, form, standing))


def _target(act: str, form: Form, standing: Standing) -> Mapping[str, Any]:
    if act == "move":
        return {"parent_key": form.get("parent", "")}
    guids = [line.guid if (line := standing.by_key(key)) else "" for key in form.getlist("into")]
    if act == "merge":
        return {"into": guids[0] if guids else ""}
    return {"into": guids} if act == "split" else {}
