"""Voices by the hundred, and a quarter published from them."""

import os
import random
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from app.core import db, weeks
from app.publication import releases, tallies
from app.publication.models import Release
from app.publication.periods import Period
from app.publication.tallies import Voice
from app.publication.text_tallies import Texts
from app.surveys import responses
from app.surveys.responses import Setting

QUARTER = Period(2026, "Q", 1)
LATER = date(2026, 6, 1)
"""Long after the quarter has rested."""

SITES = {"GH1": 40, "GH2": 34, "GH3": 30, "MUE1": 12, "MUE2": 3, "SIR1": 38, "SIR2": 21}
THEMES = ("ADG", "ADG.AAB", "TRY", "TRY.UTR", "SUN", "BAS", "KOM", "MOD")


def voice(site: str = "GH1", week: str = "2026-W02", **said: object) -> Voice:
    """One response of a known site; name only what the test is about."""
    values: dict[str, object] = {"channel": "web", "lang": "da"} | said
    return Voice(response_id=os.urandom(16), site_code=site, week=week, **values)  # type: ignore[arg-type]


def crowd(seed: int = 1, sites: dict[str, int] = SITES, period: Period = QUARTER) -> list[Voice]:
    """A plausible quarter: most say good, some say nothing, some talk of themes."""
    chance = random.Random(seed)
    return [
        voice(
            site,
            chance.choice(period.weeks),
            rating=chance.choice(("good", "good", "good", "mid", "bad", None)),
            safe=chance.choice(("yes", "yes", "partly", "no", None)),
            respect=chance.choice(("yes", "yes", "yes", "partly", "no", None)),
            themes=frozenset(chance.sample(THEMES, chance.randint(0, 3))),
            channel=chance.choice(("web", "sms", "kiosk")),
            lang=chance.choice(("da", "da", "da", "en", "ar")),
        )
        for site, count in sites.items()
        for _ in range(count)
    ]


class Archive:
    """Responses in the database, read back as the desk reads them: what is withdrawn is gone."""

    def __init__(self, voices: Iterable[Voice] = ()) -> None:
        self.voices: list[Voice] = []
        self.add(voices)

    def add(self, voices: Iterable[Voice]) -> list[Voice]:
        stored = [replace(one, response_id=_store(one)) for one in voices]
        self.voices += stored
        return stored

    def withdraw(self, voices: Sequence[Voice]) -> None:
        for one in voices:
            responses.delete(one.response_id)
            self.voices.remove(one)

    def __call__(self, chosen: Iterable[str]) -> Iterable[Voice]:
        wanted = set(chosen)
        counted = counted_months()
        for one in self.voices:
            if one.week in wanted:
                yield replace(one, counted_month=counted[one.response_id])


def counted_months() -> dict[bytes, str | None]:
    rows = db.connection().exec_driver_sql("SELECT id, counted_month FROM response").all()
    return {bytes(one): month for one, month in rows}


def nothing_written(_weeks: Collection[str]) -> dict[str, int]:
    """Nobody wrote anything."""
    return {}


def freeze(
    archive: Callable[[Iterable[str]], Iterable[Voice]],
    period: Period = QUARTER,
    today: date = LATER,
    texts: Texts = nothing_written,
) -> None:
    """Count a period, and commit."""
    tallies.freeze(period.code, archive, texts, today=today)
    db.db.session.commit()


def publish(period: Period = QUARTER, today: date = LATER) -> Release:
    """Publish a period that is counted, and commit."""
    db.db.session.rollback()
    release = releases.publish(period.code, today, "carl", "mona")
    db.db.session.commit()
    return release


def _store(one: Voice) -> bytes:
    setting = Setting(channel=one.channel, lang=one.lang, week=one.week, site_code=one.site_code)
    assert weeks.month_of_week(one.week)
    return responses.begin(setting)
