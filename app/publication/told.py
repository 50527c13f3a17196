"""I sagde – vi gjorde: what was done with what people said, copied here when it is made public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core import db
from app.core.errors import Refusal
from app.publication import queries, themes
from app.publication.formats.base import Deed
from app.publication.models import OUTCOMES, Told

LONGEST = 600
"""Characters of one told item on the web."""


class NotTellable(Refusal):
    """Words that may not stand in public like this."""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What people said and what came of it, in Danish and, where somebody wrote it, in English."""

    said_da: str
    body_da: str
    said_en: str = ""
    body_en: str = ""


def publish(code: str, *, theme: str, outcome: str, wording: Wording, decided_on: date, decided_by: str = "") -> Told:
    """Make one item live. An item of the same code is replaced: the page shows what holds now."""
    if outcome not in OUTCOMES or themes.main(theme) not in themes.codes():
        raise ValueError(f"{code}: no such outcome or theme: {outcome}, {theme}")
    _refuse_empty_or_long(wording)
    item = Told(
        code=code,
        theme=themes.main(theme),
        outcome=outcome,
        said_da=wording.said_da.strip(),
        said_en=wording.said_en.strip(),
        body_da=wording.body_da.strip(),
        body_en=wording.body_en.strip(),
        decided_by=decided_by.strip(),
        decided_on=decided_on,
        is_live=True,
    )
    return db.db.session.merge(item)


def retire(code: str) -> None:
    """Take an item off every page; the track keeps it."""
    item = queries.told_item(code)
    if item is not None:
        item.is_live = False


def live(theme: str | None = None) -> Sequence[Told]:
    """What is told now, newest first: of one main theme, or of all."""
    return queries.live_told(themes.main(theme) if theme else None)


def deed(item: Told) -> Deed:
    """The item as pages print it."""
    return Deed(
        theme=item.theme,
        outcome=item.outcome,
        said={"da": item.said_da, "en": item.said_en},
        body={"da": item.body_da, "en": item.body_en},
        decided_by=item.decided_by,
        decided_on=item.decided_on,
    )


def _refuse_empty_or_long(wording: Wording) -> None:
    if not wording.said_da.strip() or not wording.body_da.strip():
        raise NotTellable(_("Write both what people said and what came of it, in Danish."))
    if any(len(text) > LONGEST for text in (wording.said_da, wording.said_en, wording.body_da, wording.body_en)):
        raise NotTellable(_("That is too long. Use at most %(most)s characters.", most=LONGEST))
