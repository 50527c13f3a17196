"""Pages of findings: reading them, and writing a draft."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from app.core import db, i18n, numbers
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.moderation import labels
from app.desk.moderation.codebook import codes
from app.desk.moderation.measures.board import decimal
from app.desk.track import principles, queries, reading, states
from app.desk.track.findings import evidence, findings
from app.desk.track.findings import page_views as shared
from app.desk.track.findings import queries as finding_queries
from app.desk.track.findings.models import LONGEST_CLAIM, Finding
from app.desk.track.findings.publishing import may_read_early
from app.desk.track.phases import phases
from app.desk.track.phases import queries as phase_queries
from app.publication import comparisons, initiatives, themes

pages = Blueprint("findings", __name__, url_prefix="/track/findings")
COUNTERS = ("moderator",)
"""Who approves every text, and so knows how many there are of a kind. An analyst sees guarded figures alone."""
LISTS = ("more_themes", "principles", "initiatives")
"""What a form may tick several of."""


@pages.get("")
@access(*reading.READERS)
def index() -> Response:
    """Every finding the reader may see."""
    db.begin_reading()
    reader = session.user()
    early = [one for one in finding_queries.told_to_staff() if may_read_early(one, reader)]
    found = [*early, *queries.findings(reading.finding_states(reader))]
    page = render_template("desk/track/findings/index.html", findings=found, name=shared.name, authors=shared.AUTHORS)
    return make_response(page)


@pages.get("/new")
@access(*shared.AUTHORS)
def new() -> Response:
    """An empty form; theme and period, once chosen, bring the figures and the statements."""
    db.begin_reading()
    return _form(None, _written(request.args))


@pages.post("")
@access(*shared.AUTHORS)
def create() -> AnyResponse:
    """A new draft."""
    session.check_form("finding")
    finding = findings.draft(_words(), session.user())
    return shared.done(finding, "finding.draft")


@pages.get("/<code>")
@access(*reading.READERS)
def show(code: str) -> Response:
    """One finding, with what it stands on and what peers say."""
    db.begin_reading()
    return shared.page(code)


@pages.get("/<code>/edit")
@access(*shared.AUTHORS)
def edit(code: str) -> Response:
    """The form with the draft in it."""
    db.begin_reading()
    finding = shared.found(code)
    kept = {name: getattr(finding, name) for name in findings.Words.__dataclass_fields__}
    return _form(finding, {**kept, **request.args.to_dict()})


@pages.post("/<code>")
@access(*shared.AUTHORS)
def save(code: str) -> AnyResponse:
    """The draft, changed."""
    finding = shared.to_change(code, "finding")
    findings.edit(finding, _words(), session.user())
    return shared.done(finding, "finding.edit")


@pages.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """An expected no, on the form it was asked on, with everything that was written."""
    db.db.session.rollback()
    db.begin_reading()
    code = (request.view_args or {}).get("code")
    return _form(shared.found(code) if code else None, _written(request.form), refusal)


def _form(finding: Finding | None, written: Mapping[str, Any], refusal: Refusal | None = None) -> Response:
    page = render_template(
        "desk/track/findings/finding_form.html",
        finding=finding,
        written=written,
        version=states.next_version(finding, refusal, reading.version()),
        longest=LONGEST_CLAIM,
        highest_lix=findings.HIGHEST_LIX,
        themes=[(theme, shared.name(theme)) for theme in themes.codes()],
        principles=principles.HEADINGS,
        initiatives=initiatives.names(),
        phases=[(one.key, phases.name(one, i18n.current())) for one in phase_queries.phases()],
        offer=evidence.offer(written.get("theme", ""), written.get("period", ""), session.user()),
        refusal=refusal,
        labels=labels,
        may_count=session.user().role in COUNTERS,
        type_names={one.key: one.name_da if i18n.current() == "da" else one.name_en for one in codes.book().types},
        decimal=decimal,
        notes=comparisons.NOTES,
    )
    return make_response(page, 422 if refusal else 200)


def _written(form: MultiDict[str, str]) -> Mapping[str, Any]:
    """What was written or asked for, as the form shows it again."""
    ticked = {name: form.getlist(name) for name in LISTS}
    return {**form.to_dict(), **ticked, "principles": form.getlist("principles", type=numbers.small)}


def _words() -> findings.Words:
    theme, period = reading.field("theme"), reading.field("period")
    written = ("claim", "body", "counter_evidence", "who_is_missing")
    return findings.Words(
        theme=theme,
        period=period,
        **{name: reading.field(name) for name in written},
        more_themes=[one for one in request.form.getlist("more_themes") if one != theme],
        principles=request.form.getlist("principles", type=numbers.small),
        initiatives=request.form.getlist("initiatives"),
        phase=reading.field("phase") or None,
        provenance=evidence.provenance(theme, period, session.user()),
    )
