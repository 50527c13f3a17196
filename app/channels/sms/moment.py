"""What the texts of one transaction share: the time, the keys, the month's seal, and what may be looked up."""

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache, cached_property

from app.channels.sms import queries
from app.channels.sms.hearing import PlaceAsked, World
from app.channels.sms.queries import Known
from app.core import weeks
from app.core.clock import COPENHAGEN
from app.privacy import sealing
from app.privacy.keys import DayKey, epoch_of
from app.privacy.sealing import Month
from app.surveys import help_lines, sites, versions
from app.surveys import queries as surveys

MIDNIGHT = timedelta(minutes=1)
"""So long after midnight (UTC) another process may still be busy with a text that came before."""


class Moment:
    """One moment, from the first look to the commit."""

    def __init__(self, keys: Sequence[DayKey], now: datetime) -> None:
        self.keys, self.now = tuple(keys), now
        self.week = weeks.week_of(now.astimezone(COPENHAGEN).date())
        self.world = world()
        self._month_name = weeks.month_of_week(self.week)
        self._public: bytes | None = None

    def look(self, mids: Sequence[bytes], sids: Sequence[bytes], cells: Iterable[int]) -> Known:
        """Everything the texts need to know, in one question to the database."""
        known = queries.look(mids, sids, self.keys[0].epoch, sorted(set(cells)), self._month_name)
        self._public = known.month
        return known

    @cached_property
    def claiming_keys(self) -> tuple[DayKey, ...]:
        """The keys a message is claimed under: today's, and around midnight yesterday's, lest it is claimed twice."""
        return self.keys[:2] if epoch_of(self.now - MIDNIGHT) != self.keys[0].epoch else self.keys[:1]

    @cached_property
    def known_month(self) -> Month | None:
        """What words are sealed to, unless these are the month's first."""
        return sealing.known_month(self._month_name, self._public)

    @property
    def month(self) -> Month:
        """What words are sealed to; the month's first words make it."""
        return self.known_month or sealing.month(self._month_name)


def world() -> World:
    """What conversations may look up in this app, each thing once."""
    place = cache(_place)
    return World(place=place, place_codes=_PlaceCodes(place), survey=versions.get, help_lines=help_lines.current())


class _PlaceCodes(Container[str]):
    """Every code a place owns; asked one at a time, since most texts hold none."""

    def __init__(self, place: Callable[[str], PlaceAsked | None]) -> None:
        self._place = place

    def __contains__(self, code: object) -> bool:
        found = self._place(str(code))
        return found is not None and found.code == code


def _place(code: str) -> PlaceAsked | None:
    site = surveys.texted_site(sites.normalised(code))
    if site is None:
        return None
    return PlaceAsked(
        code=site.code,
        kind=site.kind,
        name=site.name,
        local_help=site.local_help,
        survey=versions.get(site.survey_id, site.version) if site.survey_id else None,
    )
