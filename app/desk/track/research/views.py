"""Pages of research."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db, i18n
from app.core.access import access
from app.core.errors import Refusal
from app.core.uploads import takes_files
from app.desk.accounts import audit, session
from app.desk.track import reading, states
from app.desk.track.findings.models import Finding
from app.desk.track.phases import phases
from app.desk.track.phases import queries as phase_queries
from app.desk.track.research import pdf_files, queries, research
from app.desk.track.research.models import MOST_SAID, Research
from app.publication import initiatives, themes

pages = Blueprint("research", __name__, url_prefix="/track/research")
WRITERS = ("council", "analyst")
FORM_AROUND = 64 * 1024
"""Bytes of a form beside its file."""
_NO_NAME = re.compile(r"[^\w.\- ]+")


@pages.get("")
@access(*reading.READERS)
def index() -> Response:
    """All research the reader may see, and where we asked in vain."""
    db.begin_reading()
    page = render_template(
        "desk/track/research/index.html",
        research=queries.all_in(reading.research_states(session.user())),
        kinds=research.KIND_NAMES,
        writers=WRITERS,
    )
    return make_response(page)


@pages.get("/new")
@access(*WRITERS)
def new() -> Response:
    """An empty form."""
    db.begin_reading()
    current = phases.current(clock.today())
    return _form(None, {"phase": current.key if current else "", "asked_on": ""}, themes=[], initiatives=[])


@pages.post("")
@access(*WRITERS)
@takes_files
def create() -> AnyResponse:
    """Registered."""
    request.max_content_length = pdf_files.LARGEST + FORM_AROUND
    session.check_form("research")
    phase = phase_queries.phase(reading.field("phase"))
    found = research.register(_words(), phase, session.user(), file=_file())
    return _done(found, "research.register")


@pages.get("/<code>")
@access(*reading.READERS)
def show(code: str) -> Response:
    """One piece of research, and how it stands to our findings."""
    db.begin_reading()
    return _page(code)


@pages.get("/<code>/file")
@access(*reading.WORKERS)
def file(code: str) -> Response:
    """The file itself, for those who work on the track."""
    db.begin_reading()
    found = _found(code)
    content = queries.file(found.number) if found.file_sha256 else None
    if content is None:
        abort(404)
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.code}.pdf"'
    return response


@pages.get("/<code>/edit")
@access(*WRITERS)
def edit(code: str) -> Response:
    """The form with what was registered."""
    db.begin_reading()
    found = _found(code)
    written = {name: getattr(found, name) for name in research.Words.__dataclass_fields__}
    return _form(found, written, themes=found.themes, initiatives=found.initiatives)


@pages.post("/<code>")
@access(*WRITERS)
@takes_files
def save(code: str) -> AnyResponse:
    """What was registered, changed."""
    request.max_content_length = pdf_files.LARGEST + FORM_AROUND
    found = _to_change(code, "research")
    research.edit(found, _words(), file=_file())
    return _done(found, "research.edit")


@pages.post("/<code>/relations")
@access(*WRITERS)
def relate(code: str) -> AnyResponse:
    """How it stands to each finding."""
    found = _to_change(code, "research.relate")
    research.relate(found, _relations(), clock.today())
    return _done(found, "research.relate")


@pages.post("/<code>/review")
@access("analyst")
def review(code: str) -> AnyResponse:
    """An analyst has read it."""
    found = _to_change(code, "research.review")
    research.review(found, session.user())
    return _done(found, "research.review")


@pages.post("/<code>/publish")
@access(*WRITERS)
def publish(code: str) -> AnyResponse:
    """Public from today."""
    found = _to_change(code, "research.publish")
    research.publish(found, clock.today())
    return _done(found, "research.publish")


@pages.post("/<code>/withdraw")
@access(*WRITERS)
def withdraw(code: str) -> AnyResponse:
    """Taken back, with the reason."""
    found = _to_change(code, "research.withdraw")
    research.withdraw(found, reading.field("reason"), clock.today())
    return _done(found, "research.withdraw")


@pages.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """An expected no, on the page it was asked on, with everything that was written; a file must be chosen again."""
    db.db.session.rollback()
    db.begin_reading()
    code = (request.view_args or {}).get("code")
    if "title" in request.form or code is None:
        chosen = {name: request.form.getlist(name) for name in ("themes", "initiatives")}
        return _form(_found(code) if code else None, request.form, refusal=refusal, **chosen)
    return _page(code, refusal)


def _page(code: str, refusal: Refusal | None = None) -> Response:
    reader, found = session.user(), _found(code)
    readable = reading.finding_states(reader)
    stands = {one.finding: one.relation for one in found.relations if one.finding.state in readable}
    page = render_template(
        "desk/track/research/research.html",
        research=found,
        stands=stands,
        findings=queries.findings() if reader.role in WRITERS else (),
        relations=research.RELATION_NAMES,
        kinds=research.KIND_NAMES,
        themes=[themes.name(theme, i18n.current()) for theme in found.themes],
        initiatives=[initiatives.names()[key] for key in found.initiatives],
        phase=phase_queries.phase(found.phase_key) if found.phase_key else None,
        phase_name=phases.name,
        writers=WRITERS,
        refusal=refusal,
    )
    return make_response(page, 422 if refusal else 200)


def _form(
    found: Research | None,
    written: Mapping[str, Any],
    *,
    themes: list[str],
    initiatives: list[str],
    refusal: Refusal | None = None,
) -> Response:
    page = render_template(
        "desk/track/research/research_form.html",
        research=found,
        written=written,
        version=states.next_version(found, refusal, reading.version()),
        chosen=(*themes, *initiatives),
        **_choices(),
        refusal=refusal,
    )
    return make_response(page, 422 if refusal else 200)


def _choices() -> dict[str, Any]:
    return {
        "kinds": research.KIND_NAMES,
        "themes": [(theme, themes.name(theme, i18n.current())) for theme in themes.codes()],
        "initiatives": initiatives.names(),
        "phases": phase_queries.phases(),
        "phase_name": phases.name,
        "longest": MOST_SAID,
    }


def _found(code: str, *, to_change: bool = False) -> Research:
    found = queries.research(reading.number(code, "R"), to_change=to_change)
    if found is None or found.state not in reading.research_states(session.user()):
        abort(404)
    return found


def _to_change(code: str, form: str) -> Research:
    found = _found(code, to_change=True)  # first, so that a code nobody knows is not found, whatever the form
    session.check_form(form)
    states.same_version(found, reading.version())
    return found


def _relations() -> dict[Finding, str]:
    said = {finding: request.form.get(finding.code, "") for finding in queries.findings()}
    return {finding: relation for finding, relation in said.items() if relation}


def _words() -> research.Words:
    return research.Words(
        kind=reading.field("kind"),
        title=reading.field("title"),
        institution=reading.field("institution"),
        dated=reading.day("dated"),
        asked_on=reading.day("asked_on"),
        link=reading.field("link"),
        says=reading.field("says"),
        themes=tuple(request.form.getlist("themes")),
        initiatives=tuple(request.form.getlist("initiatives")),
        permission=reading.field("permission")[:200],
    )


def _file() -> research.File | None:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return None
    return research.File(_NO_NAME.sub("", sent.filename)[-120:], sent.read())


def _done(found: Research, act: str) -> AnyResponse:
    audit.record(act, found.code)
    db.db.session.commit()
    return redirect(url_for("track.research.show", code=found.code), 303)
