"""Where we stand, in sentences that can be read aloud at a meeting: only what everybody may know."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.publication.formats import wording
from app.publication.track import Entry, rates, words

MOST = 12
"""Objects under one heading: nobody listens to more."""


@dataclass(frozen=True)
class Part:
    """A heading and the paragraphs under it."""

    heading: str
    paragraphs: list[str]


def parts(entries: Sequence[Entry], today: date, lang: str) -> list[Part]:
    """The whole text, in the order of the chain; a heading with nothing under it is left out."""
    tell: tuple[tuple[str, str, Callable[[Entry], Iterator[str]]], ...] = (
        (_("Where we are"), "phase", lambda one: _phase(one, today, lang)),
        (_("What people have told us"), "finding", _finding),
        (_("What research says"), "research", lambda one: _research(one, lang)),
        (_("What we have asked for"), "proposal", lambda one: _proposal(one, today, lang)),
        (_("What has been decided"), "decision", _decision),
        (_("What is being done"), "action", lambda one: _action(one, today, lang)),
    )
    told = [Part(heading, _told(entries, kind, say)) for heading, kind, say in tell]
    return [one for one in told if one.paragraphs]


def _told(entries: Sequence[Entry], kind: str, say: Callable[[Entry], Iterator[str]]) -> list[str]:
    newest = sorted((one for one in entries if one.kind == kind), key=lambda one: one.changed_on, reverse=True)
    return [" ".join(filter(None, say(one))) for one in newest[:MOST] if any(say(one))]


def _phase(entry: Entry, today: date, lang: str) -> Iterator[str]:
    if entry.state not in ("planned", "cancelled", "result_published"):
        yield f"{entry.title.get(lang) or entry.title['da']}:"
        yield (entry.parts.get("purpose") or {}).get(lang, "")
        yield _ended(words.state(entry, lang))
        yield from words.late(entry, today, lang)


def _finding(entry: Entry) -> Iterator[str]:
    if entry.state == "published":
        yield _ended(entry.title["da"])
        if entry.parts.get("is_disputed"):
            yield _("Peers do not agree that this is right.")
        if against := entry.parts.get("counter_evidence"):
            yield _("Against it speaks:") + f" {_ended(against)}"


def _research(entry: Entry, lang: str) -> Iterator[str]:
    if entry.parts.get("kind") == "none":
        day = wording.day(date.fromisoformat(entry.parts["asked_on"]), lang)
        yield _("We asked %(who)s on %(day)s and have received nothing.", who=entry.parts["institution"], day=day)
    elif entry.state == "published":
        yield f"{entry.parts['institution']}: {_ended(entry.parts['says'])}"


def _proposal(entry: Entry, today: date, lang: str) -> Iterator[str]:
    if entry.state == "withdrawn":
        return
    yield _ended(entry.title["da"])
    if not rates.is_answered(entry):
        yield _("%(recipient)s must answer.", recipient=entry.parts["recipient_name"])
    yield _ended(words.status(entry, today, lang))
    yield from words.late(entry, today, lang)
    if answer := entry.parts.get("answer"):
        yield f"{answer['by']}: {_ended(answer['words'])}" if answer["words"] else ""


def _decision(entry: Entry) -> Iterator[str]:
    yield _ended(entry.title["da"])
    yield _("The reason:") + f" {_ended(entry.parts['reason'])}" if entry.parts.get("reason") else ""


def _action(entry: Entry, today: date, lang: str) -> Iterator[str]:
    yield _ended(entry.title["da"])
    yield f"{entry.parts['owner']}: {_ended(words.state(entry, lang))}"
    yield from words.late(entry, today, lang)
    if because := entry.parts.get("dropped_because"):
        yield _("It was not done, because:") + f" {_ended(because)}"
    if result := entry.parts.get("result"):
        yield _("The trial showed:") + f" {_ended(result)}"


def _ended(text: str) -> str:
    """The text as a sentence: a voice stops at a full stop."""
    return text if not text or text.rstrip().endswith((".", "!", "?", ":")) else f"{text.rstrip()}."
