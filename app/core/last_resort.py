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

    def __init__(self, application: "WSGIApplication", *, is_https: bool = False) -> None:
        self._application, self._is_https = application, is_https

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        try:
            return self._application(environ, start_response)
        except Exception as error:
            log.error("fault outside the application", extra=fault(error) | {"is_of_citizen": True})
            always = [*headers.of_machines(is_https=self._is_https), ("Retry-After", "1")]
            start_response("503 Service Unavailable", always, sys.exc_info())
            return [b""]
