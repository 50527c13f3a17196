"""Statements about target groups and offers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, func, insert, select
from sqlalchemy.orm import selectinload

from app.core import db
from app.publication.presence.models import Offer, OfferNearby, PresenceFile, TargetGroup, TargetShare
from app.surveys.models import Site, Stop


def sites() -> Sequence[Site]:
    """Every place of ours with its stops, in two questions to the database."""
    found = select(Site).options(selectinload(Site.stops)).order_by(Site.code)
    return db.db.session.scalars(found).all()


def places() -> tuple[tuple[Any, ...], ...]:
    """All of our places that a page about them shows: it changes when one of them does."""
    of_sites = select(Site.code, Site.kind, Site.name, Site.municipality).order_by(Site.code)
    of_stops = select(Stop.site_code, Stop.municipality, Stop.hours).order_by(Stop.site_code, Stop.key)
    found = (*db.connection().execute(of_sites), *db.connection().execute(of_stops))
    return tuple(tuple(tuple(cell) if isinstance(cell, list) else cell for cell in row) for row in found)


def next_file() -> int:
    """The number of the file that is read in now, from 1."""
    return (db.connection().execute(select(func.max(PresenceFile.number))).scalar() or 0) + 1


def add_file(number: int, kind: str, *, read_on: date, read_by: str, taken_in: int) -> None:
    """Note a file."""
    row = {"number": number, "kind": kind, "read_on": read_on, "read_by": read_by, "taken_in": taken_in}
    db.connection().execute(insert(PresenceFile), row)


def files() -> Sequence[PresenceFile]:
    """Every file that was read in, the newest first."""
    return db.db.session.scalars(select(PresenceFile).order_by(PresenceFile.number.desc())).all()


def newest_file() -> int:
    """The number of the newest file; 0 before the first."""
    return next_file() - 1


def add_groups(rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep new counts."""
    db.connection().execute(insert(TargetGroup), rows)


def groups() -> Sequence[TargetGroup]:
    """Every count."""
    return db.db.session.scalars(select(TargetGroup)).all()


def group_sets() -> Sequence[Row[str, str, int, str, int, int]]:
    """Group, age band, year and source of every set of counts, how many municipalities it has, and its newest file."""
    key = (TargetGroup.name, TargetGroup.age_band, TargetGroup.year, TargetGroup.source)
    found = select(*key, func.count(TargetGroup.municipality), func.max(TargetGroup.file_number)).group_by(*key)
    return db.connection().execute(found.order_by(*key)).all()


def groups_in(name: str, age_band: str, year: int, source: str) -> Sequence[TargetGroup]:
    """The counts of one set."""
    wanted = select(TargetGroup).where(
        TargetGroup.name == name,
        TargetGroup.age_band == age_band,
        TargetGroup.year == year,
        TargetGroup.source == source,
    )
    return db.db.session.scalars(wanted.order_by(TargetGroup.municipality)).all()


def add_shares(rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep new shares."""
    db.connection().execute(insert(TargetShare), rows)


def shares() -> Sequence[TargetShare]:
    """Every share, the newest year first."""
    order = (TargetShare.year.desc(), TargetShare.file_number.desc(), TargetShare.name, TargetShare.variable)
    return db.db.session.scalars(select(TargetShare).order_by(*order)).all()


def offers() -> Sequence[Offer]:
    """The offers an administrator has worded."""
    return db.db.session.scalars(select(Offer).order_by(Offer.key)).all()


def offer(key: str) -> Offer | None:
    """The administrator's wording of one offer."""
    return db.db.session.get(Offer, key)


def delete_offer(key: str) -> None:
    """Back to the wording of the overview."""
    db.connection().execute(delete(Offer).where(Offer.key == key))


def nearby() -> Sequence[OfferNearby]:
    """Which offers are known to exist in which area."""
    return db.db.session.scalars(select(OfferNearby).order_by(OfferNearby.area, OfferNearby.offer_key)).all()


def offer_nearby(area: str, key: str) -> OfferNearby | None:
    """What is known of one offer in one area."""
    return db.db.session.get(OfferNearby, (area, key))


def delete_nearby(area: str, key: str) -> None:
    """The offer does not exist there any more."""
    db.connection().execute(delete(OfferNearby).where(OfferNearby.area == area, OfferNearby.offer_key == key))
