"""The start page of exports: what can be taken out, and what was."""

from flask import Blueprint, Response, make_response, render_template

from app.core import clock, db
from app.core.access import access
from app.desk.accounts import audit, session
from app.desk.track import queries as track
from app.desk.track.exporting import decidim_views, form_views, microdata_views, queries
from app.desk.track.exporting.outgoing import ACTS, READERS

pages = Blueprint("exports", __name__, url_prefix="/exports")
for part in (microdata_views, decidim_views, form_views):
    pages.register_blueprint(part.pages)
LISTED = 20


@pages.get("")
@access(*READERS)
def index() -> Response:
    """Every kind of file, and the last ones that were taken."""
    db.begin_reading()
    taken = queries.taken_out(ACTS, LISTED)
    page = render_template(
        "desk/track/exporting/index.html",
        taken=taken,
        people=track.names_of(row.actor for row in taken),
        acts=audit.ACTS,
        copenhagen=clock.COPENHAGEN,
        reads_statements=session.user().role == "analyst",
    )
    return make_response(page)
