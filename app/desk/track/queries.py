"""Statements about findings, proposals and decisions."""

import re
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, exists, func, select, text, true

from app.core import db, weeks
from app.desk.accounts.models import User
from app.desk.track.actions.models import Action
from app.desk.track.decisions.models import Decision
from app.desk.track.findings.models import Finding
from app.desk.track.proposals.models import Proposal
from app.desk.track.releases.models import ReleasePreview
from app.desk.track.research.models import Research
from app.publication.models import Release
from app.surveys.models import Response

NUMBERING_TURN = 0x7472616B
"""Any number that no other advisory lock uses."""
_HEX = re.compile(r"[0-9a-f]{32}", re.ASCII)


def next_number(of: type[Finding] | type[Research] | type[Proposal] | type[Decision] | type[Action]) -> int:
    """The number after the last one: public codes have no gaps, since a gap looks like something hidden.

    Until the commit nobody else takes a number. SQLite has one writer anyway.
    """
    if not db.is_sqlite():
        db.connection().execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": NUMBERING_TURN})
    last = db.db.session.scalar(select(func.max(of.number)))
    return (last or 0) + 1


def finding(number: int, *, to_change: bool = False) -> Finding | None:
    """One finding; `to_change` holds others off until the commit."""
    return db.db.session.get(Finding, number, with_for_update=to_change or None)


def proposal(number: int, *, to_change: bool = False) -> Proposal | None:
    """One proposal; `to_change` holds others off until the commit."""
    return db.db.session.get(Proposal, number, with_for_update=to_change or None)


def decision(number: int, *, to_change: bool = False) -> Decision | None:
    """One decision; `to_change` holds others off until the commit."""
    return db.db.session.get(Decision, number, with_for_update=to_change or None)


def findings(states: Iterable[str]) -> Sequence[Finding]:
    """Findings in these states, newest first."""
    found = select(Finding).where(Finding.state.in_(states)).order_by(Finding.number.desc())
    return db.db.session.scalars(found).all()


def proposals(states: Iterable[str]) -> Sequence[Proposal]:
    """Proposals in these states, newest first."""
    found = select(Proposal).where(Proposal.state.in_(states)).order_by(Proposal.number.desc())
    return db.db.session.scalars(found).all()


def decisions(states: Iterable[str]) -> Sequence[Decision]:
    """Decisions in these states, newest first."""
    found = select(Decision).where(Decision.state.in_(states)).order_by(Decision.number.desc())
    return db.db.session.scalars(found).all()


def how_many(
    findings_in: Iterable[str], research_in: Iterable[str], proposals_in: Iterable[str], decisions_in: Iterable[str]
) -> Sequence[int]:
    """How many findings, pieces of research, proposals, decisions and actions there are in these states, at one go.

    A proposal that was withdrawn before it was sent counts only where drafts do.
    """
    asked = tuple(proposals_in)
    is_known = true() if "draft" in asked else Proposal.submitted_on.is_not(None)
    counted = (
        select(func.count()).where(Finding.state.in_(findings_in)),
        select(func.count()).where(Research.state.in_(research_in)),
        select(func.count()).where(Proposal.state.in_(asked), is_known),
        select(func.count()).where(Decision.state.in_(decisions_in)),
        select(func.count(Action.number)),
    )
    return tuple(db.connection().execute(select(*(one.scalar_subquery() for one in counted))).one())


def proposals_on(number: int) -> Sequence[Proposal]:
    """The proposals that stand on a finding."""
    found = select(Proposal).where(Proposal.findings.any(Finding.number == number)).order_by(Proposal.number)
    return db.db.session.scalars(found).all()


def preview(period: str) -> ReleasePreview | None:
    """What was worked out, or asked for, of a period."""
    return db.db.session.get(ReleasePreview, period)


def preview_asked() -> str | None:
    """A period whose preview was asked for and is not worked out."""
    found = select(ReleasePreview.period).where(ReleasePreview.document.is_(None), ReleasePreview.fault == "")
    return db.db.session.scalars(found.order_by(ReleasePreview.period).limit(1)).first()


def findings_in(period: str, states: Iterable[str]) -> Sequence[Finding]:
    """Findings about a period in these states."""
    found = select(Finding).where(Finding.period == period, Finding.state.in_(states)).order_by(Finding.number)
    return db.db.session.scalars(found).all()


def release(period: str) -> Release | None:
    """What is signed, failed or published of a period."""
    return db.db.session.get(Release, period)


def release_states(periods: Iterable[str]) -> Mapping[str, str]:
    """The state of each of these periods that somebody has begun with."""
    found = select(Release.id, Release.state).where(Release.id.in_(list(periods)))
    return {period: state for period, state in db.db.session.execute(found)}  # noqa: C416 - rows are no tuples to mypy


def months_heard(months: Sequence[str]) -> frozenset[str]:
    """Those of these months that somebody's answer is from."""
    if not months:
        return frozenset()
    found = db.connection().execute(select(*(_is_heard(month) for month in months))).one()
    return frozenset(month for month, is_heard in zip(months, found, strict=True) if is_heard)


def releases_to_sign(which: str) -> Sequence[str]:
    """The releases that somebody has signed and that lack the `first` or the `second` signature."""
    signature = {"first": Release.signed_first, "second": Release.signed_second}[which]
    found = select(Release.id).where(Release.state == "planned", signature.is_(None)).order_by(Release.id)
    return db.db.session.scalars(found).all()


def names_of(ids: Iterable[str]) -> Mapping[str, str]:
    """What the people with these ids (in hex) are called; others sign by name, on the command line."""
    known = {bytes.fromhex(one): one for one in ids if _HEX.fullmatch(one)}
    found = select(User.id, User.display_name).where(User.id.in_(known))
    return {known[id_]: name for id_, name in db.db.session.execute(found)}


def _is_heard(month: str) -> ColumnElement[bool]:
    within = weeks.weeks_of_month(month)
    return exists().where(Response.week.between(within[0], within[-1]), Response.is_test.is_(False))
