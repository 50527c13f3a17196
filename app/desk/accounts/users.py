"""Accounts: adding somebody, changing a role, a new first password, leaving, and the people of the demo."""

import re
from datetime import date

from flask_babel import gettext as _

from app.core import config, db
from app.core.access import ROLES
from app.core.errors import Refusal
from app.desk.accounts import audit, passwords, queries, session
from app.desk.accounts.models import User
from app.surveys import sites

NAME = re.compile(r"[a-z][a-z0-9.-]{1,39}")
TEXT_ROLES = frozenset({"moderator", "safeguarding"})  # they read what people wrote
DEMO = (
    ("anna", "Anna", "admin"),
    ("mona", "Mona", "moderator"),
    ("malik", "Malik", "moderator"),
    ("carl", "Carl", "council"),
    ("stine", "Stine", "staff"),
    ("pia", "Pia", "peer"),
    ("sofie", "Sofie", "safeguarding"),
    ("aksel", "Aksel", "analyst"),
)
DEMO_SITE = "GH1"


class UserRefused(Refusal):
    """An account that cannot be made or changed like this."""


def add(name: str, display_name: str, role: str, site_code: str | None = None, *, by_operator: bool = False) -> str:
    """A new account; its first password, shown once and changed at the first sign-in."""
    name, display_name = name.strip().lower(), " ".join(display_name.split())
    first = passwords.made_up()
    password_hash = passwords.hashed(first)
    if not NAME.fullmatch(name):
        raise UserRefused(_("A name has 2 to 40 letters a–z, digits, full stops or hyphens, and begins with a letter."))
    if not 1 <= len(display_name) <= 80:
        raise UserRefused(_("Write the person's name as others know it, with at most 80 characters."))
    if queries.user_named(name):
        raise UserRefused(_("The name %(name)s is taken.", name=name))
    place = _place(role, site_code)
    _may_grant(role, by_operator=by_operator)
    user = User(name=name, display_name=display_name, role=role, site_code=place, password_hash=password_hash)
    db.db.session.add(user)
    db.db.session.flush()
    audit.record("user.add", user.id.hex(), detail=_as_text(user))
    return first


def change_role(user: User, role: str, site_code: str | None, *, by_operator: bool = False) -> None:
    """Another role or place. Every session of the person ends; the same role again changes nothing."""
    _not_oneself(user)
    place = _place(role, site_code)
    before = _as_text(user)
    if (user.role, user.site_code) == (role, place):
        return
    _may_grant(role, by_operator=by_operator)
    user.role, user.site_code = role, place
    queries.delete_sessions_of(user.id)
    audit.record("user.role", user.id.hex(), detail=f"{before} > {_as_text(user)}")


def reset(name: str, *, by_operator: bool = False) -> str:
    """A new first password for somebody who lost theirs; opens a closed account again."""
    first = passwords.made_up()
    password_hash = passwords.hashed(first)
    user = named(name)
    _not_oneself(user)
    _may_grant(user.role, by_operator=by_operator)  # who holds the password can sign in as that person
    user.password_hash, user.must_change, user.totp_secret = password_hash, True, None
    user.is_active, user.left_on = True, None
    queries.delete_sessions_of(user.id)
    audit.record("user.reset", user.id.hex())
    return first


def leave(user: User, today: date) -> None:
    """Close an account on a person's last day."""
    _not_oneself(user)
    if not user.is_active:
        return
    user.is_active, user.left_on = False, today
    queries.delete_sessions_of(user.id)
    audit.record("user.leave", user.id.hex())


def named(name: str) -> User:
    """The person with this sign-in name, or a refusal."""
    user = queries.user_named(name.strip().lower())
    if user is None:
        raise UserRefused(_("There is no account called %(name)s.", name=name))
    return user


def add_demo() -> list[User]:
    """The people of the demo, with the demo's password (which may be short). Once made, they stay as they are."""
    settings = config.settings()
    if settings.demo_password is None:
        raise UserRefused(_("Demo accounts are for trying out only."))
    missing = [person for person in DEMO if queries.user_named(person[0]) is None]
    for name, display_name, role in missing:
        place = DEMO_SITE if role == "staff" else None
        stored = passwords.hashed(settings.demo_password)
        db.db.session.add(
            User(name=name, display_name=display_name, role=role, site_code=place, password_hash=stored,
                 must_change=False)
        )  # fmt: skip
    db.db.session.flush()
    return [named(name) for name, _display_name, _role in DEMO]


def _place(role: str, site_code: str | None) -> str | None:
    if role not in ROLES:
        raise UserRefused(_("Choose a role."))
    if not site_code:
        if role == "staff":
            raise UserRefused(_("Staff belong to a place. Choose which."))
        return None
    site = sites.by_code(site_code)
    if site is None:
        raise UserRefused(_("There is no place with the code %(code)s.", code=site_code))
    return site.code


def _may_grant(role: str, *, by_operator: bool) -> None:
    """An administrator alone never opens the way to what people wrote: that takes the operator as well."""
    if role in TEXT_ROLES and not by_operator and not config.settings().is_demo:
        raise UserRefused(_("This role reads what people wrote. It takes two: ask the operator to do it."))


def _not_oneself(user: User) -> None:
    signed_in = session.current()
    if signed_in and signed_in.user.id == user.id:
        raise UserRefused(_("Nobody changes their own account here. Ask another administrator."))


def _as_text(user: User) -> str:
    return f"{user.role} {user.site_code}" if user.site_code else user.role
