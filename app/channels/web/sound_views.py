"""Questions read aloud: plain files behind plain links, nothing loaded until somebody presses one."""

from flask import Response, abort, make_response, request

from app.core import db
from app.core.access import PUBLIC, access
from app.surveys import audio

KEPT = "public, max-age=31536000, immutable"  # a year: the name is the hash of what is said


@access(PUBLIC)
def sound(name: str) -> Response:
    """One prompt. Telephones ask for it in parts."""
    db.begin_reading()
    found = audio.read(name)
    if found is None:
        abort(404)
    response = make_response(found)
    response.headers["Content-Type"] = audio.TYPE
    response.headers["Cache-Control"] = KEPT
    response.make_conditional(request, accept_ranges=True, complete_length=len(found))
    return response
