"""What became of the codebook: every version, every change with its reason, and the book as it was then."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.desk.moderation.codebook import changes, drafting, labels, storing, version_queries
from app.desk.moderation.codebook.models import CodebookVersion, CodeEvent
from app.desk.moderation.codebook.standing import Standing

SHOWN = tuple(name for name in labels.FIELDS if name != "state")


@dataclass(frozen=True)
class Wording:
    """One field before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One change, in words."""

    id: int
    key: str
    sentence: str
    reason: str
    by: str | None
    agreed_by: str | None
    wordings: tuple[Wording, ...]


@dataclass(frozen=True)
class Version:
    """One version of the codebook, and what it changed."""

    number: int
    state: str
    on: date | None
    by: str | None
    told: tuple[Told, ...]


def versions(*, in_danish: bool) -> list[Version]:
    """Every version that is no draft, the newest first."""
    found = [one for one in version_queries.versions() if one.state != "draft"]
    events: dict[int, list[CodeEvent]] = {one.number: [] for one in found}
    published = version_queries.all_events()
    for event in reversed(published):
        events[event.version].append(event)
    return _told(found, events, _published(published, in_danish=in_danish))


def version(number: int, *, in_danish: bool) -> Version | None:
    """One published version."""
    found = version_queries.version(number)
    if found is None or found.state == "draft":
        return None
    events = version_queries.events(number)
    return _told([found], {number: events}, _published(events, in_danish=in_danish))[0]


def of_draft(*, in_danish: bool) -> tuple[Told, ...]:
    """The changes that wait."""
    draft = version_queries.draft()
    if draft is None:
        return ()
    now = drafting.standing()
    events, deltas = version_queries.events(draft.number), {}
    for event in events:
        then, now = now, changes.after(now, [drafting.change_of(event)], draft.number)
        deltas[event.id] = storing.delta(then, now)
    return _told([draft], {draft.number: events}, _Words(now, labels.PROPOSED, deltas, in_danish))[0].told


def of_code(guid: str, *, in_danish: bool) -> list[tuple[Version, Told]]:
    """What became of one code, the newest first."""
    events = [event for event in version_queries.all_events() if event.delta and guid in event.delta["lines"]]
    numbers = {event.version for event in events}
    found = [one for one in version_queries.versions() if one.number in numbers]
    by_version = {number: [event for event in events if event.version == number] for number in numbers}
    told = _told(found, by_version, _published(events, in_danish=in_danish))
    return [(one, change) for one in told for change in one.told]


def as_of(number: int) -> Standing:
    """The codebook as it stood in a version: later changes are taken back, the newest first."""
    deltas = (event.delta for event in version_queries.events_after(number))
    return storing.rolled_back(drafting.standing(), [delta for delta in deltas if delta])


@dataclass(frozen=True)
class _Words:
    """What the sentences about changes are made from."""

    standing: Standing
    sentences: Mapping[str, str]
    deltas: Mapping[int, storing.Delta]
    in_danish: bool

    def sentence(self, event: CodeEvent) -> str:
        into = event.fields.get("into", [])
        others = [self._name(guid) for guid in ([into] if isinstance(into, str) else into)]
        if event.act == "move":
            parent = self.standing.by_key(event.fields["parent_key"])
            others = [parent.name(in_danish=self.in_danish) if parent else ""]
        other = others[0] if len(others) == 1 else ", ".join(f"“{one}”" for one in others)
        return str(_(self.sentences[event.act], name=self._name(event.code_guid or ""), other=other))

    def key(self, event: CodeEvent) -> str:
        line = self.standing.lines.get(event.code_guid or "")
        return line.key if line else ""

    def wordings(self, event: CodeEvent) -> tuple[Wording, ...]:
        change = self.deltas.get(event.id, {}).get("lines", {}).get(event.code_guid)
        if change is None:
            return ()
        before, after = change["before"] or {}, change["after"]
        shown = ((name, _shown(before.get(name)), _shown(after[name])) for name in SHOWN)
        return tuple(Wording(labels.FIELDS[name], was, now) for name, was, now in shown if was != now)

    def _name(self, guid: str) -> str:
        line = self.standing.lines.get(guid)
        return line.name(in_danish=self.in_danish) if line else ""


def _published(events: Iterable[CodeEvent], *, in_danish: bool) -> _Words:
    deltas = {event.id: event.delta for event in events if event.delta}
    return _Words(drafting.standing(), labels.DID, deltas, in_danish)


def _told(found: Sequence[CodebookVersion], events: Mapping[int, Sequence[CodeEvent]], words: _Words) -> list[Version]:
    everybody = [one.published_by for one in found]
    everybody += [who for some in events.values() for event in some for who in (event.by, event.agreed_by)]
    people = version_queries.names_of_people(everybody)

    def told(event: CodeEvent) -> Told:
        by, agreed_by = people.get(event.by or b""), people.get(event.agreed_by or b"")
        return Told(
            event.id, words.key(event), words.sentence(event), event.reason, by, agreed_by, words.wordings(event)
        )

    return [
        Version(
            one.number,
            one.state,
            one.published_on,
            people.get(one.published_by or b""),
            tuple(told(event) for event in events[one.number]),
        )
        for one in found
    ]


def _shown(value: Any) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value or "")
