"""Who is missing, for everybody: where we come, answers beside those who live there, and whom nobody has asked."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from flask import Response, render_template

from app.channels.web import sending
from app.core import db, i18n
from app.core.access import PUBLIC, access
from app.publication.formats import page as pages
from app.publication.models import Release
from app.publication.periods import parse
from app.publication.presence import missing, ratios, showing, target_sets, tiles, voices
from app.publication.presence import queries as presence

About = tuple[str, str | None]
"""Id and hash of a release."""


@access(PUBLIC)
def missing_voices() -> Response:
    """The newest half-year; before there is one the newest quarter, and then nobody is pointed to."""
    sending.refuse_questions("lang")
    db.begin_reading()
    lang = sending.page_language()
    i18n.use(lang)
    known = voices.releases(*voices.LONGER, "quarter")
    return sending.page(_page(_shown(known), lang), lang)


def _shown(known: Sequence[Release]) -> Release | None:
    longer = (one for one in known if parse(one.period).kind in voices.LONGER)
    return next(longer, known[0] if known else None)


def _page(release: Release | None, lang: str) -> bytes:
    """Made once for each release, file of target groups and change of our places: none of them changes often."""
    return _made((release.id, release.hash) if release else None, presence.newest_file(), presence.places(), lang)


@lru_cache(maxsize=12)
def _made(about: About | None, _file: int, _places: tuple[tuple[Any, ...], ...], lang: str) -> bytes:
    known = voices.releases(*voices.LONGER, "quarter")
    release = next((one for one in known if (one.id, one.hash) == about), None)
    figures = voices.of_release(release) if release else None
    found = missing.of(figures, target_sets.usual(), known, lang) if figures else None
    is_pointing = figures is not None and figures.period.kind in voices.LONGER
    content = render_template(
        "web/results_map.html",
        **pages.names_of(lang),
        release_id=release.id if release else "",
        found=found,
        title=figures.title(lang) if figures else "",
        suggestions=found.suggestions if found and is_pointing else (),
        squares=tiles.squares(found.tiles) if found else {},
        map_size=tiles.size(),
        word_of=ratios.WORDS,
        fewest=ratios.FEWEST,
        decimal=showing.decimal,
    )
    return content.encode()
