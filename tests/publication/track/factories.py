"""Objects of the public track with defaults: name only what the test is about."""

from datetime import date
from typing import Any

from app.publication import track
from app.publication.track import Entry, Link

KIND = {"U": "finding", "R": "research", "F": "proposal", "B": "decision", "A": "action"}
STATE = {"finding": "published", "research": "published", "proposal": "submitted", "decision": "published"}


def entry(code: str, *links: tuple[str, str], day: date = date(2027, 5, 3), **given: Any) -> Entry:
    """One object; a code that begins with a small letter is a phase."""
    kind = KIND.get(code[0], "phase")
    words: dict[str, Any] = {
        "kind": kind,
        "state": STATE.get(kind, "started" if kind == "action" else "open"),
        "first_on": day,
        "changed_on": day,
        "title": {"da": f"Overskrift {code}"},
    }
    return Entry(code=code, links=tuple(Link(*one) for one in links), **{**words, **given})


def show(code: str, *links: tuple[str, str], **given: Any) -> Entry:
    """The same, in public."""
    made = entry(code, *links, **given)
    track.show(made)
    return made
