"""Signing in and out, the password, the audit trail, and the door every page of the desk stands behind."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import access, clock, config, db, hypermedia, i18n, numbers
from app.core.access import KIOSK, OPERATOR, PROVIDER, PUBLIC, ROLES
from app.core.errors import Refusal
from app.desk.accounts import anchor, assets, audit, navigation, own_paths, queries, refusals, session, signing_in
from app.desk.accounts.factors import factor
from app.desk.accounts.factors import views as factors
from app.desk.accounts.outside import views as outside
from app.desk.accounts.session import SignedIn

pages = Blueprint("accounts", __name__, url_prefix="/desk")
pages.register_blueprint(factors.pages)
pages.register_blueprint(outside.pages)
WITHOUT_SIGN_IN = {PUBLIC, PROVIDER, KIOSK, OPERATOR}
DESK_LANGUAGES = ("da", "en")
ROWS = 50


@pages.before_app_request
def admit() -> AnyResponse | None:
    """Let in whom the view has named; a view that names nobody stays shut."""
    g.signed_in = g.half_in = None
    who = access.of_request(current_app)
    if not request.path.startswith("/desk") and who & WITHOUT_SIGN_IN:
        return None
    i18n.use(i18n.current() if i18n.current() in DESK_LANGUAGES else "da")
    session.read(clock.now())
    if who & WITHOUT_SIGN_IN:
        return None
    signed_in = session.current()
    if signed_in is None:
        return _to_sign_in()
    if signed_in.user.role not in who:
        abort(403)
    return _before_anything_else(signed_in)


@pages.app_context_processor
def names() -> dict[str, Any]:
    """What the desk's templates know besides the names of every template."""
    signed_in = session.current()
    return {
        "me": signed_in.user if signed_in else None,
        "session_key": session.key(),
        "has_elsewhere": bool(config.settings().oidc_issuer),
        "places_to_go": navigation.open_to(signed_in.user.role) if signed_in else [],
        "asset": assets.asset,
    }


@pages.route("/login", methods=["GET", "POST"])
@access.access(PUBLIC)
def login() -> AnyResponse:
    """Name and password; then on to where the person was going."""
    target = own_paths.own_path(request.values.get("next"))
    if request.method != "POST":
        return redirect(target, 303) if session.current() else _login_page(target)
    try:
        session.check_form("login")
        entered = signing_in.sign_in(request.form.get("name", ""), request.form.get("password", ""), clock.now())
    except Refusal as refusal:
        db.db.session.rollback()
        return _login_page(target, refusal)
    session.end(session.cookie())
    db.db.session.commit()
    onward = url_for("accounts.factor.show_code", next=target) if entered.is_half else target
    return session.set_cookie(_going_to(onward), entered.token)


@pages.post("/logout")
@access.access(*ROLES)
def logout() -> Response:
    """End this session."""
    session.check_form("logout")
    session.end(session.cookie())
    db.db.session.commit()
    return session.drop_cookie(_going_to(url_for("accounts.login")))


@pages.route("/password", methods=["GET", "POST"])
@access.access(*ROLES)
def password() -> Response:
    """Choose a new password."""
    if request.method != "POST":
        return make_response(render_template("desk/accounts/password.html"))
    try:
        session.check_form("password")
        token = signing_in.choose_password(
            session.signed_in(), request.form.get("current", ""), request.form.get("new", ""), clock.now()
        )
    except Refusal as refusal:
        db.db.session.rollback()
        return refusals.page("desk/accounts/password.html", refusal)
    db.db.session.commit()
    return session.set_cookie(_going_to(url_for("admin.start")), token)


@pages.get("/audit")
@access.access(*ROLES)
def audit_trail() -> Response:
    """All rows for the administrator, counts for the council, their own for everybody else."""
    db.begin_reading()
    me = session.user()
    if me.role == "council":
        return make_response(
            render_template("desk/accounts/audit_counts.html", counts=queries.audit_counts(), acts=audit.ACTS)
        )
    act, before = request.args.get("act") or None, request.args.get("before", type=numbers.whole)
    actor = None if me.role == "admin" else me.id.hex()
    rows = queries.audit_page(actor=actor, act=act, before=before, limit=ROWS + 1)
    is_verified = me.role == "admin" and "verify" in request.args
    return hypermedia.render(
        "desk/accounts/audit.html",
        "desk/accounts/_audit_rows.html",
        rows=rows[:ROWS],
        has_more=len(rows) > ROWS,
        is_more=hypermedia.is_fragment(),
        people={user.id.hex(): user.display_name for user in queries.users()},
        acts=audit.ACTS,
        act=act,
        faults=[*audit.faults(), *anchor.faults(clock.today())] if is_verified else None,
        head=anchor.head_in_words() if is_verified else None,
        copenhagen=clock.COPENHAGEN,
    )


def _going_to(target: str) -> Response:
    return make_response("", 303, {"Location": target})


def _before_anything_else(signed_in: SignedIn) -> AnyResponse | None:
    """A password of one's own, then a second factor; nothing else opens until both are there."""
    user, is_bare = signed_in.user, factor.is_owed(has_both=signed_in.has_both)
    if is_bare and user.totp_secret:  # a session of before the telephone, or one that began at the same moment
        session.end(session.cookie())
        db.db.session.commit()
        return _to_sign_in()
    if user.must_change:
        return _only("accounts.password")
    return _only("accounts.factor.show", "accounts.factor.add") if is_bare else None


def _only(page: str, *also: str) -> AnyResponse | None:
    """Onward to the one page that opens now; whoever is there, or signs out, goes on."""
    is_there = request.endpoint in (page, *also, "accounts.logout")
    return None if is_there else redirect(url_for(page), 303)


def _to_sign_in() -> AnyResponse:
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    address = url_for("accounts.login", next=wanted)
    if hypermedia.is_fragment():  # a redirect would put the sign-in page inside the list
        return make_response("", 401, {"HX-Redirect": url_for("accounts.login")})
    return redirect(address, 302)


def _login_page(target: str, refusal: Refusal | None = None) -> Response:
    return refusals.page("desk/accounts/login.html", refusal, target=target, name=request.form.get("name", ""))
