"""Texts past the ceremonies of a page: no routing, no hooks, no request context. They are a quarter of a text's work.

What is stored and answered goes this way. Everything else takes the long way, through Flask: other addresses,
bodies of unknown length, and every no, which Flask's error pages say.
"""

import time
from contextlib import nullcontext
from typing import TYPE_CHECKING

from flask import Flask, Response, has_app_context

from app.channels.sms import views
from app.channels.sms.providers import PROVIDERS
from app.core import headers, log, metrics

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class ShortWay:
    """The application, with a way of its own for texts."""

    def __init__(self, app: Flask, long_way: "WSGIApplication") -> None:
        self._app, self._long_way = app, long_way
        self._carriers = {f"/sms/{provider.name}": provider.name for provider in PROVIDERS}

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        carrier = self._carriers.get(environ["PATH_INFO"])
        if carrier is None or environ["REQUEST_METHOD"] != "POST" or not environ.get("CONTENT_LENGTH"):
            return self._long_way(environ, start_response)
        began = time.monotonic()
        try:
            with nullcontext() if has_app_context() else self._app.app_context():  # as Flask's own requests do
                response = views.answer(carrier, self._app.request_class(environ))
                machines = headers.for_machines()
                metrics.answered_carrier(time.monotonic() - began)
        except Exception as error:
            return self._no(environ, error, began)(environ, start_response)
        content = response.get_data()
        start_response(response.status, [*response.headers, *machines])
        return [content]

    def _no(self, environ: "WSGIEnvironment", error: Exception, began: float) -> Response:
        """What Flask makes of an error, with all its hooks."""
        with self._app.request_context(environ):
            log.begin(began)
            try:
                return self._app.finalize_request(self._app.handle_user_exception(error))
            except Exception as unhandled:
                return self._app.handle_exception(unhandled)


def init(app: Flask) -> None:
    """Put it around the application."""
    app.wsgi_app = ShortWay(app, app.wsgi_app)  # type: ignore[method-assign]
