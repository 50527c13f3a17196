"""Signing in with an account elsewhere: a link away, and the way back.

A link and not a form, because `form-action` would follow the redirect. The way back changes nothing by itself: it takes
a code that only this browser's errand can use, once.
"""

from flask import Blueprint, Response, abort, make_response, request
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, config, db
from app.core.access import PUBLIC, access
from app.core.errors import Refusal
from app.desk.accounts import own_paths, refusals, session
from app.desk.accounts.outside import errands

pages = Blueprint("outside", __name__, url_prefix="/elsewhere")


@pages.get("")
@access(PUBLIC)
def go() -> AnyResponse:
    """Off to the other service."""
    if not config.settings().oidc_issuer:
        abort(404)
    try:
        sent = errands.begin(own_paths.own_path(request.args.get("next")), clock.now())
    except Refusal as refusal:
        db.db.session.rollback()
        return _login_page(refusal)
    db.db.session.commit()
    response = make_response("", 303, {"Location": sent.address})
    response.set_cookie(
        _cookie_name(), sent.token, max_age=int(errands.LONGEST.total_seconds()),
        secure=config.settings().is_https, httponly=True, samesite="Lax", path="/",
    )  # fmt: skip
    return response


@pages.get("/back")
@access(PUBLIC)
def back() -> AnyResponse:
    """Back with a code, and in."""
    if not config.settings().oidc_issuer:
        abort(404)
    try:
        errand = errands.take(request.cookies.get(_cookie_name(), ""), clock.now())
        db.db.session.commit()  # it is spent, whatever comes of it, and no transaction waits for the service
        proof = errands.prove(errand, request.args, clock.now())
        token = errands.enter(proof, clock.now())
    except Refusal as refusal:
        db.db.session.rollback()
        return _forgotten(_login_page(refusal))
    session.end(session.cookie())
    db.db.session.commit()
    return session.set_cookie(_forgotten(make_response("", 303, {"Location": errand.target})), token)


def _login_page(refusal: Refusal) -> Response:
    return refusals.page("desk/accounts/login.html", refusal, target=own_paths.own_path(None))


def _forgotten(response: Response) -> Response:
    response.delete_cookie(
        _cookie_name(), secure=config.settings().is_https, httponly=True, samesite="Lax", path="/"
    )  # fmt: skip
    return response


def _cookie_name() -> str:
    return "__Host-stemme-errand" if config.settings().is_https else "stemme-errand"
