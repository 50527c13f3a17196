"""Statements about findings, their versions, the comments of staff, and the voices behind them."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core import db
from app.desk.moderation.codebook.queries import guids_under, is_counted
from app.desk.moderation.models import Statement, Tagging
from app.desk.track.findings.models import Finding, FindingComment, FindingVersion
from app.surveys.models import Response, Site, Stop


def with_people(number: int) -> Finding | None:
    """One finding with its author and its signer."""
    people = (joinedload(Finding.author), joinedload(Finding.signer))
    return db.db.session.get(Finding, number, options=people)


def version(number: int, nth: int) -> FindingVersion | None:
    """One version of a finding."""
    return db.db.session.get(FindingVersion, (number, nth))


def versions(number: int) -> Sequence[FindingVersion]:
    """The versions of a finding, newest first."""
    found = select(FindingVersion).where(FindingVersion.finding == number).order_by(FindingVersion.version.desc())
    return db.db.session.scalars(found).all()


def writers(finding: Finding) -> frozenset[bytes]:
    """Everybody who wrote one of its versions: each wording grew out of the one before."""
    found = select(FindingVersion.author_id).where(FindingVersion.finding == finding.number)
    return frozenset(db.db.session.scalars(found)) | {finding.author_id}


def written_by(author_id: bytes) -> frozenset[int]:
    """The numbers of the findings that somebody has written in."""
    found = select(FindingVersion.finding).where(FindingVersion.author_id == author_id)
    return frozenset(db.db.session.scalars(found))


def has_sound(number: int, nth: int) -> bool:
    """Whether somebody has read the claim of this version in."""
    found = select(FindingVersion.version).where(FindingVersion.finding == number, FindingVersion.version == nth)
    return db.connection().execute(found.where(FindingVersion.sound.is_not(None))).first() is not None


def public() -> Sequence[Finding]:
    """Findings that are or were out."""
    found = select(Finding).where(Finding.state.in_(("published", "superseded"))).order_by(Finding.number)
    return db.db.session.scalars(found).all()


def replaced_by(finding: Finding) -> Finding | None:
    """The older finding that this one replaces."""
    found = select(Finding).where(Finding.superseded_by == finding.number).order_by(Finding.number)
    return db.db.session.scalars(found.limit(1)).first()


def told_to_staff() -> Sequence[Finding]:
    """Findings that the staff of a named place may read before the public."""
    found = select(Finding).where(Finding.state == "signed", Finding.staff_told_on.is_not(None))
    return db.db.session.scalars(found.order_by(Finding.number.desc())).all()


def comments(number: int, nth: int) -> Sequence[str]:
    """What staff of named places say of this version, in an order that says nothing."""
    found = select(FindingComment.words).where(FindingComment.finding == number, FindingComment.version == nth)
    return db.db.session.scalars(found.order_by(FindingComment.words)).all()


def comment(number: int, nth: int, author_id: bytes) -> FindingComment | None:
    """What one of them says."""
    return db.db.session.get(FindingComment, (number, nth, author_id))


def voices_by_site(theme: str, weeks: Collection[str]) -> Mapping[str, int]:
    """How many voices on a theme each site gave in these weeks; never shown, only compared with their sum."""
    site = func.coalesce(Response.site_code, Statement.site_code)
    tagged = select(Tagging.statement_id).where(Tagging.code_guid.in_(guids_under(theme)), is_counted())
    found = (
        select(func.coalesce(site, ""), func.count(Statement.voice.distinct()))
        .outerjoin(Response, Response.id == Statement.response_id)
        .where(Statement.week.in_(list(weeks)), Statement.id.in_(tagged))
        .group_by(site)
    )
    return {code: n for code, n in db.connection().execute(found)}  # noqa: C416 - rows are no tuples to mypy


def sites_in(municipalities: Collection[str]) -> frozenset[str]:
    """The sites in these municipalities, and the mobile units that stop there."""
    standing = select(Site.code).where(Site.municipality.in_(list(municipalities)))
    stopping = select(Stop.site_code).where(Stop.municipality.in_(list(municipalities)))
    return frozenset(db.connection().execute(standing.union(stopping)).scalars())


def municipalities() -> Sequence[str]:
    """Where we listen: the municipalities of sites and of stops."""
    found = select(Site.municipality).union(select(Stop.municipality))
    return sorted(db.connection().execute(found).scalars())
