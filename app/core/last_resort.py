"""Around the whole application: what escapes it would reach the server, which prints the message of an exception."""

import sys
from typing import TYPE_CHECKING

from app.core import headers
from app.core.log import fault, log

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class LastResort:
    """Answers 503 where even the error page failed, so that a carrier tries again; logs class and frames only."""

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        try:
            return self._application(environ, start_response)
        except Exception as error:
            log.error("fault outside the application", extra=fault(error))
            always = [*headers.ALWAYS.items(), ("Cache-Control", "no-store")]
            start_response("503 Service Unavailable", [*always, ("Retry-After", "1")], sys.exc_info())
            return [b""]
