"""Files that go out: who, what and why are written down first, and the view commits that before it sends a byte."""

from collections.abc import Iterable

from flask import Response, current_app, request

from app.core import packed_files
from app.desk.accounts import audit, session
from app.desk.moderation.exchange import reasons
from app.desk.moderation.exchange.streaming import streamed

READERS = ("council", "analyst")
ZIP = "application/zip"
ACTS = ("export.statements", "export.microdata", "export.decidim", "export.form")


def reason(form_id: str) -> str:
    """What the form says it is for. Refuses a form that is not ours, and a reason that says nothing."""
    session.check_form(form_id)
    return reasons.given(request.form.get("reason", ""))


def sent(content: bytes, mimetype: str, filename: str, *, act: str, detail: str) -> Response:
    """A file that is whole already; written down."""
    audit.record(act, detail=detail)
    return _named(Response(content, content_type=mimetype), filename)


def sent_packed(parts: Iterable[tuple[str, Iterable[bytes]]], filename: str, *, act: str, detail: str) -> Response:
    """A packed file that is made while it is sent; written down."""
    audit.record(act, detail=detail)
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the proxy is empty after the request
    return _named(Response(streamed(app, packed_files.packed(parts)), content_type=ZIP), filename)


def _named(response: Response, filename: str) -> Response:
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
