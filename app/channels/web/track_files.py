"""The track for machines: `/api/v1/track.json`, asked – said – did for each action, and the dossier of each phase."""

from flask import Response, abort, make_response

from app.channels.web import sending
from app.core import db
from app.core.access import PUBLIC, access
from app.publication import published, told, track
from app.publication.dossiers import copies
from app.publication.track import files, rates
from app.publication.track.chain import public
from app.surveys import versions

SURVEYS = ("sms_core", "five_tap")
"""Where people are asked the open question, whichever is open first."""
QUESTION = "stay.change"


@access(PUBLIC)
def whole() -> Response:
    """Every public object of the track with its links."""
    sending.refuse_questions()
    db.begin_reading()
    counted = [(kept.period, rate) for kept, rate in rates.published()]
    return sending.data(files.document(track.entries(), told.live(), counted))


@access(PUBLIC)
def outcome(code: str) -> Response:
    """What was asked, said and done about one action."""
    sending.refuse_questions()
    db.begin_reading()
    chain = public()
    action = chain.get(code)
    if action is None or action.kind != "action":
        abort(404)
    releases = {one.id for one in published.published()}
    return sending.data(files.written(files.outcome(action, chain, told.live(), asked=_asked(), releases=releases)))


@access(PUBLIC)
def dossier(phase: str) -> Response:
    """Everything the decisions of a phase stood on, packed: the newest dossier, where one corrects another."""
    sending.refuse_questions()
    db.begin_reading()
    stored = copies.newest(phase) or abort(404)
    response = make_response(stored.content)
    response.headers["Content-Type"] = "application/zip"
    response.headers["Content-Disposition"] = f'attachment; filename="dossier-{phase}-{stored.number}.zip"'
    return sending.cached(response, stored.sha256)


def _asked() -> str:
    """The open question as it stands on paper, in Danish; '' while no survey asks it."""
    surveys = filter(None, map(versions.open_one, SURVEYS))
    texts = (one.text["da"] for survey in surveys for one in survey.questions if one.measure == QUESTION)
    return next(texts, "")
