"""Telling back: drafted by one person, approved by another, told where it was said, and taken down again."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from flask_babel import gettext as _

from app.core import db
from app.core.errors import Refusal
from app.desk.accounts.models import User
from app.desk.track import cell_references, states
from app.desk.track.telling import abouts, measuring, queries
from app.desk.track.telling.models import Telling
from app.publication import told
from app.publication.models import OUTCOMES, TOLD_ON
from app.publication.told import LANGUAGES, Wording

STANDING = ("drafted", "approved", "live")


class TellingRefused(Refusal):
    """Words that cannot be told like this."""


def of(code: str) -> Sequence[Telling]:
    """The wordings of a decision or an action that are not taken down, by channel and language, the told one first."""
    return sorted(queries.of(code, STANDING), key=_place)


def earlier(code: str) -> Sequence[Telling]:
    """What was told or approved and is taken down, what was told last first."""
    return sorted(queries.of(code, ("retired",)), key=lambda one: one.live_on or date.min, reverse=True)


def approved(code: str, channel: str, lang: str) -> Telling | None:
    """The wording that somebody else has approved, told or not; None while there is none."""
    found = (one for one in queries.of(code, ("approved", "live")) if (one.channel, one.lang) == (channel, lang))
    return max(found, key=_place, default=None)


def newest(code: str) -> dict[tuple[str, str], Telling]:
    """The last wording of each channel and language, which is the one to go on writing from."""
    return {(one.channel, one.lang): one for one in of(code)}


def write(code: str, outcome: str, wordings: Iterable[Wording], author: User) -> list[Telling]:
    """Draft these words; those that are not changed stay as they are, empty ones take their draft away.

    An approved or told wording is never written over. The new draft takes its place when it is approved or told.
    """
    if outcome not in OUTCOMES:
        raise TellingRefused(_("Choose what came of it."))
    found = {(one.channel, one.lang, one.state): one for one in queries.of(code, STANDING, to_change=True)}
    last = newest(code)
    changed = [one for one in wordings if not _is_same(last.get((one.channel, one.lang)), outcome, one)]
    names = queries.first_names() if changed else frozenset[str]()
    for words in changed:
        draft = found.get((words.channel, words.lang, "drafted"))
        if not words.said and not words.body:
            if draft:
                db.db.session.delete(draft)
            continue
        _check(outcome, words, names)
    drafts = [_draft(code, outcome, words, author, found) for words in changed if words.said or words.body]
    db.db.session.flush()
    return drafts


def approve(code: str, marks: Collection[str], approver: User, today: date) -> int:
    """Approve the drafts that were read, and tell them at once where everybody may know; how many there were."""
    read = _read(code, ("drafted",), marks)
    if any(one.drafted_by_id == approver.id for one in read):
        raise states.OnePersonTwice(_("You wrote these words. Another person must approve them."))
    names = queries.first_names()
    for one in read:
        _check(one.outcome, wording(one), names)
        for earlier in queries.of(code, ("approved",)):
            if (earlier.channel, earlier.lang) == (one.channel, one.lang) or earlier.outcome != one.outcome:
                states.move(earlier, states.TELLING, "retired")
                db.db.session.flush()
        one.approved_by_id = approver.id
        states.move(one, states.TELLING, "approved")
    db.db.session.flush()
    about = abouts.of(code)
    if about and about.since:
        go_live(code, today)
    return len(read)


def go_live(code: str, today: date) -> None:
    """Tell everything that is approved of a decision or an action. What was told in other words before is taken down.

    Refuses a figure that no published release holds. Nothing happens where nothing is approved, nor while nobody may
    know the decision or the action has not ended.
    """
    about, ready = abouts.of(code), queries.of(code, ("approved",), to_change=True)
    if about is None or about.since is None or not ready:
        return
    outcome = about.outcome or ready[0].outcome
    ready = [one for one in ready if one.outcome == outcome]
    cell_references.check_published(*(text for one in ready for text in (one.said, one.body)))
    places = {(one.channel, one.lang) for one in ready}
    for earlier in queries.of(code, ("live",), to_change=True):
        if (earlier.channel, earlier.lang) in places or earlier.outcome != outcome:
            states.move(earlier, states.TELLING, "retired")
    db.db.session.flush()  # before the new ones: the database lets only one of each be live
    for one in ready:
        one.live_on = today
        states.move(one, states.TELLING, "live")
    db.db.session.flush()
    _copy(about, today)


def take_down(code: str, marks: Collection[str], today: date) -> int:
    """Take these words off every page, tablet and text message; how many there were."""
    read = _read(code, ("approved", "live"), marks)
    for one in read:
        states.move(one, states.TELLING, "retired")
    db.db.session.flush()
    about = abouts.of(code)
    if about:
        _copy(about, today)
    return len(read)


def wording(one: Telling) -> Wording:
    """Its words as they were written, for its channel and language."""
    return Wording(one.channel, one.lang, one.said, one.body)


def _copy(about: abouts.About, today: date) -> None:
    """The public copy: exactly what is told now."""
    live = queries.of(about.code, ("live",))
    if not live:
        told.retire(about.code)
        return
    words = [measuring.shown(wording(one)) for one in live]
    told.publish(abouts.told_about(about, live[0].outcome, today), words)


def _draft(
    code: str, outcome: str, words: Wording, author: User, found: dict[tuple[str, str, str], Telling]
) -> Telling:
    draft = found.get((words.channel, words.lang, "drafted"))
    if draft is None:
        draft = Telling(about=code, channel=words.channel, lang=words.lang, state="drafted", version=0)
        db.db.session.add(draft)
    draft.outcome, draft.said, draft.body = outcome, words.said, words.body
    draft.drafted_by_id = author.id
    draft.version += 1
    return draft


def _check(outcome: str, words: Wording, names: Collection[str]) -> None:
    faults = measuring.measure(outcome, words, names).faults
    if faults:
        where = f"{_(measuring.CHANNEL_NAMES[words.channel])}, {_(measuring.LANGUAGE_NAMES[words.lang])}"
        raise TellingRefused(f"{where}: {' '.join(faults)}")


def _read(code: str, wanted: Collection[str], marks: Collection[str]) -> list[Telling]:
    """The wordings with these marks. Refuses none, and any that is not as it was when somebody read it."""
    found = [one for one in queries.of(code, wanted, to_change=True) if one.mark in marks]
    if not marks:
        raise TellingRefused(_("Tick at least one of the texts."))
    if len(found) != len(set(marks)):
        raise states.ChangedMeanwhile(
            _("Somebody has changed %(code)s since you opened it. Read it again first.", code=code)
        )
    return found


def _is_same(last: Telling | None, outcome: str, words: Wording) -> bool:
    if last is None:
        return not words.said and not words.body
    return (last.outcome, last.said, last.body) == (outcome, words.said, words.body)


def _place(one: Telling) -> tuple[int, int, int]:
    later = ("live", "approved", "drafted").index(one.state)
    return TOLD_ON.index(one.channel), LANGUAGES.index(one.lang), later
