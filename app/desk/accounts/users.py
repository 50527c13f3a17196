"""Accounts: adding somebody, changing a role, a new first password, leaving, and the people of the demo.

The way to what people wrote is never opened by one administrator alone, and an account that reads words begins with a
password that whoever asked for it never saw.
"""

from datetime import date

from flask_babel import gettext as _

from app.core import clock, config, db
from app.core.access import ROLES
from app.core.errors import Refusal
from app.desk.accounts import audit, passwords, queries, session
from app.desk.accounts.factors import factor
from app.desk.accounts.granting import granting
from app.desk.accounts.models import NAME, User
from app.desk.accounts.outside import queries as outside
from app.surveys import sites

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


def add(
    name: str, display_name: str, role: str, site_code: str | None = None, *, by_operator: bool = False
) -> str | None:
    """A new account; its first password, shown once and changed at the first sign-in.

    None where it takes two: it stays shut until a second administrator agrees, who is shown the password.
    """
    name, display_name = name.strip().lower(), " ".join(display_name.split())
    first, password_hash = passwords.first()
    if not NAME.fullmatch(name):
        raise UserRefused(_("A name has 2 to 40 letters a–z, digits, full stops or hyphens, and begins with a letter."))
    if not 1 <= len(display_name) <= 80:
        raise UserRefused(_("Write the person's name as others know it, with at most 80 characters."))
    if queries.user_named(name):
        raise UserRefused(_("The name %(name)s is taken.", name=name))
    place = _place(role, site_code)
    waits = not by_operator and granting.takes_two(role)
    user = User(name=name, display_name=display_name, role=role, site_code=place, password_hash=password_hash,
                is_active=not waits)  # fmt: skip
    db.db.session.add(user)
    db.db.session.flush()
    audit.record("user.add", user.id.hex(), detail=_as_text(user))
    if not waits:
        return first
    _ask(user, "role", role, place)
    return None


def change_role(name: str, role: str, site_code: str | None, *, by_operator: bool = False) -> str | None:
    """Another role or place, now or when a second administrator agrees. The same role again changes nothing.

    The first password of an account that the operator lets read words, else None.
    """
    first = passwords.first() if by_operator and granting.takes_two(role) else None
    user = _to_change(name)
    if user.left_on:
        raise UserRefused(_("This account is closed. A new first password opens it again."))
    place = _place(role, site_code)
    if (user.role, user.site_code) == (role, place):
        return None
    waits = granting.takes_two(user.role, role) or granting.lifts_the_wall(user, place)
    if waits and not by_operator:
        _ask(user, "role", role, place)
        return None
    return _become(user, role, place, first)


def reset(name: str, *, by_operator: bool = False) -> str | None:
    """A new first password for somebody who lost theirs; opens a closed account again.

    None where it waits for a second administrator: who holds the password can sign in as that person.
    """
    first = passwords.first()
    user = _to_change(name)
    if not user.password_hash:
        raise UserRefused(_("Name and secrets of this account are erased. Make a new one."))
    if not by_operator and granting.takes_two(user.role):
        _ask(user, "reset", user.role, user.site_code)
        return None
    return _begin_anew(user, first)


def agree(name: str, seen: str) -> str | None:
    """Do what another administrator asked for, `seen` on the page; the first password, if the account has a new one."""
    first = passwords.first()
    user = _to_change(name)
    wish = granting.take(user, session.user(), seen)
    if wish.kind == "phone":
        _forget_phone(user)
        return None
    if wish.kind == "reset":
        return _begin_anew(user, first)
    user.is_active = True
    return _become(user, wish.role, wish.site_code, first if granting.gives_password(wish) else None)


def refuse(name: str, today: date) -> None:
    """Let fall what was asked for: its asker thought better of it, or another does not agree."""
    granting.refuse(named(name, to_change=True), today)


def lose_phone(name: str, *, by_operator: bool = False) -> None:
    """Take a lost telephone out of use, now or when a second administrator agrees; the person sets up another."""
    user = _to_change(name)
    if user.totp_secret is None:
        return
    if not by_operator and granting.takes_two(user.role):
        _ask(user, "phone", user.role, user.site_code)
    else:
        _forget_phone(user)


def leave(name: str, today: date) -> None:
    """Close an account on a person's last day."""
    user = _to_change(name)
    if not user.is_active:
        return
    user.is_active, user.left_on = False, today
    queries.delete_sessions_of(user.id)
    granting.let_fall(user, today)
    audit.record("user.leave", user.id.hex())


def named(name: str, *, to_change: bool = False) -> User:
    """The person with this sign-in name, or a refusal."""
    user = queries.user_named(name.strip().lower(), to_change=to_change)
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


def _become(user: User, role: str, place: str | None, first: tuple[str, str] | None) -> str | None:
    """Another role or place; every session ends, and with a first password the account begins anew."""
    before = _as_text(user)
    user.role, user.site_code = role, place
    queries.delete_sessions_of(user.id)
    granting.let_fall(user, clock.today())
    audit.record("user.role", user.id.hex(), detail=f"{before} > {_as_text(user)}")
    return _begin_anew(user, first) if first else None


def _begin_anew(user: User, first: tuple[str, str]) -> str:
    """A first password and nothing else: no telephone, no account elsewhere, no session."""
    password, user.password_hash = first
    user.must_change = True
    user.is_active, user.left_on = True, None
    factor.forget(user)
    outside.disconnect(user.id)
    granting.let_fall(user, clock.today())
    audit.record("user.reset", user.id.hex())
    return password


def _forget_phone(user: User) -> None:
    factor.forget(user)
    audit.record("user.phone", user.id.hex())


def _ask(user: User, kind: str, role: str, place: str | None) -> None:
    granting.ask(user, kind, session.user(), clock.today(), role=role, site_code=place)


def _to_change(name: str) -> User:
    """The person with this name, held until the commit; not who is signed in."""
    user, signed_in = named(name, to_change=True), session.current()
    if signed_in and signed_in.user.id == user.id:
        raise UserRefused(_("Nobody changes their own account here. Ask another administrator."))
    return user


def _as_text(user: User) -> str:
    return f"{user.role} {user.site_code}" if user.site_code else user.role
