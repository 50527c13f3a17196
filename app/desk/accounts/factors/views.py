"""The pages of the second factor: the code at sign-in, setting up a telephone, recovery codes, another telephone."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db, qr
from app.core.access import PUBLIC, ROLES, access
from app.core.errors import Refusal
from app.desk.accounts import audit, own_paths, refusals, session, signing_in
from app.desk.accounts.factors import factor, one_time_codes
from app.desk.accounts.factors import queries as factors
from app.desk.accounts.factors.factor import CodeRefused, Offer
from app.desk.accounts.models import BOTH, PASSWORD, User

pages = Blueprint("factor", __name__)
QR_MILLIMETRES = 45


@pages.route("/code", methods=["GET", "POST"])
@access(PUBLIC)
def show_code() -> AnyResponse:
    """The code of the telephone, for somebody whose password was right."""
    target, half = own_paths.own_path(request.values.get("next")), session.half()
    if half is None:
        return redirect(url_for("accounts.login", next=target), 303)
    if request.method != "POST":
        return _code_page(target)
    try:
        session.check_form("code")
        token = signing_in.show_code(half, request.form.get("code", ""), clock.now())
    except Refusal as refusal:
        db.db.session.rollback()
        if isinstance(refusal, CodeRefused):
            audit.record("factor.wrong", actor=half.user.id.hex())
            db.db.session.commit()
        return _code_page(target, refusal)
    session.end(session.cookie())
    db.db.session.commit()
    return session.set_cookie(make_response("", 303, {"Location": target}), token)


@pages.get("/factor")
@access(*ROLES)
def show() -> Response:
    """The telephone somebody has, or how to set one up."""
    db.begin_reading()
    return _factor_page()


@pages.post("/factor")
@access(*ROLES)
def add() -> Response:
    """The telephone has read the secret and shows a code: from now on it is asked for."""
    form, key = request.form, session.key()
    try:
        session.check_form("factor")
        user = _me()
        codes = factor.set_up(user, form.get("sealed", ""), form.get("code", ""), key, clock.now())
    except Refusal as refusal:
        db.db.session.rollback()
        return _factor_page(refusal, factor.offered_before(form.get("sealed", ""), key))
    return _codes_page(user, codes)


@pages.post("/factor/codes")
@access(*ROLES)
def new_codes() -> Response:
    """Other recovery codes."""
    try:
        session.check_form("factor")
        user = _me()
        codes = factor.new_codes(user, request.form.get("code", ""), clock.now())
    except Refusal as refusal:
        db.db.session.rollback()
        return _factor_page(refusal)
    return _codes_page(user, codes)


@pages.post("/factor/remove")
@access(*ROLES)
def remove() -> AnyResponse:
    """Another telephone: this one, or a recovery code, says so."""
    try:
        session.check_form("factor")
        user = _me()
        factor.show(user, request.form.get("code", ""), clock.now())
    except Refusal as refusal:
        db.db.session.rollback()
        return _factor_page(refusal)
    factor.forget(user)
    audit.record("factor.remove", user.id.hex())
    token = session.begin(user, clock.now(), PASSWORD)
    db.db.session.commit()
    return session.set_cookie(make_response("", 303, {"Location": url_for("accounts.factor.show")}), token)


def _me() -> User:
    """Who is signed in, in this transaction."""
    return session.still(session.signed_in())


def _code_page(target: str, refusal: Refusal | None = None) -> Response:
    return refusals.page("desk/accounts/code.html", refusal, target=target)


def _factor_page(refusal: Refusal | None = None, offered: Offer | None = None) -> Response:
    me = session.user()
    if me.totp_secret:
        return refusals.page("desk/accounts/factor.html", refusal, codes_left=factors.codes_left(me.id))
    offered = offered or factor.offer(session.key())
    return refusals.page(
        "desk/accounts/factor_new.html",
        refusal,
        offer=offered,
        picture=qr.data_uri(one_time_codes.address(offered.secret, me.name), millimetres=QR_MILLIMETRES),
        is_demanded=factor.is_demanded(),
    )


def _codes_page(user: User, codes: list[str]) -> Response:
    """The recovery codes, once, in a session that began just now: every other one has ended."""
    token = session.begin(user, clock.now(), BOTH)
    db.db.session.commit()
    session.go_on(user.id, token, BOTH)
    return session.set_cookie(make_response(render_template("desk/accounts/recovery_codes.html", codes=codes)), token)
