"""The pages about who works here: only the administrator opens them."""

from collections.abc import Callable

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import queries, session, users
from app.desk.accounts.granting import granting
from app.desk.accounts.granting import queries as wishes
from app.desk.accounts.models import CAN_SEE, ROLE_NAMES, User
from app.desk.accounts.outside import queries as outside
from app.surveys import queries as surveys

pages = Blueprint("people", __name__, url_prefix="/users")


@pages.get("")
@access("admin")
def list_users() -> Response:
    """Who works here."""
    db.begin_reading()
    return _users_page()


@pages.post("")
@access("admin")
def add_user() -> AnyResponse:
    """A new account; its first password is on the page that answers, and nowhere else.

    One that takes two has none yet, and its page says what comes next.
    """
    form = request.form
    try:
        session.check_form("users")
        first = users.add(form.get("name", ""), form.get("display_name", ""), form.get("role", ""), form.get("site"))
    except Refusal as refusal:
        db.db.session.rollback()
        return _users_page(refusal)
    db.db.session.commit()
    user = users.named(form["name"])
    return _first_password_page(user, first) if first else _to_page_of(user.name)


@pages.get("/<name>")
@access("admin")
def show_user(name: str) -> Response:
    """One account and what can be changed about it."""
    db.begin_reading()
    return _user_page(_user(name))


@pages.post("/<name>/role")
@access("admin")
def change_role(name: str) -> AnyResponse:
    """Another role or place."""
    form = request.form
    return _changed(name, lambda: users.change_role(name, form.get("role", ""), form.get("site")))


@pages.post("/<name>/reset")
@access("admin")
def reset_user(name: str) -> AnyResponse:
    """A new first password, or the wish for one."""
    return _changed(name, lambda: users.reset(name))


@pages.post("/<name>/agree")
@access("admin")
def agree(name: str) -> AnyResponse:
    """A second administrator agrees to what another asked for."""
    return _changed(name, lambda: users.agree(name, request.form.get("seen", "")))


@pages.post("/<name>/refuse")
@access("admin")
def refuse(name: str) -> AnyResponse:
    """What was asked for falls: its asker thought better of it, or another does not agree."""
    return _changed(name, lambda: users.refuse(name, clock.today()))


@pages.post("/<name>/phone")
@access("admin")
def lose_phone(name: str) -> AnyResponse:
    """A telephone is lost: the person sets up another at the next sign-in."""
    return _changed(name, lambda: users.lose_phone(name))


@pages.post("/<name>/leave")
@access("admin")
def close_user(name: str) -> AnyResponse:
    """The last day of somebody who worked here."""
    return _changed(name, lambda: users.leave(name, clock.today()))


def _changed(name: str, change: Callable[[], str | None]) -> AnyResponse:
    """What answers a change of one account; a first password that it made is on that page, and nowhere else."""
    try:
        session.check_form("users")
        first = change()
    except Refusal as refusal:
        db.db.session.rollback()
        return _user_page(_user(name), refusal)
    db.db.session.commit()
    if first:
        return _first_password_page(_user(name), first)
    return _to_page_of(name)


def _to_page_of(name: str) -> AnyResponse:
    return redirect(url_for("admin.people.show_user", name=name), 303)


def _user(name: str) -> User:
    user = queries.user_named(name)
    if user is None:
        abort(404)
    return user


def _users_page(refusal: Refusal | None = None) -> Response:
    page = render_template(
        "desk/admin/users.html",
        people=queries.users(),
        roles=ROLE_NAMES,
        sites=surveys.sites(),
        pairs=granting.takes_two("admin"),
        waiting={wish.user_id for wish in wishes.wishes()},
        refusal=refusal and str(refusal),
    )
    return make_response(page, 422 if refusal else 200)


def _user_page(user: User, refusal: Refusal | None = None) -> Response:
    wish = wishes.wish_for(user.id)
    asker = queries.user(wish.asked_by) if wish else None
    page = render_template(
        "desk/admin/user.html",
        person=user,
        wish=wish,
        asker=asker,
        seen=granting.in_short(wish) if wish else "",
        elsewhere=outside.elsewhere_of(user.id),
        takes_two=granting.takes_two(user.role),
        pairs=granting.takes_two("admin"),
        gives_password=wish is not None and granting.gives_password(wish),
        roles=ROLE_NAMES,
        can_see=CAN_SEE,
        sites=surveys.sites(),
        refusal=refusal and str(refusal),
    )
    return make_response(page, 422 if refusal else 200)


def _first_password_page(user: User, first: str) -> Response:
    said = _("Write the password down now. It is not shown again.")
    return make_response(render_template("desk/admin/first_password.html", person=user, first=first, said=said))
