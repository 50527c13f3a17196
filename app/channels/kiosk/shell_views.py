"""What a tablet loads: the shell, its pack, its worker, its files and its sounds."""

from flask import Response, abort, jsonify, request

from app.channels.kiosk import devices, enrolment_views, files, packs, plain_screens, plain_views
from app.core import db
from app.core.access import KIOSK, PUBLIC, access
from app.surveys import audio

_FOR_GOOD = "public, max-age=31536000, immutable"
_ASK_EACH_TIME = "no-cache"


@access(PUBLIC)
def home() -> Response:
    """The shell, whose body is the start form of the pages without script; for a stranger, where the code is typed."""
    is_leaving = plain_screens.OVER in request.args
    if not is_leaving:
        db.begin_reading()
    device = devices.current()
    if device is None:
        return enrolment_views.page()
    if device.is_revoked:
        abort(403)
    return plain_views.over(device) if is_leaving else devices.renew(plain_views.page(device))


@access(KIOSK)
def pack() -> Response:
    """Everything the tablet needs to ask without net. 304 while its version holds."""
    db.begin_reading()
    found = packs.of(devices.required())
    response = jsonify(**found.content, id=found.version)
    response.headers["Cache-Control"] = _ASK_EACH_TIME
    response.add_etag()
    response.make_conditional(request)
    return response


@access(KIOSK)
def worker() -> Response:
    """The worker may rule all of /kiosk, though it lies below. Its version is that of shell and pack."""
    db.begin_reading()
    found = packs.of(devices.required())
    response = Response(files.worker(found.version), mimetype="text/javascript")
    response.headers["Service-Worker-Allowed"] = devices.PATH
    response.headers["Cache-Control"] = _ASK_EACH_TIME
    return response


@access(PUBLIC)
def static_file(name: str) -> Response:
    """A file under its hashed name; it never changes."""
    file = files.by_name(name)
    if file is None:
        abort(404)
    return Response(file.content, mimetype=file.mimetype, headers={"Cache-Control": _FOR_GOOD})


@access(PUBLIC)
def sound(name: str) -> Response:
    """A spoken prompt, also in part: players ask for ranges."""
    content = audio.read(name) if name.isprintable() else None  # PostgreSQL takes no NUL
    if content is None:
        abort(404)
    response = Response(content, mimetype=audio.TYPE, headers={"Cache-Control": _FOR_GOOD})
    response.set_etag(name.partition(".")[0])
    response.make_conditional(request, accept_ranges=True, complete_length=len(content))
    return response


@access(PUBLIC)
def manifest() -> Response:
    """How it is installed as an app. Browsers fetch this without the cookie."""
    icon = {"src": files.icon().address, "type": "image/svg+xml", "sizes": "any"}
    response = jsonify(
        name="Gadens Stemme", short_name="Gadens Stemme", lang="da", start_url=devices.PATH, scope=devices.PATH,
        display="fullscreen", background_color="#ffffff", theme_color="#ffffff", icons=[icon],
    )  # fmt: skip
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = _ASK_EACH_TIME
    return response
