"""Mona and Malik read: everything but what still waits is masked, approved and tagged, set aside or worried about."""

from collections.abc import Sequence
from itertools import cycle

from app.core import clock
from app.demo import voices
from app.demo.voices import Voice
from app.desk.accounts import users
from app.desk.accounts.models import User
from app.desk.moderation import masks, opening, queries, reading
from app.desk.moderation.dealing import dealing, trays
from app.desk.moderation.filters.facets import Facets
from app.desk.moderation.opening import Opened
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.reading import Decision
from app.desk.moderation.safeguarding import cases
from app.desk.moderation.suggesting import suggestions
from app.desk.moderation.tagging import Chosen

READERS = ("mona", "malik")


def read() -> None:
    """Everything in the queue that somebody of the demo wrote and that is to be read; the caller commits."""
    known = voices.by_text()
    readers = cycle([users.named(name) for name in READERS])
    for item in _queue(next(readers)):
        opened = opening.open_(item)
        voice = known.get(opened.raw)
        if voice and voice.is_read:
            _decide(item, opened, voice, next(readers))


def _queue(reader: User) -> Sequence[AnyRow]:
    found: list[AnyRow] = []
    after = None
    tray = trays.tray("waiting")
    while page := dealing.texts(tray, Facets(), reader, after)[: dealing.PAGE]:
        found += page
        after = dealing.place_of(page[-1], tray)
    return found


def _decide(item: AnyRow, opened: Opened, voice: Voice, reader: User) -> None:
    if voice.hold:
        reading.hold(item, item.version, voice.hold, reader)
    elif voice.worry:
        cases.raise_(item, item.version, voice.worry, reader, clock.today())
    elif voice.reject:
        reading.reject(item, item.version, voice.reject, voice.note, reader)
    else:
        _approve(item, opened, voice, reader)


def _approve(item: AnyRow, opened: Opened, voice: Voice, reader: User) -> None:
    for words, type_ in voice.hide:
        start = opened.raw.index(words)
        masks.mask(_now(item, reader), [(start, start + len(words))], type_, "", reader)
    for mark in opened.marks:
        if opened.behind(mark) in voice.keep:
            masks.unmask(_now(item, reader), mark.place, "wrongly_masked", reader)
    item = _now(item, reader)
    chosen = _chosen(voice, opened)
    reading.approve(item, Decision(version=item.version, asked=frozenset(reading.ASKED), chosen=chosen), reader)


def _now(item: AnyRow, reader: User) -> AnyRow:
    """The text as it stands: each change of its masks makes a new version."""
    found = queries.item(item.answer_id, reader)
    assert found is not None  # noqa: S101 - it was in the queue in this very transaction
    return found


def _chosen(voice: Voice, opened: Opened) -> Chosen:
    """What the machine proposed is accepted where it is right, the rest is ticked by hand."""
    offered = {one.code for one in suggestions.chips(opened.masked)} if voice.lang == "da" else set()
    accepted = offered.intersection(voice.codes)
    return Chosen(codes=frozenset(voice.codes) - accepted, accepted=frozenset(accepted), type=voice.type)
