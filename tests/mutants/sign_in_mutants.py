"""Wrong ways to let people in, put on in place of ours, and the proof that has to complain of each."""

from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from flask import Flask, current_app

from app.core import clock
from app.desk.accounts import passwords, queries, session, users
from app.desk.accounts.factors import factor, sealed_secrets
from app.desk.accounts.factors import queries as factors
from app.desk.accounts.granting import granting
from app.desk.accounts.granting import queries as wishes
from app.desk.accounts.models import User
from app.desk.accounts.signing_in import SignInRefused
from tests.desk.accounts import factories, grants, sign_in_proofs

Put = Callable[[pytest.MonkeyPatch], None]
Proof = Callable[[Flask], bool]
"""Whether what should hold does."""


# ── What must hold ───────────────────────────────────────────────────────────────


def no_code_is_good_twice(app: Flask) -> bool:
    tried, accepted = sign_in_proofs.codes_shown_again(app)
    return tried > 0 and accepted == 0


def a_password_opens_nothing_in_production(app: Flask) -> bool:
    return sign_in_proofs.doors_open_to_a_password(app) == []


def sessions_end(app: Flask) -> bool:
    return sign_in_proofs.sessions_that_survive(app) == []


def names_take_the_same_time(app: Flask) -> bool:
    known, unknown = sign_in_proofs.times_of_names(app, 2)
    return abs(known - unknown) / known < 0.5


def names_get_the_same_page(app: Flask) -> bool:
    factories.a_user("moderator", name="mona", password=factories.PASSWORD)
    return len(sign_in_proofs.pages_of_names(app, ["mona", "nora"])) == 1


def one_alone_reads_nothing(app: Flask) -> bool:
    return not any(way(app) for way in grants.WAYS)


def no(way: Callable[[Flask], bool]) -> Proof:
    """That this way is shut; one of those above, tried by itself because it is quicker."""
    assert way in grants.WAYS
    return lambda app: not way(app)


# ── What is wrong ────────────────────────────────────────────────────────────────


def pyotp_verify_alone(patch: pytest.MonkeyPatch) -> None:
    """The library says that the code is right, and it is right for a minute and a half."""

    def way(user: User, typed: str, _now: Any) -> str | None:
        found = sealed_secrets.opened(user.totp_secret or b"", user.id)
        is_right = found and pyotp.TOTP(found[0]).verify(typed, for_time=clock.now(), valid_window=1)
        return factor.PHONE if is_right else None

    patch.setattr(factor, "_way", way)


def only_the_last_code_is_remembered(patch: pytest.MonkeyPatch) -> None:
    """Not the same code again; the one before it, seen over a shoulder, still opens."""
    taken: dict[bytes, int] = {}

    def take_step(user_id: bytes, step: int) -> bool:
        is_new = taken.get(user_id) != step
        taken[user_id] = step
        return is_new

    patch.setattr(factors, "take_step", take_step)


def the_second_factor_is_a_wish(patch: pytest.MonkeyPatch) -> None:
    """Whoever likes sets a telephone up."""
    patch.setattr(factor, "is_demanded", lambda: False)


def a_telephone_somewhere_is_enough(patch: pytest.MonkeyPatch) -> None:
    """Who has a telephone will have shown it."""
    demanded = factor.is_owed

    def is_owed(*, has_both: bool) -> bool:
        return demanded(has_both=has_both) and session.signed_in().user.totp_secret is None

    patch.setattr(factor, "is_owed", is_owed)


def sessions_stay(patch: pytest.MonkeyPatch) -> None:
    """Whoever is in stays in, whatever becomes of the account."""
    patch.setattr(queries, "delete_sessions_of", lambda user_id: None)


def early_return(patch: pytest.MonkeyPatch) -> None:
    """There is nobody to compare with, so nothing is compared."""
    compare = passwords.matches
    patch.setattr(passwords, "matches", lambda stored, password: bool(stored) and compare(stored, password))


def says_which_is_wrong(patch: pytest.MonkeyPatch) -> None:
    """A kind word that tells who works here."""
    known = queries.credentials

    def credentials(name: str) -> User | None:
        found = known(name)
        if found is None:
            raise SignInRefused(f"There is no account called {name}.")
        return found

    patch.setattr(queries, "credentials", credentials)


def an_administrator_grants_alone(patch: pytest.MonkeyPatch) -> None:
    """One is enough."""
    patch.setattr(granting, "takes_two", lambda *roles: False)


def only_readers_take_two(patch: pytest.MonkeyPatch) -> None:
    """Whoever makes a second administrator alone has two."""
    patch.setattr(granting, "PAIRED", frozenset({"moderator", "safeguarding"}))


def some_readers_take_one(patch: pytest.MonkeyPatch) -> None:
    """Analysts and the council read only what is approved, so who would mind?"""
    patch.setattr(granting, "PAIRED", frozenset({"moderator", "safeguarding", "admin"}))


def only_the_role_to_be_counts(patch: pytest.MonkeyPatch) -> None:
    """What somebody reads already is let out of account, and with it who may become anything."""
    takes_two = granting.takes_two
    patch.setattr(granting, "takes_two", lambda *roles: takes_two(roles[-1]))


def a_place_is_only_a_place(patch: pytest.MonkeyPatch) -> None:
    """Who reads little may leave a place without more ado."""
    patch.setattr(granting, "lifts_the_wall", lambda user, place: False)


def the_old_password_stays(patch: pytest.MonkeyPatch) -> None:
    """Another role is another role, and whoever knows the password knows it."""
    patch.setattr(granting, "gives_password", lambda wish: wish.kind == "reset")


def a_telephone_takes_one(patch: pytest.MonkeyPatch) -> None:
    """A telephone is lost every week."""
    lose_phone = users.lose_phone
    patch.setattr(users, "lose_phone", lambda name: lose_phone(name, by_operator=True))


def oneself_is_somebody(patch: pytest.MonkeyPatch) -> None:
    """An administrator gives themselves a role that reads, where nobody else is asked."""
    patch.setattr(users, "_to_change", lambda name: users.named(name, to_change=True))
    patch.setattr(granting, "takes_two", lambda *roles: False)


def who_asks_agrees(patch: pytest.MonkeyPatch) -> None:
    """The second person may be the first."""

    def take(user: User, _agreeing: User, _seen: str) -> Any:
        wish = wishes.wish_for(user.id)
        wishes.delete_wish_for(user.id)
        return wish

    patch.setattr(granting, "take", take)


def admin_given_a_text_role(patch: pytest.MonkeyPatch) -> None:
    """The administrator may look at texts, because somebody has to be able to."""
    endpoint, _arguments = current_app.url_map.bind("").match("/desk/memos")
    view = current_app.view_functions[endpoint]
    patch.setattr(view, "access", frozenset({*view.access, "admin"}))  # type: ignore[attr-defined]


WRONG: tuple[tuple[str, Put, Proof], ...] = (
    ("R18", pyotp_verify_alone, no_code_is_good_twice),
    ("R18", only_the_last_code_is_remembered, no_code_is_good_twice),
    ("R18", the_second_factor_is_a_wish, a_password_opens_nothing_in_production),
    ("R18", a_telephone_somewhere_is_enough, a_password_opens_nothing_in_production),
    ("R18", sessions_stay, sessions_end),
    ("R18", early_return, names_take_the_same_time),
    ("R18", says_which_is_wrong, names_get_the_same_page),
    ("R8", an_administrator_grants_alone, one_alone_reads_nothing),
    ("R8", only_readers_take_two, one_alone_reads_nothing),
    ("R8", some_readers_take_one, no(grants.makes_an_analyst)),
    ("R8", only_the_role_to_be_counts, no(grants.makes_a_peer_of_a_moderator)),
    ("R8", a_place_is_only_a_place, no(grants.makes_a_peer_of_staff_by_way_of_another_place)),
    ("R8", the_old_password_stays, no(grants.knows_the_password_of_whom_another_promotes)),
    ("R8", a_telephone_takes_one, no(grants.takes_the_telephone_of_a_moderator_away)),
    ("R8", oneself_is_somebody, one_alone_reads_nothing),
    ("R8", who_asks_agrees, no(grants.agrees_with_themselves)),
    ("R8", admin_given_a_text_role, no(grants.opens_a_page_of_words)),
)
