"""To Decidim and back: files of proposals, answers and results, and the numbers Decidim gave them."""

import re
from collections.abc import Sequence

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core import db
from app.core.access import access
from app.core.errors import Refusal
from app.core.uploads import takes_files
from app.desk.accounts import audit, session
from app.desk.moderation.exchange import reasons
from app.desk.track.exchange import decidim, decidim_export, for_decidim, queries
from app.desk.track.exchange.decidim_export import Match
from app.desk.track.exchange.models import DecidimLink
from app.desk.track.exporting import outgoing
from app.desk.track.exporting.outgoing import READERS
from app.desk.track.states import WORDS
from app.publication import track
from app.publication.track import Entry

pages = Blueprint("decidim", __name__, url_prefix="/decidim")
FORM, LINK_FORM = "export.decidim", "decidim.link"
FILES = {
    "proposals.csv": "text/csv; charset=utf-8",
    "proposals.json": "application/json",
    "answers.csv": "text/csv; charset=utf-8",
    "results.csv": "text/csv; charset=utf-8",
}
_NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


class NotANumber(Refusal):
    """Decidim knows its taxonomies, scopes and statuses by number."""


@pages.get("")
@access(*READERS)
def choose() -> Response:
    """What is public and could be sent, and what Decidim knows already."""
    db.begin_reading()
    return _page(None)


@pages.post("/<name>")
@access(*READERS)
def export(name: str) -> Response:
    """One of the files."""
    if name not in FILES:
        abort(404)
    try:
        why = outgoing.reason(FORM)
        content = _content(name)
    except Refusal as refusal:
        db.db.session.rollback()
        db.begin_reading()
        return _page(refusal)
    response = outgoing.sent(content, FILES[name], f"decidim-{name}", act=FORM, detail=f"{name}: {why}")
    db.db.session.commit()
    return response


@pages.post("/numbers")
@access(*READERS)
@takes_files
def read() -> Response:
    """Decidim's export beside ours, by title. Nothing is kept before somebody has looked."""
    request.max_content_length = decidim_export.LARGEST + 16 * 1024
    sent = request.files.get("file")
    try:
        session.check_form(LINK_FORM)
        listed = decidim_export.read(sent.read() if sent else b"")
    except Refusal as refusal:
        db.begin_reading()
        return _page(refusal)
    db.begin_reading()
    ours = {one.code: for_decidim.titles(one).values() for one in (*_proposals(), *_actions())}
    return _matches(decidim_export.matched(ours, listed))


@pages.post("/links")
@access(*READERS)
def confirm() -> AnyResponse:
    """Keep the numbers that were ticked."""
    session.check_form(LINK_FORM)
    public = {one.code for one in (*_proposals(), *_actions())}
    chosen = [code for code in request.form.getlist("code") if code in public]
    for code in chosen:
        number, _bar, rest = request.form.get(f"row-{code}", "").partition("|")
        reference, _bar, url = rest.partition("|")
        url = decidim_export.followable(url)
        queries.keep(DecidimLink(code=code, decidim_id=_number(number), reference=reference[:80], url=url))
    audit.record(LINK_FORM, count=len(chosen))
    db.db.session.commit()
    return redirect(url_for("track.exports.decidim.choose"), 303)


def _content(name: str) -> bytes:
    numbers = {one.code: one.decidim_id for one in queries.links()}
    if name == "answers.csv":
        return decidim.answers_csv(for_decidim.replies(_proposals(), numbers))
    if name == "results.csv":
        statuses = {state: _optional(f"status-{state}") for state in for_decidim.ACTION_STATES}
        return decidim.results_csv(for_decidim.results(_actions(), numbers, statuses))
    chosen = request.form.getlist("code")
    picked = [one for one in _proposals() if one.code in chosen]
    taxonomies = {one.code: _numbers(request.form.get(f"taxonomies-{one.code}", "")) for one in picked}
    ideas = for_decidim.ideas(picked, taxonomies, _optional("scope"))
    return decidim.proposals_csv(ideas) if name.endswith("csv") else decidim.proposals_json(ideas)


def _proposals() -> list[Entry]:
    return [one for one in track.entries("proposal") if one.state != "withdrawn"]


def _actions() -> list[Entry]:
    return track.entries("action")


def _optional(name: str) -> str:
    written = request.form.get(name, "").strip()
    return str(_number(written)) if written else ""


def _numbers(written: str) -> Sequence[int]:
    return tuple(_number(part.strip()) for part in written.split(",") if part.strip())


def _number(written: str) -> int:
    if not _NUMBER.fullmatch(written):
        raise NotANumber(_("%(written)s is not a number of Decidim.", written=written[:40] or "–"))
    return int(written)


def _page(refusal: Refusal | None) -> Response:
    page = render_template(
        "desk/track/exporting/decidim.html",
        refusal=refusal and str(refusal),
        proposals=[(one, for_decidim.titles(one)["da"]) for one in _proposals()],
        actions=[(one, for_decidim.titles(one)["da"]) for one in _actions()],
        known={one.code: one for one in queries.links()},
        answered=decidim.STATES,
        action_states=for_decidim.ACTION_STATES,
        state_words=WORDS,
        given=request.form,
        chosen=request.form.getlist("code"),
        shortest=reasons.SHORTEST,
        longest=reasons.LONGEST,
        form_id=FORM,
        link_form_id=LINK_FORM,
    )
    return make_response(page, 422 if refusal else 200)


def _matches(found: Sequence[Match]) -> Response:
    page = render_template(
        "desk/track/exporting/decidim_numbers.html",
        found=[one for one in found if one.found],
        unknown=[one for one in found if not one.found],
        link_form_id=LINK_FORM,
    )
    return make_response(page)
