"""The peers' workbench: coding together, saying whether a finding is heard right, seeing what came of it."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db
from app.core.access import access
from app.core.errors import Refusal
from app.core.i18n import N_
from app.desk.accounts import audit, session
from app.desk.track import queries, reading, states
from app.desk.track.findings import publicity
from app.desk.track.findings import queries as findings
from app.desk.track.findings.models import Finding
from app.desk.track.peers import homes, outcomes, texts, verdicts
from app.desk.track.peers import queries as peers
from app.desk.track.peers.models import LONGEST_WORDS

pages = Blueprint("peers", __name__, url_prefix="/track/peers")
SAID = {
    "given": N_("Thank you. Your answer is kept. You get an answer in words within 14 days."),
    "withdrawn": N_("Your answer is taken back."),
    "homes": N_("Thank you. You meet no texts from there."),
}
_SECONDS = int(session.PEER_IDLE.total_seconds())


@pages.after_request
def leave_by_itself(response: Response) -> Response:
    """The session of a peer is over after a quarter of an hour; then the words leave the screen too."""
    response.headers["Refresh"] = f"{_SECONDS}; url=/desk/login"
    return response


@pages.get("")
@access("peer")
def start() -> Response:
    """The three things, and how many of each wait."""
    db.begin_reading()
    me = session.user()
    asked = [one for one in queries.findings(("with_peers",)) if peers.own(one, me) is None]
    given = peers.given_by(me)
    return _page(
        "start",
        to_code=texts.count(me),
        to_hear=len(asked),
        given=len(given),
        named=homes.of(me),
    )


@pages.get("/heard")
@access("peer")
def heard() -> Response:
    """The findings peers are asked about now."""
    db.begin_reading()
    me = session.user()
    asked = [(one, peers.own(one, me)) for one in queries.findings(("with_peers",))]
    return _page("heard", asked=asked)


@pages.get("/heard/<code>")
@access("peer")
def finding(code: str) -> Response:
    """One finding, what speaks against it, and the three answers."""
    db.begin_reading()
    return _finding(_asked(code))


@pages.post("/heard/<code>")
@access("peer")
def give(code: str) -> AnyResponse:
    """A peer's answer, or another one in its place."""
    asked = _asked(code, to_change=True)
    session.check_form("verdict")
    states.same_version(asked, reading.version())
    said = verdicts.Said(request.form.get("verdict", ""), reading.field("words"), "may_be_shown" in request.form)
    verdicts.give(asked, said, session.user(), clock.today())
    return _done("verdict.give", asked, "given")


@pages.post("/heard/<code>/withdraw")
@access("peer")
def withdraw(code: str) -> AnyResponse:
    """A peer takes the answer back."""
    asked = _asked(code, to_change=True)
    session.check_form("verdict.withdraw")
    verdicts.withdraw(asked, session.user())
    return _done("verdict.withdraw", asked, "withdrawn")


@pages.get("/outcome")
@access("peer")
def outcome() -> Response:
    """What became of the findings this peer has answered."""
    db.begin_reading()
    return _page("outcome", outcomes=outcomes.of(session.user()), answer_by=verdicts.answer_by)


@pages.get("/home")
@access("peer")
def home() -> Response:
    """Which municipalities are the peer's own."""
    db.begin_reading()
    return _home()


@pages.post("/home")
@access("peer")
def name_home() -> AnyResponse:
    """These are; no text from there is shown to them."""
    session.check_form("peer.home")
    homes.name(session.user(), request.form.getlist("municipality"))
    audit.record("peer.home", count=1)
    db.db.session.commit()
    return redirect(url_for("track.peers.start", said="homes"), 303)


@pages.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """An expected no, on the page it was asked on."""
    db.db.session.rollback()
    db.begin_reading()
    code = (request.view_args or {}).get("code")
    return _finding(_asked(code), refusal) if code else _home(refusal)


def _finding(asked: Finding, refusal: Refusal | None = None) -> Response:
    return _page(
        "finding",
        422 if refusal else 200,
        finding=asked,
        quotes=publicity.quotes_of(asked),
        own=peers.own(asked, session.user()),
        has_sound=findings.has_sound(asked.number, asked.version),
        longest=LONGEST_WORDS,
        refusal=refusal,
    )


def _home(refusal: Refusal | None = None) -> Response:
    chosen = homes.of(session.user()) or ()
    status = 422 if refusal else 200
    return _page("home", status, municipalities=findings.municipalities(), chosen=chosen, refusal=refusal)


def _asked(code: str, *, to_change: bool = False) -> Finding:
    found = queries.finding(reading.number(code, "U"), to_change=to_change)
    return found if found is not None and found.state == "with_peers" else abort(404)


def _done(act: str, asked: Finding, said: str) -> AnyResponse:
    audit.record(act, asked.code)
    db.db.session.commit()
    return redirect(url_for("track.peers.heard", said=said), 303)


def _page(name: str, status: int = 200, **context: object) -> Response:
    said = SAID.get(request.args.get("said", ""))
    page = render_template(
        f"desk/track/peers/{name}.html", verdict_names=verdicts.NAMES, said=_(said) if said else None, **context
    )
    return make_response(page, status)
