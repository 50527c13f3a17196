"""How pages are made: limits on what comes in, names every template knows, one page for every error.

A carrier gets no page: it keeps what we answer in its own log, and it tries again after a 503 but not after a 500.
Nor does the script of a tablet, which goes by the number alone.
"""

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, make_response, render_template, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

from app.core import access, csrf, db, headers, i18n, log, nul, uploads
from app.core.config import Settings
from app.core.errors import Refusal

LARGEST_BODY = 64 * 1024
LOOPBACK = ("localhost", "127.0.0.1")
"""How this machine's own watchers and proxies may call us."""


def init(app: Flask, settings: Settings) -> None:
    """Limits, template names and error pages."""
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY, MAX_FORM_MEMORY_SIZE=LARGEST_BODY, MAX_FORM_PARTS=50, SESSION_COOKIE_NAME="-"
    )
    uploads.init(app)
    nul.init(app)
    if settings.env != "demo":  # a demo may be shown to others at whatever address the machine has
        app.config["TRUSTED_HOSTS"] = [*map(_host, settings.own_addresses), *LOOPBACK]
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, settings.proxies, 1, 1)  # type: ignore[method-assign]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(lambda: _names(settings))
    app.register_error_handler(HTTPException, error_page)
    app.register_error_handler(Refusal, refusal_page)
    app.register_error_handler(db.Busy, busy_page)
    app.register_error_handler(OperationalError, busy_page)


def error_page(error: HTTPException) -> Response:
    """One page for every error, in the reader's language, without detail."""
    status = error.code or 500
    if error.response is not None and status < 400:
        return error.response  # type: ignore[return-value]
    is_lost = isinstance(error, SecurityError)  # whoever calls us by another name gets no page: links need a name
    if (_is_machine() or is_lost) and status >= 500:
        return _again()
    content = None if _is_machine() or is_lost else _page(status, None)
    response = Response(content, status, mimetype="text/html" if content else "text/plain")
    if retry := getattr(error, "retry_after", None):
        response.headers["Retry-After"] = str(retry)
    return response


def refusal_page(refusal: Refusal) -> Response:
    """An expected no that no view has worded on its own page."""
    if _is_machine():
        return _again()
    return make_response(_page(422, str(refusal)), 422)


def busy_page(error: db.Busy | OperationalError) -> Response:
    """Nothing was stored; the sender may try again in a moment."""
    log.unavailable(error)
    return _again(None if _is_machine() else _page(503, None))


def _host(address: str) -> str:
    return urlsplit(address).hostname or ""


def _again(page: str | None = None) -> Response:
    return Response(page, 503, {"Retry-After": "1"}, mimetype="text/html" if page else "text/plain")


def _is_machine() -> bool:
    return access.PROVIDER in access.of_request(current_app) or request.path.startswith("/kiosk/api/")


def _page(status: int, sentence: str | None) -> str:
    again = _what_was_sent() if status == 429 else []
    return render_template(f"{_folder()}/error.html", status=status, sentence=sentence, again=again)


def _what_was_sent() -> list[tuple[str, str]]:
    """The fields of a form that came too early, to be sent again as they are; an address of ours only."""
    is_form = request.method == "POST" and request.endpoint is not None and not request.path.startswith("/desk")
    return list(request.form.items(multi=True)) if is_form else []


def _folder() -> str:
    """Whose error page it is."""
    if headers.is_of_the_desk():
        return "desk"
    return "kiosk" if request.path.startswith("/kiosk") else "web"


def _names(settings: Settings) -> dict[str, Any]:
    lang = i18n.current()
    return {
        "lang": lang,
        "dir": i18n.direction(lang),
        "css": headers.CITIZEN_CSS,
        "form_token": csrf.token,
        "native_names": i18n.NATIVE_NAMES,
        "sms_number": settings.sms_number,
        "is_demo": settings.is_demo,
    }
