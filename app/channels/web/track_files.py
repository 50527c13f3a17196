"""The track for machines: `/api/v1/track.json`, and asked – said – did for each action."""

from flask import Response, abort

from app.channels.web import sending
from app.core import db
from app.core.access import PUBLIC, access
from app.publication import published, told, track
from app.publication.track import files, rates
from app.publication.track.chain import Chain
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
    chain = Chain(track.entries())
    action = chain.get(code)
    if action is None or action.kind != "action":
        abort(404)
    releases = {one.id for one in published.published()}
    return sending.data(files.written(files.outcome(action, chain, told.live(), asked=_asked(), releases=releases)))


def _asked() -> str:
    """The open question as it stands on paper, in Danish; '' while no survey asks it."""
    surveys = filter(None, map(versions.open_one, SURVEYS))
    texts = (one.text["da"] for survey in surveys for one in survey.questions if one.measure == QUESTION)
    return next(texts, "")
