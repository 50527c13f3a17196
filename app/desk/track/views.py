"""The start page of the track: the chain from voice to decision, and what waits for the reader."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template

from app.core import clock, db, i18n
from app.core.access import access
from app.desk.accounts import session
from app.desk.track import aloud as reading_aloud
from app.desk.track import board, cell_references, clocks, links, reading, states, timeline
from app.desk.track.actions import views as action_views
from app.desk.track.decisions import views as decision_views
from app.desk.track.exporting import views as export_views
from app.desk.track.findings import act_views as finding_acts
from app.desk.track.findings import views as finding_views
from app.desk.track.findings import voice_views as finding_voices
from app.desk.track.peers import code_views as peer_coding
from app.desk.track.peers import views as peer_views
from app.desk.track.phases import phases
from app.desk.track.phases import views as phase_views
from app.desk.track.presence import offer_views, target_views
from app.desk.track.presence import views as presence_views
from app.desk.track.proposals import views as proposal_views
from app.desk.track.proposals import waiting
from app.desk.track.releases import views as release_views
from app.desk.track.research import views as research_views
from app.desk.track.telling import tasks as telling_tasks
from app.desk.track.telling import views as telling_views
from app.publication import track
from app.publication.formats import wording
from app.publication.presence import offers

pages = Blueprint("track", __name__, url_prefix="/desk")
for part in (phase_views, finding_views, proposal_views, decision_views, release_views, research_views, action_views):
    pages.register_blueprint(part.pages)
pages.register_blueprint(telling_views.pages)
pages.register_blueprint(export_views.pages)
for part_of_findings in (finding_acts.acts, finding_voices.voices, peer_views.pages, peer_coding.pages):
    pages.register_blueprint(part_of_findings)
for part_of_presence in (presence_views, target_views, offer_views):
    pages.register_blueprint(part_of_presence.pages)


@pages.context_processor
def names() -> dict[str, Any]:
    """What every page of the track says in the same words."""
    return {
        "shown": cell_references.shown,
        "words": states.WORDS,
        "release_words": states.RELEASE_WORDS,
        "workers": reading.WORKERS,
        "tellers": telling_tasks.TELLERS,
        "period": wording.period,
        "day": wording.day,
        "phase_name": phases.name,
        "stands": waiting.stands,
        "offered": offers.shown,
        "link_to": links.to,
        "clock": lambda proposal: waiting.waited(proposal, clock.today()),
    }


@pages.get("/track")
@access(*reading.READERS)
def start() -> Response:
    """What waits, how far everything is, and which clocks run."""
    db.begin_reading()
    reader, today = session.user(), clock.today()
    page = render_template(
        "desk/track/board.html",
        phases=board.phase_line(i18n.current()),
        tasks=board.tasks(reader, today),
        steps=board.steps(reader),
        clocks=[(one, clocks.stands(one.due_on, today)) for one in board.clocks(reader, today)],
        kinds=clocks.NAMES,
        today=today,
    )
    return make_response(page)


@pages.get("/track/timeline")
@access(*reading.READERS)
def past() -> Response:
    """What has happened in public, month by month."""
    db.begin_reading()
    months = timeline.months(track.entries(), i18n.current())
    return make_response(render_template("desk/track/timeline.html", months=months, today=clock.today()))


@pages.get("/track/aloud")
@access(*reading.READERS)
def aloud() -> Response:
    """Where we stand, to be read aloud."""
    db.begin_reading()
    today, lang = clock.today(), i18n.current()
    parts = reading_aloud.parts(track.entries(), today, lang)
    return make_response(render_template("desk/track/aloud.html", parts=parts, today=today))
