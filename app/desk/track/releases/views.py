"""Pages of releases: what can be published, how the public would see it, and the two signatures."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, config, db, pdf
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import audit, session
from app.desk.track import queries, reading
from app.desk.track.releases import drafts, previews
from app.desk.track.releases import queries as kept
from app.publication import periods, published, signing
from app.publication.formats import FILES
from app.publication.periods import Period

pages = Blueprint("releases", __name__, url_prefix="/releases")
READERS = (signing.FIRST, signing.SECOND, "analyst")
SIGNERS = (signing.FIRST, signing.SECOND)
PREVIEWERS = ("analyst", signing.FIRST)


@pages.get("")
@access(*READERS)
def index() -> Response:
    """What is out, and which periods can follow."""
    db.begin_reading()
    today = clock.today()
    waiting = previews.periods_to_publish(today)
    over = [one for one in waiting if one.may_be_published_on() <= today]
    heard = previews.heard(over)
    page = render_template(
        "desk/track/releases/index.html",
        published=published.published(),
        ready=[one for one in over if one.code in heard],
        silent=[one for one in over if one.code not in heard],
        early=[one for one in waiting if one.may_be_published_on() > today],
        status=queries.release_states(one.code for one in waiting),
    )
    return make_response(page)


@pages.get("/<code>")
@access(*READERS)
def show(code: str) -> Response:
    """One period: preview, signatures, or the release itself."""
    db.begin_reading()
    return _page(_period(code))


@pages.post("/<code>/preview")
@access(*PREVIEWERS)
def preview(code: str) -> AnyResponse:
    """Ask the worker how it would look."""
    period = _period(code)
    session.check_form("release.preview")
    asked = previews.ask(period.code, clock.today())
    audit.record("release.preview", asked.period)
    db.db.session.commit()
    return redirect(url_for("track.releases.show", code=asked.period), 303)


@pages.post("/<code>/sign")
@access(*SIGNERS)
def sign(code: str) -> AnyResponse:
    """The council publishes, a moderator signs as well; then the worker prints it."""
    period, signer = _period(code), session.user()
    session.check_form("release.sign")
    signed = signing.sign(period.code, by=signer.id.hex(), role=signer.role, today=clock.today())
    audit.record("release.sign", signed.id)
    db.db.session.commit()
    return redirect(url_for("track.releases.show", code=signed.id), 303)


@pages.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """An expected no, on the page of the period."""
    db.db.session.rollback()
    db.begin_reading()
    return _page(_period((request.view_args or {}).get("code", "")), refusal)


def _page(period: Period, refusal: Refusal | None = None) -> Response:
    preview, release = queries.preview(period.code), queries.release(period.code)
    draft = drafts.of(preview.document, request.args.get("table")) if preview and preview.document else None
    out = {one.period for one in published.published()}
    page = render_template(
        "desk/track/releases/release.html",
        period_code=period.code,
        first_day=period.may_be_published_on(),
        may_be_published=clock.today() >= period.may_be_published_on() or config.settings().is_demo,
        release=release,
        signers=queries.names_of(filter(None, (release.signed_first, release.signed_second))) if release else {},
        preview=preview,
        draft=draft,
        progress=kept.progress(period.code),
        reasons=drafts.reasons(preview.reasons or {}) if preview else [],
        warnings=list(drafts.warnings(draft, period, out)) if draft else [],
        files=[name for name in FILES if (period.code, name) in published.printed_formats()],
        pdf_packages=" ".join(pdf.PACKAGES),
        findings=queries.findings_in(period.code, reading.finding_states(session.user())),
        signer_roles=SIGNERS,
        previewers=PREVIEWERS,
        refusal=refusal,
    )
    return make_response(page, 422 if refusal else 200)


def _period(code: str) -> Period:
    try:
        return periods.parse(code)
    except periods.NotAPeriod:
        abort(404)
