"""Pages of the codebook's files: one written for each format, and one read in after a look at what it would change."""

from collections.abc import Sequence

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import db
from app.core.access import access
from app.core.archives import LARGEST
from app.core.errors import Refusal
from app.core.uploads import takes_files
from app.desk.accounts import session
from app.desk.moderation.codebook import codes, drafting, version_queries
from app.desk.moderation.codebook.lines import CONTENT, Line
from app.desk.moderation.codebook.standing import Standing
from app.desk.moderation.exchange import carried, field_names, formats, plan
from app.desk.moderation.exchange.formats import FORMATS
from app.desk.moderation.exchange.plan import Plan
from app.desk.moderation.exchange.said import Said

pages = Blueprint("codebook_files", __name__, url_prefix="/desk/codebook")
READERS = ("peer", "moderator", "safeguarding", "council", "analyst", "admin")
WRITERS = ("moderator", "analyst")
FORM = "codebook.import"
FORM_AROUND = 16 * 1024
"""Bytes of a form beside its file."""


@pages.get("/export")
@access(*READERS)
def files() -> Response:
    """The formats there are."""
    db.begin_reading()
    page = render_template(
        "desk/moderation/exchange/files.html", formats=FORMATS, may_write=session.user().role in WRITERS
    )
    return make_response(page)


@pages.get("/export.<name>")
@access(*READERS)
def export(name: str) -> Response:
    """The published codebook as a file."""
    one = formats.named(name)
    if one is None:
        abort(404)
    db.begin_reading()
    standing = drafting.standing()
    lines = [line for line in standing.in_order() if line.kind in CONTENT]
    content = one.write(lines if one.has_states else _in_use(lines), _reasons(standing))
    filename = f"kodebog-v{codes.book().version}-{one.name}.{one.ending}"
    response = Response(content, content_type=one.mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


@pages.get("/import")
@access(*WRITERS)
def choose() -> Response:
    """Where a file is chosen."""
    db.begin_reading()
    return _form(None)


@pages.post("/import")
@access(*WRITERS)
@takes_files
def preview() -> Response:
    """What the file would change. Nothing is stored."""
    request.max_content_length = LARGEST + FORM_AROUND
    sent = request.files.get("file")
    try:
        session.check_form(FORM)
        said = formats.read((sent.filename if sent else "") or "", sent.read() if sent else b"")
    except Refusal as refusal:
        return _form(refusal)
    db.begin_reading()
    return _preview(said)


@pages.post("/import/confirm")
@access(*WRITERS)
def confirm() -> AnyResponse:
    """Put what was shown into the draft, all or nothing; shown again if the codebook has changed since."""
    request.max_content_length = request.max_form_memory_size = carried.LARGEST
    try:
        said = carried.unpack(request.form.get("said", ""))
    except Refusal as refusal:
        return _form(refusal)
    try:
        session.check_form(FORM)
    except Refusal as refusal:
        return _preview(said, refusal, status=422)
    found = _plan(said)
    if found.conflicts or found.digest != request.form.get("digest"):
        return _preview(said, status=409)
    try:
        drafting.propose(found.changes, request.form.get("reason", ""), session.user())
    except Refusal as refusal:
        db.db.session.rollback()
        return _preview(said, refusal, status=422)
    db.db.session.commit()
    return redirect(url_for("codebook.draft.show"), 303)


def _plan(said: Sequence[Said]) -> Plan:
    return plan.of(said, drafting.drafted(), drafting.number())


def _form(refusal: Refusal | None) -> Response:
    page = render_template("desk/moderation/exchange/import.html", refusal=refusal and str(refusal), form_id=FORM)
    return make_response(page, 422 if refusal else 200)


def _preview(said: Sequence[Said], refusal: Refusal | None = None, *, status: int = 200) -> Response:
    page = render_template(
        "desk/moderation/exchange/preview.html",
        plan=_plan(said),
        packed=carried.pack(said),
        refusal=refusal and str(refusal),
        has_changed=status == 409,
        reason=request.form.get("reason", ""),
        field_names=field_names.NAMES,
        form_id=FORM,
    )
    return make_response(page, status)


def _in_use(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.is_active]


def _reasons(standing: Standing) -> dict[str, str]:
    """Why each code was last changed."""
    found: dict[str, str] = {}
    for event in version_queries.all_events():
        if event.code_guid and event.code_guid in standing.lines and event.reason:
            found.setdefault(event.code_guid, event.reason)
    return found
