"""No code is good twice, and no session outlives a change of its account: on both databases, also all at once."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.desk.accounts import sign_in_proofs, telephones
from tests.desk.accounts.factories import Browser
from tests.desk.accounts.telephones import show, sign_in, with_telephone

pytestmark = pytest.mark.usefixtures("content")


@pytest.mark.requirement("R18")
def test_a_code_is_good_once(app: Flask, figure: Callable[[str], None]) -> None:
    tried, accepted = sign_in_proofs.codes_shown_again(app)

    figure(f"{accepted} of {tried} codes taken a second time")
    assert tried == 15
    assert accepted == 0


@pytest.mark.requirement("R18")
def test_a_code_in_many_hands_at_once_lets_one_in(app: Flask) -> None:
    assert sign_in_proofs.code_in_many_hands(app) == [303] + [422] * (sign_in_proofs.HANDS - 1)


def test_a_recovery_code_opens_once_and_is_known_by_its_hash_alone(app: Flask) -> None:
    visitor = Browser(app, app.response_class)
    user, _, codes = with_telephone("moderator", "mona")
    sign_in(visitor, "mona")
    first = show(visitor, codes[0].upper().replace("-", " "))
    again = Browser(app, app.response_class)
    sign_in(again, "mona")
    left = telephones.hashes_of(user)

    assert (first, show(again, codes[0]), len(left)) == (303, 422, 7)
    assert not any(code.replace("-", "").encode() in one for code in codes for one in left)


@pytest.mark.requirement("R18")
def test_every_session_ends_with_a_change_of_password_role_or_factor(app: Flask, figure: Callable[[str], None]) -> None:
    survived = sign_in_proofs.sessions_that_survive(app)

    figure(f"{len(survived)} sessions survive {len(sign_in_proofs.CHANGES)} kinds of change")
    assert survived == []
