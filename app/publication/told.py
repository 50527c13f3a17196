"""I sagde – vi gjorde: what was done with what people said, copied here when it is made public."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core import db, i18n
from app.core.errors import Refusal
from app.core.i18n import N_
from app.publication import queries, themes
from app.publication.formats.base import Deed
from app.publication.models import OUTCOMES, TOLD_ON, Told
from app.surveys.segments import segments

LONGEST = {"web": 600, "poster": 220, "kiosk": 140}
"""Characters of both texts together, on a tablet with what stands around them; a text message is one part."""
LANGUAGES = ("da", "en")
SAID = N_("You said")
DONE = {"did": N_("We did"), "did_not": N_("We did not, because")}


class NotTellable(Refusal):
    """Words that may not stand in public like this."""


@dataclass(frozen=True)
class Wording:
    """What people said and what came of it, for one channel in one language."""

    channel: str
    lang: str
    said: str
    body: str


@dataclass(frozen=True, kw_only=True)
class About:
    """What is told of: a decision or an action, the main themes, phase and places of the findings it answers."""

    code: str
    outcome: str
    decided_on: date
    decided_by: str = ""
    themes: tuple[str, ...] = ()
    phase: str = ""
    places: tuple[str, ...] = ()


def publish(about: About, wordings: Iterable[Wording]) -> Told:
    """Tell these words. Whatever was told of the same code before is replaced: pages show what holds now."""
    written = list(wordings)
    main = dict.fromkeys(map(themes.main, about.themes))
    if about.outcome not in OUTCOMES or not written or not set(main) <= set(themes.codes()):
        raise ValueError(f"{about.code}: no words, or no such outcome or theme: {about.outcome}, {about.themes}")
    for one in written:
        _refuse_empty_or_long(about.outcome, one)
    return queries.tell({**vars(about), "themes": list(main), "places": list(about.places)}, map(vars, written))


def retire(code: str) -> None:
    """Take it off every page, tablet and text message; the track keeps it."""
    item = queries.told_item(code)
    if item is not None:
        db.db.session.delete(item)


def live(theme: str | None = None) -> Sequence[Told]:
    """What is told on pages now, newest first: of one main theme, or of all."""
    wanted = theme and themes.main(theme)
    return [one for one in queries.told() if "da" in on(one, "web") and (not wanted or wanted in one.themes)]


def of(code: str) -> Told | None:
    """What is told on pages of one decision or action."""
    item = queries.told_item(code)
    return item if item is not None and "da" in on(item, "web") else None


def nearest(channel: str, around: Collection[str] = ()) -> Sequence[Told]:
    """What is told on a channel, the newest first: about these places, and then about the whole country."""
    found = [one for one in queries.told() if "da" in on(one, channel)]
    here = [one for one in found if set(one.places) & set(around)]
    return [*here, *(one for one in found if not one.places)]


def on(item: Told, channel: str) -> dict[str, Wording]:
    """Its words on a channel, by language."""
    return {
        one.lang: Wording(one.channel, one.lang, one.said, one.body) for one in item.wordings if one.channel == channel
    }


def lines(item: Told, channel: str) -> dict[str, str]:
    """Its words on a channel as one line, by language."""
    return {lang: line(item.outcome, one) for lang, one in on(item, channel).items()}


def line(outcome: str, words: Wording) -> str:
    """The words as they are sent and shown in passing: I sagde: … Vi gjorde: …"""
    said, done = i18n.translate(words.lang, SAID), i18n.translate(words.lang, DONE[outcome])
    mark = ":" if outcome == "did" else ""  # "we did not, because" goes on in the same sentence
    return f"{said}: {words.said} {done}{mark} {words.body}"


def length(outcome: str, words: Wording) -> int:
    """Characters of the words as their channel counts them."""
    return len(line(outcome, words)) if words.channel == "kiosk" else len(words.said) + len(words.body)


def is_too_long(outcome: str, words: Wording) -> bool:
    """Whether it is more than the channel has room for."""
    if words.channel == "sms":
        return segments(line(outcome, words)).segments > 1
    return length(outcome, words) > LONGEST[words.channel]


def deed(item: Told, channel: str = "web") -> Deed:
    """The item as pages print it."""
    words = on(item, channel)
    return Deed(
        themes=tuple(item.themes),
        outcome=item.outcome,
        said={lang: one.said for lang, one in words.items()},
        body={lang: one.body for lang, one in words.items()},
        decided_by=item.decided_by,
        decided_on=item.decided_on,
    )


def _refuse_empty_or_long(outcome: str, words: Wording) -> None:
    if words.channel not in TOLD_ON or words.lang not in LANGUAGES:
        raise ValueError(f"nothing is told on {words.channel} in {words.lang}")
    if not words.said.strip() or not words.body.strip():
        raise NotTellable(_("Write both what people said and what came of it."))
    if is_too_long(outcome, words):
        raise NotTellable(_("That is too long for its place."))
