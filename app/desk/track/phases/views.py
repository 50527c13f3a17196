"""Pages of phases."""

from flask import Blueprint, Response, make_response, render_template

from app.core import db, i18n
from app.core.access import access
from app.desk.track import reading
from app.desk.track.dossiers import queries as dossiers
from app.desk.track.phases import phases, queries

pages = Blueprint("phases", __name__, url_prefix="/track/phases")


@pages.get("")
@access(*reading.READERS)
def index() -> Response:
    """Every phase, with its days."""
    db.begin_reading()
    found = queries.phases()
    named = [(one, phases.name(one, i18n.current()), dossiers.of_phase(one.key)) for one in found]
    return make_response(render_template("desk/track/phases/index.html", phases=named))
