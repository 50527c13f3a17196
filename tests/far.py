"""A browser of these tests before a real server: what it asks goes over the line, what comes back it reads."""

import http.client
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from urllib.parse import urlsplit

from werkzeug.test import Client

_HOP = ("transfer-encoding", "connection", "keep-alive", "date", "server")
HANDED_ON = ("HTTP_COOKIE", "HTTP_ORIGIN", "HTTP_SEC_FETCH_SITE", "HTTP_ACCEPT_LANGUAGE", "HTTP_IDEMPOTENCY_KEY")


class Line:
    """A WSGI application that is a server somewhere else."""

    def __init__(self, url: str) -> None:
        self.address = urlsplit(url)

    def app_context(self) -> AbstractContextManager[None]:
        """A server has its own."""
        return nullcontext()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Ask it, and give what it says."""
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        path = environ["PATH_INFO"] + (f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else "")
        headers = {name[5:].replace("_", "-").title(): environ[name] for name in HANDED_ON if name in environ}
        if environ.get("CONTENT_TYPE"):
            headers["Content-Type"] = environ["CONTENT_TYPE"]
        line = http.client.HTTPConnection(self.address.hostname or "", self.address.port, timeout=30)
        try:
            line.request(environ["REQUEST_METHOD"], path, body, headers)
            answer = line.getresponse()
            content = answer.read()
        finally:
            line.close()
        start_response(f"{answer.status} ", [one for one in answer.getheaders() if one[0].lower() not in _HOP])
        return [content]


def browser(url: str) -> Client:
    """A browser without a cookie, before this server."""
    return Client(Line(url))
