"""Pages of the measures: the board, agreement code by code, what has changed, and the moderation log."""

from contextlib import suppress
from datetime import date
from typing import Any

from flask import Blueprint, Response, make_response, request
from flask_babel import gettext as _

from app.core import clock, db, hypermedia, i18n, numbers
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import audit, session
from app.desk.accounts import queries as people
from app.desk.moderation.measures import agreeing, board, changing, log
from app.publication import comparisons, finished, periods, themes
from app.publication.formats import wording
from app.publication.periods import Period

pages = Blueprint("measures", __name__, url_prefix="/desk/measures")
READERS = ("moderator", "analyst", "council")
LOGGED = ("moderator", "analyst", "council", "admin")
FIRST_YEAR = 2000
QUARTERS = 8
"""So many can be chosen."""


@pages.get("")
@access(*READERS)
def index() -> Response:
    """How the desk keeps up, one quarter at a time."""
    db.begin_reading()
    quarter = _quarter()
    found = board.measures(session.user(), quarter, clock.today())
    return _page("board", measures=found, **_quarters(quarter))


@pages.get("/agreement")
@access(*READERS)
def agreement() -> Response:
    """How far two coders agree on each code, and which definitions to tighten."""
    db.begin_reading()
    me = session.user()
    found = agreeing.of(me, request.args.get("version", type=numbers.whole))
    return _page("agreement", found=found, decimal=board.decimal, sees_small=board.Reader(me).sees_small)


@pages.get("/themes")
@access("moderator", "analyst")
def changes() -> Response:
    """Every theme beside the quarter before, with what chance may have done."""
    db.begin_reading()
    quarter = _quarter()
    report = changing.report(quarter, session.user())
    names = {code: themes.name(code, i18n.current()) for code in report.themes}
    return _page("themes", report=report, names=names, notes=comparisons.NOTES, **_quarters(quarter))


@pages.get("/log")
@access(*LOGGED)
def moderation_log() -> Response:
    """What was done: one's own acts, everybody's for the administrator, how often for the council."""
    db.begin_reading()
    me, wanted = session.user(), _wanted()
    if me.role == "council":
        return _page("log_counts", wanted=wanted, counts=log.counts(wanted), acts=audit.ACTS)
    found = log.rows(wanted, me, most=log.PAGE + 1)
    return _page(
        "log", rows=found[: log.PAGE], wanted=wanted, kinds=log.KINDS, acts=audit.ACTS, people=_people(),
        before=found[log.PAGE - 1].seq if len(found) > log.PAGE else None, copenhagen=clock.COPENHAGEN,
        is_all=me.role == "admin",
    )  # fmt: skip


@pages.get("/log.csv")
@access("moderator", "analyst", "admin")
def log_file() -> Response:
    """The same rows as a file."""
    db.begin_reading()
    found = log.rows(_wanted(), session.user(), most=log.LONGEST_FILE)
    response = make_response(log.as_csv(found, _people()))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="moderation-log.csv"'
    return response


def _page(name: str, **context: Any) -> Response:
    whole, part = f"desk/moderation/measures/{name}.html", f"desk/moderation/measures/_{name}.html"
    return hypermedia.render(whole, part, in_danish=i18n.current() == "da", **context)


def _quarter() -> Period:
    """The quarter that was chosen, else the one we are in."""
    with suppress(Refusal):
        chosen = periods.parse(request.args.get("quarter", ""))
        if chosen.kind == "quarter":
            return chosen
    return finished.quarter_on(clock.today())


def _quarters(chosen: Period) -> dict[str, Any]:
    """What the form that chooses a quarter needs."""
    found = [finished.quarter_on(clock.today())]
    while len(found) < QUARTERS:
        found.append(found[-1].before)
    named = {one.code: wording.period(one.code, i18n.current()) for one in (*found, chosen)}
    return {"quarter": chosen, "quarters": named}


def _wanted() -> log.Wanted:
    return log.Wanted(
        kind=request.args.get("kind", "") if request.args.get("kind", "") in log.KINDS else "",
        act=request.args.get("act", ""),
        since=request.args.get("since", type=_day),
        until=request.args.get("until", type=_day),
        before=request.args.get("before", type=numbers.whole),
    )


def _day(said: str) -> date:
    """A day the log may have; others are left out, as what is no day is."""
    day = date.fromisoformat(said)
    if not FIRST_YEAR <= day.year < FIRST_YEAR + 1000:
        raise ValueError(said)
    return day


def _people() -> dict[str, str]:
    return {audit.OPERATOR: _("The operator")} | {user.id.hex(): user.display_name for user in people.users()}
