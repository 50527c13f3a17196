"""What peers say of a finding, answered in words; and the finding read in aloud for them."""

import re

from flask import Blueprint, Response, abort, make_response, request
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db
from app.core.access import access
from app.core.errors import Refusal
from app.core.uploads import takes_files
from app.desk.accounts import session
from app.desk.track import reading
from app.desk.track.findings import page_views, sounds
from app.desk.track.peers import queries, verdicts
from app.surveys import audio

voices = Blueprint("finding_voices", __name__, url_prefix="/track/findings")
voices.register_error_handler(Refusal, page_views.refused)
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


@voices.post("/<code>/verdicts/<verdict_id>")
@access(*page_views.AUTHORS)
def answer(code: str, verdict_id: str) -> AnyResponse:
    """The peer is told what came of the verdict."""
    finding = page_views.found(code, to_change=True)
    given = queries.verdict(bytes.fromhex(verdict_id)) if _ID.fullmatch(verdict_id) else None
    if given is None or given.finding != finding.number:
        abort(404)
    session.check_form("verdict.answer")
    written = verdicts.Answer(
        words=reading.field("answer"),
        is_shown="shown" in request.form,
        holds_no_count="no_count" in request.form,
    )
    verdicts.answer(given, finding, written, session.user(), clock.today())
    return page_views.done(finding, "verdict.answer")


@voices.post("/<code>/sound")
@access(*page_views.AUTHORS)
@takes_files
def read_in(code: str) -> AnyResponse:
    """A person's voice for the claim as it stands, or no voice again."""
    finding = page_views.to_change(code, "finding.sound")
    file = request.files.get("sound")
    sounds.keep(finding, file.read(sounds.MOST_BYTES + 1) if file else b"")
    return page_views.done(finding, "finding.sound")


@voices.get("/<code>/sound/<int:version>.mp3")
@access("peer", *reading.WORKERS)
def hear(code: str, version: int) -> Response:
    """The claim read aloud; for peers while they are asked, and when it is out."""
    db.begin_reading()
    sound = sounds.of(reading.number(code, "U"), version, session.user())
    if sound is None:
        abort(404)
    response = make_response(sound)
    response.content_type = audio.TYPE
    return response
