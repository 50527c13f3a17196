"""What tests tell the public."""

from collections.abc import Iterable
from datetime import date

from app.core import db
from app.publication import told
from app.publication.models import TOLD_ON, Told
from app.publication.told import About, Wording

DAY = date(2026, 5, 2)


def tell(
    code: str = "B1",
    *,
    outcome: str = "did",
    said: str = "Der er lukket.",
    body: str = "Nu er der åbent.",
    on: date = DAY,
    themes: Iterable[str] = ("ADG",),
    phase: str = "",
    places: Iterable[str] = (),
    channels: Iterable[str] = TOLD_ON,
    langs: Iterable[str] = ("da",),
) -> Told:
    """The same words on these channels, in these languages."""
    about = About(code=code, outcome=outcome, decided_on=on, themes=tuple(themes), phase=phase, places=tuple(places))
    item = told.publish(about, [Wording(channel, lang, said, body) for channel in channels for lang in langs])
    db.db.session.flush()
    return item
