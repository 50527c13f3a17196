"""Pages where the size of target groups is read in: a look at every row first, then a person's yes."""

import base64
import binascii
import zlib

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db
from app.core.access import access
from app.core.errors import Refusal
from app.core.uploads import takes_files
from app.desk.accounts import audit, session
from app.desk.track.presence import queries as people
from app.publication.presence import queries, target_groups, target_sets
from app.publication.presence.target_groups import COUNTS, SHARES, Looked

pages = Blueprint("targets", __name__, url_prefix="/track/presence/groups")
READERS = ("council", "moderator", "analyst")
WRITERS = ("council", "analyst")
FORM = "presence.groups"
LARGEST = 2 * 1024 * 1024


@pages.get("")
@access(*READERS)
def index() -> Response:
    """What is here, and where a file is chosen."""
    db.begin_reading()
    return _page()


@pages.post("")
@access(*WRITERS)
@takes_files
def preview() -> Response:
    """What the file would bring, row by row. Nothing is stored."""
    request.max_content_length = LARGEST
    sent = request.files.get("file")
    content = sent.read() if sent else b""
    db.begin_reading()
    try:
        session.check_form(FORM)
        found = target_groups.look(content)
    except Refusal as refusal:
        return _page(refusal)
    return _preview(content, found)


@pages.post("/confirm")
@access(*WRITERS)
def confirm() -> AnyResponse:
    """Keep the rows that were shown as new."""
    request.max_content_length = request.max_form_memory_size = 2 * LARGEST
    content = _unpacked(request.form.get("content", ""))
    try:
        session.check_form(FORM)
        found = target_groups.take_in(content, by=session.user().id.hex(), today=clock.today())
    except Refusal as refusal:
        db.db.session.rollback()
        db.begin_reading()
        return _page(refusal)
    audit.record("presence.groups", count=len(found.new))
    db.db.session.commit()
    return redirect(url_for("track.targets.index"), 303)


def _page(refusal: Refusal | None = None) -> Response:
    files = queries.files()
    page = render_template(
        "desk/track/presence/groups.html",
        refusal=refusal and str(refusal),
        files=files,
        names=people.names_of([one.read_by for one in files]),
        sets=[found for key in target_sets.known() if (found := target_sets.get(key))],
        shares=queries.shares(),
        columns={"counts": ";".join(COUNTS), "shares": ";".join(SHARES)},
        writers=WRITERS,
        form_id=FORM,
    )
    return make_response(page, 422 if refusal else 200)


def _preview(content: bytes, found: Looked) -> Response:
    packed = base64.urlsafe_b64encode(zlib.compress(content)).decode()
    page = render_template("desk/track/presence/preview.html", found=found, packed=packed, form_id=FORM)
    return make_response(page)


def _unpacked(packed: str) -> bytes:
    """The file again as it was looked at; every row is looked at once more before it is kept."""
    try:
        unpacking = zlib.decompressobj()
        return unpacking.decompress(base64.urlsafe_b64decode(packed), LARGEST)
    except (binascii.Error, ValueError, zlib.error):
        abort(400)
