"""Statements about verdicts of peers, where peers belong, and the texts they may code."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, func, or_, select, true

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation.codebook.queries import guids_under, is_counted
from app.desk.moderation.models import Statement, Tagging
from app.desk.moderation.queries import AnySelect
from app.desk.moderation.second_coding import queries as second
from app.desk.track.findings.models import Finding
from app.desk.track.peers.models import PeerHome, PeerVerdict
from app.surveys.models import Response

ENOUGH = 2
"""Verdicts without ties that take a finding on before its time is over."""


def verdicts(number: int, version: int) -> Sequence[PeerVerdict]:
    """What peers say of one version, in the order of random ids."""
    found = select(PeerVerdict).where(PeerVerdict.finding == number, PeerVerdict.version == version)
    return db.db.session.scalars(found.order_by(PeerVerdict.id)).all()


def all_verdicts(number: int) -> Sequence[PeerVerdict]:
    """What peers said of every version, newest version first."""
    found = select(PeerVerdict).where(PeerVerdict.finding == number)
    return db.db.session.scalars(found.order_by(PeerVerdict.version.desc(), PeerVerdict.id)).all()


def shown(number: int, version: int) -> Sequence[PeerVerdict]:
    """Those of one version that the public reads."""
    return [one for one in verdicts(number, version) if one.is_shown]


def verdict(verdict_id: bytes) -> PeerVerdict | None:
    """One verdict, by its random id."""
    return db.db.session.get(PeerVerdict, verdict_id)


def own(finding: Finding, peer: User) -> PeerVerdict | None:
    """What this peer says of the finding as it stands."""
    found = select(PeerVerdict).where(PeerVerdict.finding == finding.number, PeerVerdict.version == finding.version)
    return db.db.session.scalars(found.where(PeerVerdict.peer_id == peer.id)).first()


def given_by(peer: User) -> Sequence[tuple[PeerVerdict, Finding]]:
    """Every verdict of one peer with its finding, newest finding first."""
    found = select(PeerVerdict, Finding).join(Finding, Finding.number == PeerVerdict.finding)
    found = found.where(PeerVerdict.peer_id == peer.id)
    ordered = found.order_by(PeerVerdict.finding.desc(), PeerVerdict.version.desc())
    return [(given, finding) for given, finding in db.db.session.execute(ordered)]


def unanswered() -> Sequence[tuple[PeerVerdict, Finding]]:
    """Verdicts nobody has answered in words, the oldest first."""
    found = select(PeerVerdict, Finding).join(Finding, Finding.number == PeerVerdict.finding)
    found = found.where(PeerVerdict.answered_on.is_(None)).order_by(PeerVerdict.given_on, PeerVerdict.id)
    return [(given, finding) for given, finding in db.db.session.execute(found)]


def givers(verdicts: Iterable[PeerVerdict]) -> Sequence[User]:
    """Who gave these verdicts, also those who have left since: their ties stay."""
    return db.db.session.scalars(select(User).where(User.id.in_([one.peer_id for one in verdicts]))).all()


def home(user_id: bytes) -> PeerHome | None:
    """The municipalities a peer has named as own; None while they have not said."""
    return db.db.session.get(PeerHome, user_id)


def take_turn(user_id: bytes) -> None:
    """Until the commit nobody else says where this peer belongs: a button pressed twice writes once."""
    db.connection().execute(select(User.id).where(User.id == user_id).with_for_update())


def to_code(me: User, own_sites: Collection[str], subjects: Iterable[tuple[str, Collection[str]]]) -> AnySelect:
    """Ids of texts this peer may code: drawn for a second coding, behind one of the findings (theme, weeks),
    and from no place they have ties to. A text whose place is not known may be from there too."""
    behind = [
        Statement.id.in_(select(Tagging.statement_id).where(Tagging.code_guid.in_(guids_under(theme)), is_counted()))
        & Statement.week.in_(list(weeks))
        for theme, weeks in subjects
    ]
    found: AnySelect = second.due(me).where(or_(*behind) if behind else ~true(), _not_from(own_sites))
    return found


def next_to_code(waiting: AnySelect, *, after: bytes) -> bytes | None:
    """The next of these from a place in the order of random ids, or the first one again."""
    ordered = waiting.order_by(Statement.id).limit(1)
    found = db.connection().execute(ordered.where(Statement.id > after)).scalar()
    found = found or db.connection().execute(ordered).scalar()
    return bytes(found) if found else None


def is_among(waiting: AnySelect, statement_id: bytes) -> bool:
    """Whether a text is one of these."""
    return db.connection().execute(waiting.where(Statement.id == statement_id)).first() is not None


def count(waiting: AnySelect, *, most: int) -> int:
    """How many these are, counted no further than `most`."""
    counted: int = (
        db.connection().execute(select(func.count()).select_from(waiting.limit(most).subquery())).scalar_one()
    )
    return counted


def _not_from(sites: Collection[str]) -> ColumnElement[bool]:
    if not sites:
        return true()
    return func.coalesce(Response.site_code, Statement.site_code).not_in(list(sites))
