"""The figures of one place, as they were printed for everybody. Nothing is counted here, and nothing live is shown."""

from dataclasses import dataclass
from datetime import date

from app.publication import periods, published
from app.publication.formats import json, wording
from app.publication.formats.base import Edition
from app.publication.formats.blocks import Block
from app.publication.formats.page import Page
from app.publication.models import Release

READERS = ("staff", "moderator", "council", "analyst")
"""Who sees the numbers of a place on its page; staff come to their own place only."""


@dataclass(frozen=True)
class Printed:
    """What the newest release with a row for this place says about it."""

    release: str
    title: str
    first_day: str
    last_day: str
    published_on: str
    out_since: date
    blocks: tuple[tuple[str, Block], ...]
    """Title of the table, and the place's rows; a hidden figure has no value."""
    is_early: bool


@dataclass(frozen=True)
class Older:
    """A release that the place can look back at."""

    release: str
    title: str


def newest(place: str, lang: str) -> tuple[Printed | None, tuple[Older, ...]]:
    """The newest printed figures of a place, and the releases before. None while no release has a row for it."""
    releases = [one for one in published.published() if periods.parse(one.period).kind != "month"]
    for nth, release in enumerate(releases):
        found = _of(release, place, lang)
        if found is not None:
            return found, tuple(Older(one.id, wording.period(one.period, lang)) for one in releases[nth + 1 :])
    return None, ()


def _of(release: Release, place: str, lang: str) -> Printed | None:
    stored = published.rendering(release.id, "json")
    if stored is None or release.published_on is None:
        return None
    document = json.read(stored.content)
    blocks = Page(Edition(document, release.is_early), lang).at(place)
    if not blocks:
        return None
    first, last = wording.span(document["weeks"][0], document["weeks"][1], lang)
    title, day = wording.period(release.period, lang), wording.day(release.published_on, lang)
    return Printed(release.id, title, first, last, day, release.published_on, blocks, release.is_early)
