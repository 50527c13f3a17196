"""Which tablet makes a request: a cookie that opens /kiosk and nothing else; the table holds only its hash."""

from flask import Response, abort, request

from app.core import config
from app.surveys import kiosks
from app.surveys.models import Kiosk

PATH = "/kiosk"
_LIFE = 400 * 86400  # seconds: the longest that browsers keep a cookie; every heartbeat and every start page renew it


def current() -> Kiosk | None:
    """The tablet of this request, revoked or not."""
    return kiosks.by_token(request.cookies.get(cookie_name(), ""))


def required() -> Kiosk:
    """The tablet of this request. 401 for an unknown token, 403 for a revoked tablet."""
    device = current()
    if device is None:
        abort(401)
    if device.is_revoked:
        abort(403)
    return device


def cookie_name() -> str:
    """`__Secure-` makes browsers refuse the cookie over plain http."""
    return "__Secure-kiosk" if config.settings().is_https else "kiosk"


def give(response: Response, token: str) -> Response:
    """Let the tablet keep its token."""
    response.set_cookie(
        cookie_name(), token, max_age=_LIFE, secure=config.settings().is_https, httponly=True, samesite="Strict",
        path=PATH,
    )  # fmt: skip
    return response


def renew(response: Response) -> Response:
    """Let it keep the token it has for as long again."""
    return give(response, request.cookies[cookie_name()])


def take_back(response: Response) -> Response:
    """Drop the cookie. Never the browser's storage: answers that were not sent lie there."""
    secure = config.settings().is_https
    response.delete_cookie(cookie_name(), secure=secure, httponly=True, samesite="Strict", path=PATH)
    return response
