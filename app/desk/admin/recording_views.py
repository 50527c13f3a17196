"""The sounds of a survey: listening to a prompt at the desk."""

from flask import Blueprint, Response, abort, make_response

from app.core import db
from app.core.access import access
from app.surveys import audio

pages = Blueprint("recordings", __name__, url_prefix="/surveys")


@pages.get("/audio/<name>")
@access("admin", "analyst")
def hear(name: str) -> Response:
    """One prompt, as it is played to people."""
    db.begin_reading()
    sound = audio.read(name)
    if sound is None:
        abort(404)
    response = make_response(sound)
    response.content_type = audio.TYPE
    return response
