"""What else there is to help: the kinds of offers in the Council's overview, as an administrator has worded them since.

The overview is a political one and no statute (content/offers.toml), so it is shown as theirs until somebody here
changes a line. Where an offer exists is known area by area, from a source and on a day.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from flask_babel import gettext as _

from app.core import db, folding
from app.core.config import ROOT
from app.core.errors import Refusal
from app.core.i18n import N_
from app.publication.presence import municipalities, queries
from app.publication.presence.models import Offer, OfferNearby

REFERRAL: Mapping[str, str] = {
    "no": N_("No referral"),
    "yes": N_("By referral"),
    "not_stated": N_("Not stated"),
}
_KEY = re.compile(r"[a-z][a-z0-9_]{1,29}")
_LONGEST = {"name": 80, "target_group": 160, "basis": 80}
_LONGEST_SOURCE = 120
_ADDRESSES = ("new", "nearby")
"""Words that pages of offers use."""


class OfferRefused(Refusal):
    """An offer without what it needs."""


@dataclass(frozen=True)
class Kind:
    """A kind of offer. `is_ours` once somebody here has worded it: then it is not shown as the Council's."""

    key: str
    name: str
    referral: str
    target_group: str
    basis: str
    is_shown: bool = True
    is_ours: bool = False


@dataclass(frozen=True)
class Nearby:
    """An offer that exists in an area, according to a source, on a day."""

    area: str
    area_name: str
    kind: Kind
    source: str
    seen_on: date


def kinds() -> list[Kind]:
    """Every kind, also those that are not shown: the overview in its order, then what was added here."""
    changed = {one.key: _ours(one) for one in queries.offers()}
    overview = [changed.pop(one.key, one) for one in _overview()]
    return [*overview, *changed.values()]


def shown() -> list[Kind]:
    """The kinds that are offered as answers, on maps and as recipients."""
    return [one for one in kinds() if one.is_shown]


def kind(key: str) -> Kind | None:
    """One kind."""
    return next((one for one in kinds() if one.key == key), None)


def is_of_the_overview(key: str) -> bool:
    """Whether the Council's overview has it."""
    return any(one.key == key for one in _overview())


def shown_as() -> str:
    """How the overview is quoted: 'ifølge Rådets oversigt'."""
    return str(_written()["shown_as"])


def source() -> str:
    """Where the overview stands."""
    return str(_written()["source"])


def save(kind: Kind, today: date) -> None:
    """Word a kind anew, or add one. Refuses empty and over-long fields."""
    for name, longest in _LONGEST.items():
        if not 0 < len(getattr(kind, name)) <= longest:
            raise OfferRefused(_("Write every field, in at most %(most)s letters.", most=longest))
    if kind.referral not in REFERRAL:
        raise OfferRefused(_("Choose whether a referral is needed."))
    found = queries.offer(kind.key) or Offer(key=kind.key)
    found.name, found.referral, found.target_group, found.basis = (
        kind.name,
        kind.referral,
        kind.target_group,
        kind.basis,
    )
    found.is_shown, found.changed_on = kind.is_shown, today
    db.db.session.add(found)


def new_key(name: str) -> str:
    """The key of a new kind, made of its name."""
    key = re.sub(r"[^a-z0-9]+", "_", folding.fold(name)).strip("_")[:30]
    if not _KEY.fullmatch(key) or key in _ADDRESSES or kind(key) is not None:
        raise OfferRefused(_("There is an offer of this name already, or the name has no letters."))
    return key


def take_back(key: str) -> None:
    """Back to the wording of the overview; what was added here is gone."""
    queries.delete_offer(key)


def nearby() -> Sequence[Nearby]:
    """Which offers exist where, area by area."""
    names = {one.key: one.name for one in municipalities.areas()}
    known = {one.key: one for one in kinds()}
    order = {key: nth for nth, key in enumerate(names)}
    found = [
        Nearby(one.area, names[one.area], known[one.offer_key], one.source, one.seen_on)
        for one in queries.nearby()
        if one.area in names and one.offer_key in known
    ]
    return sorted(found, key=lambda one: (order[one.area], list(known).index(one.kind.key)))


def note_nearby(area: str, key: str, *, source: str, seen_on: date | None, today: date) -> None:
    """Say that an offer exists in an area. Refuses it without a source, or on a day that has not come."""
    if area not in {one.key for one in municipalities.areas()} or kind(key) is None:
        raise OfferRefused(_("Choose an area and an offer."))
    if not 0 < len(source) <= _LONGEST_SOURCE:
        raise OfferRefused(_("Write where you know it from, in at most %(most)s letters.", most=_LONGEST_SOURCE))
    if seen_on is None or seen_on > today:
        raise OfferRefused(_("Write the day somebody looked, today or earlier."))
    found = queries.offer_nearby(area, key) or OfferNearby(area=area, offer_key=key)
    found.source, found.seen_on = source, seen_on
    db.db.session.add(found)


def forget_nearby(area: str, key: str) -> None:
    """It does not exist there any more."""
    queries.delete_nearby(area, key)


def _ours(one: Offer) -> Kind:
    return Kind(one.key, one.name, one.referral, one.target_group, one.basis, one.is_shown, is_ours=True)


@cache
def _overview() -> tuple[Kind, ...]:
    return tuple(
        Kind(one["key"], one["name"], one["referral"], one["group"], one["basis"]) for one in _written()["offers"]
    )


@cache
def _written() -> Mapping[str, Any]:
    return tomllib.loads((ROOT / "content" / "offers.toml").read_text("utf-8"))
