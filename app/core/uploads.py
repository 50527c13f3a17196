"""Files are taken only by views that say so: anywhere else a form in parts is refused before it is read."""

from typing import Any

from flask import Flask, abort, request

from app.core.access import View


def takes_files(view: View) -> View:
    """Let this view read forms in parts. It sets the largest size it takes by itself, else 64 KiB hold."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def init(app: Flask) -> None:
    """415 for parts where nobody asked for them: parsing them is work that only staff may cause."""

    @app.before_request
    def refuse_parts() -> None:
        view: Any = app.view_functions.get(request.endpoint or "")
        if request.mimetype.startswith("multipart/") and not getattr(view, "takes_files", False):
            abort(415)
