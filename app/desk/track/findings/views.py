"""Pages of findings."""

from collections.abc import Mapping

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db, i18n
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import audit, session
from app.desk.moderation import labels
from app.desk.moderation.codebook import codes
from app.desk.moderation.measures.board import decimal
from app.desk.track import public_words, queries, reading, states
from app.desk.track.findings import evidence, findings
from app.desk.track.findings.models import LONGEST_CLAIM, Finding
from app.publication import comparisons, themes

pages = Blueprint("findings", __name__, url_prefix="/track/findings")
AUTHORS = ("moderator", "analyst")
PUBLISHERS = ("moderator", "council")


@pages.get("")
@access(*reading.READERS)
def index() -> Response:
    """Every finding the reader may see."""
    db.begin_reading()
    found = queries.findings(reading.finding_states(session.user()))
    return make_response(render_template("desk/track/findings/index.html", findings=found, name=_name, authors=AUTHORS))


@pages.get("/new")
@access(*AUTHORS)
def new() -> Response:
    """An empty form; theme and period, once chosen, bring the figures and the statements."""
    db.begin_reading()
    return _form(None, request.args)


@pages.post("")
@access(*AUTHORS)
def create() -> AnyResponse:
    """A new draft."""
    session.check_form("finding")
    finding = findings.draft(_words(), session.user())
    return _done(finding, "finding.draft")


@pages.get("/<code>")
@access(*reading.READERS)
def show(code: str) -> Response:
    """One finding, with what it stands on."""
    db.begin_reading()
    return _page(code)


@pages.get("/<code>/edit")
@access(*AUTHORS)
def edit(code: str) -> Response:
    """The form with the draft in it."""
    db.begin_reading()
    finding = _found(code)
    written = {name: getattr(finding, name) for name in findings.Words.__dataclass_fields__}
    return _form(finding, {**written, **request.args.to_dict()})


@pages.post("/<code>")
@access(*AUTHORS)
def save(code: str) -> AnyResponse:
    """The draft, changed."""
    finding = _to_change(code, "finding")
    findings.edit(finding, _words(), session.user())
    return _done(finding, "finding.edit")


@pages.post("/<code>/sign")
@access("moderator")
def sign(code: str) -> AnyResponse:
    """The second person stands for it."""
    finding = _to_change(code, "finding.sign")
    findings.sign(finding, session.user())
    return _done(finding, "finding.sign")


@pages.post("/<code>/back")
@access(*AUTHORS)
def take_back(code: str) -> AnyResponse:
    """To draft again."""
    finding = _to_change(code, "finding.back")
    findings.take_back(finding)
    return _done(finding, "finding.back")


@pages.post("/<code>/publish")
@access(*PUBLISHERS)
def publish(code: str) -> AnyResponse:
    """Public from today."""
    finding = _to_change(code, "finding.publish")
    findings.publish(finding, clock.today())
    return _done(finding, "finding.publish")


@pages.post("/<code>/drop")
@access(*AUTHORS)
def drop(code: str) -> AnyResponse:
    """Set aside, with the reason."""
    finding = _to_change(code, "finding.drop")
    findings.drop(finding, reading.field("reason"))
    return _done(finding, "finding.drop")


@pages.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """An expected no, on the page it was asked on, with everything that was written."""
    db.db.session.rollback()
    db.begin_reading()
    code = (request.view_args or {}).get("code")
    if "claim" in request.form or code is None:
        return _form(_found(code) if code else None, request.form, refusal)
    return _page(code, refusal)


def _page(code: str, refusal: Refusal | None = None) -> Response:
    reader, finding = session.user(), _found(code)
    page = render_template(
        "desk/track/findings/finding.html",
        finding=finding,
        theme=_name(finding.theme),
        is_signal=findings.is_signal(finding),
        marked=public_words.marked("\n".join((finding.claim, finding.body, finding.counter_evidence))),
        statements=evidence.statements(finding.theme, finding.period, reader),
        authors=AUTHORS,
        publishers=PUBLISHERS,
        proposals=[one for one in queries.proposals_on(finding.number) if one.state in reading.proposal_states(reader)],
        refusal=refusal,
    )
    return make_response(page, 422 if refusal else 200)


def _form(finding: Finding | None, written: Mapping[str, str], refusal: Refusal | None = None) -> Response:
    page = render_template(
        "desk/track/findings/finding_form.html",
        finding=finding,
        written=written,
        version=states.next_version(finding, refusal, reading.version()),
        longest=LONGEST_CLAIM,
        themes=[(theme, _name(theme)) for theme in themes.codes()],
        offer=evidence.offer(written.get("theme", ""), written.get("period", ""), session.user()),
        refusal=refusal,
        labels=labels,
        type_names={one.key: one.name_da if i18n.current() == "da" else one.name_en for one in codes.book().types},
        decimal=decimal,
        notes=comparisons.NOTES,
    )
    return make_response(page, 422 if refusal else 200)


def _found(code: str, *, to_change: bool = False) -> Finding:
    finding = queries.finding(reading.number(code, "U"), to_change=to_change)
    if finding is None or finding.state not in reading.finding_states(session.user()):
        abort(404)
    return finding


def _to_change(code: str, form: str) -> Finding:
    finding = _found(code, to_change=True)  # first, so that a code nobody knows is not found, whatever the form
    session.check_form(form)
    states.same_version(finding, reading.version())
    return finding


def _done(finding: Finding, act: str) -> AnyResponse:
    audit.record(act, finding.code)
    db.db.session.commit()
    return redirect(url_for("track.findings.show", code=finding.code), 303)


def _words() -> findings.Words:
    return findings.Words(**{name: reading.field(name) for name in findings.Words.__dataclass_fields__})


def _name(theme: str) -> str:
    return themes.name(theme, i18n.current())
