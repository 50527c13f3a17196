"""The second factor: who owes one, what opens with it, and that no code is good twice."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import clock as clocks
from app.core import db
from app.desk.accounts import queries, users
from app.desk.accounts.factors import one_time_codes, recovery, sealed_secrets
from app.desk.accounts.models import StaffSession, User
from tests.desk.accounts import factories, sign_in_proofs, telephones
from tests.desk.accounts.factories import PASSWORD, Browser
from tests.desk.accounts.telephones import show, sign_in, with_telephone

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("content")]


@pytest.fixture
def visitor(app: Flask) -> Browser:
    return Browser(app, app.response_class)


@pytest.fixture
def in_production(app: Flask) -> None:
    """The rules of production, on the settings of a test."""
    app.extensions["settings"] = replace(app.extensions["settings"], env="production")


def is_in(client: FlaskClient) -> bool:
    return client.get("/desk").status_code == 200


def test_the_password_opens_nothing_until_the_code_is_shown(visitor: Browser) -> None:
    _, telephone, _ = with_telephone("moderator", "mona")
    onward = sign_in(visitor, "mona")
    before = is_in(visitor)

    assert onward == "/desk/code?next=/desk"
    assert (before, show(visitor, telephone.shows()), is_in(visitor)) == (False, 303, True)


def test_a_code_may_come_half_a_minute_early_or_late(visitor: Browser) -> None:
    _, telephone, _ = with_telephone("moderator", "mona")
    sign_in(visitor, "mona")

    assert [show(visitor, telephone.shows(step)) for step in (2, -2, 1)] == [422, 422, 303]


def test_a_new_session_begins_with_the_code(app: Flask, visitor: Browser) -> None:
    _, telephone, _ = with_telephone("moderator", "mona")
    sign_in(visitor, "mona")
    old = visitor.get_cookie("stemme").value  # type: ignore[union-attr]
    show(visitor, telephone.shows())
    thief = Browser(app, app.response_class)
    thief.set_cookie("stemme", old)

    assert not is_in(thief)
    assert is_in(visitor)
    assert db.db.session.query(StaffSession).count() == 1


def test_half_a_session_ends_after_ten_minutes(visitor: Browser, clock: clocks.Clock) -> None:
    _, telephone, _ = with_telephone("moderator", "mona")
    sign_in(visitor, "mona")
    clock.moved_by += 600

    assert visitor.get("/desk/code").headers["Location"] == "/desk/login?next=/desk"
    assert show(visitor, telephone.shows()) == 303
    assert not is_in(visitor)


def test_codes_are_guessed_slowly_and_every_miss_is_written_down(visitor: Browser, clock: clocks.Clock) -> None:
    user, telephone, _ = with_telephone("moderator", "mona")
    sign_in(visitor, "mona")
    guesses = [show(visitor, "000000") for _ in range(6)]
    clock.moved_by += 121

    assert guesses == [422] * 5 + [429]
    assert show(visitor, telephone.shows()) == 303
    assert acts_of(user) == ["factor.wrong"] * 5 + ["sign_in"]


def test_recovery_codes_hold_eighty_bits() -> None:
    assert recovery.LETTERS * (len(set(recovery.ALPHABET)).bit_length() - 1) == 80


def test_setting_up_a_telephone_needs_its_code_and_ends_other_sessions(app: Flask) -> None:
    user = factories.a_user("moderator", name="mona", password=PASSWORD)
    mine, other = factories.browser_of(app, user), factories.browser_of(app, user)
    page = mine.get("/desk/factor").text
    telephone = telephones.reads(page)
    refused = add(mine, page, "000000")
    taken = add(mine, refused.text, telephone.shows())

    assert (refused.status_code, taken.status_code) == (422, 200)
    assert telephones.reads(refused.text).secret == telephone.secret
    assert 'src="data:image/svg+xml' in page
    assert taken.text.count("<li>") - taken.text.count('<li><a href="/desk') == 8
    assert (is_in(mine), is_in(other)) == (True, False)
    assert telephone.secret.encode() not in (stored(user).totp_secret or b"")


def test_the_code_that_set_a_telephone_up_does_not_open_the_desk_as_well(app: Flask, visitor: Browser) -> None:
    mine = factories.browser_of(app, factories.a_user("moderator", name="mona", password=PASSWORD))
    page = mine.get("/desk/factor").text
    code = telephones.reads(page).shows()
    add(mine, page, code)
    sign_in(visitor, "mona")

    assert show(visitor, code) == 422


def test_the_secret_of_another_session_is_not_taken(app: Flask) -> None:
    user = factories.a_user("moderator", name="mona")
    mine, other = factories.browser_of(app, user), factories.browser_of(app, user)
    page = other.get("/desk/factor").text

    assert add(mine, page, telephones.reads(page).shows()).status_code == 422
    assert stored(user).totp_secret is None


@pytest.mark.requirement("R18")
def test_in_production_nobody_works_with_a_password_alone(app: Flask, figure: Callable[[str], None]) -> None:
    doors = sign_in_proofs.doors_open_to_a_password(app)

    figure(f"{len(doors)} of {2 * len(sign_in_proofs.PAGES)} pages open to a password alone")
    assert doors == []


def test_in_production_the_desk_opens_once_a_telephone_is_set_up(app: Flask, in_production: None) -> None:
    user = factories.a_user("moderator", name="mona", password=PASSWORD)
    mona = factories.browser_of(app, user)
    page = mona.get("/desk/factor").text
    posted = mona.post("/desk/password", data=factories.form(mona, "password", current=PASSWORD, new="x" * 20))
    add(mona, page, telephones.reads(page).shows())

    assert posted.headers["Location"] == "/desk/factor"
    assert is_in(mona)


def test_a_first_password_is_changed_before_the_telephone_is_set_up(app: Flask, in_production: None) -> None:
    user = factories.a_user("moderator", name="mona", password=PASSWORD)
    user.must_change = True
    db.db.session.commit()
    mona = factories.browser_of(app, user)

    assert mona.get("/desk/factor").headers["Location"] == "/desk/password"


def test_another_telephone_is_set_up_with_the_old_one_or_a_recovery_code(app: Flask) -> None:
    user, _, codes = with_telephone("moderator", "mona")
    mona = factories.browser_of(app, user)
    wrong = mona.post("/desk/factor/remove", data=factories.form(mona, "factor", code="000000"))
    right = mona.post("/desk/factor/remove", data=factories.form(mona, "factor", code=codes[3]))

    assert (wrong.status_code, right.status_code) == (422, 303)
    assert stored(user).totp_secret is None
    assert telephones.hashes_of(user) == []
    assert "data:image/svg+xml" in mona.get("/desk/factor").text


def test_new_recovery_codes_take_the_place_of_the_old(app: Flask, visitor: Browser) -> None:
    user, telephone, codes = with_telephone("moderator", "mona")
    mona = factories.browser_of(app, user)
    page = mona.post("/desk/factor/codes", data=factories.form(mona, "factor", code=telephone.shows()))
    sign_in(visitor, "mona")

    assert page.status_code == 200
    assert len(telephones.hashes_of(user)) == 8
    assert show(visitor, codes[0]) == 422


def test_a_secret_opens_for_its_own_person_only(app: Flask) -> None:
    mona, telephone, _ = with_telephone("moderator", "mona")
    box = mona.totp_secret or b""

    assert sealed_secrets.opened(box, mona.id) == (telephone.secret, False)
    assert sealed_secrets.opened(box, b"0" * 16) is None


def test_a_secret_sealed_with_an_old_key_is_sealed_anew_when_it_is_used(app: Flask, visitor: Browser) -> None:
    mona, telephone, _ = with_telephone("moderator", "mona")
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, secret_keys=(b"n" * 40, *settings.secret_keys))
    sign_in(visitor, "mona")
    entered = show(visitor, telephone.shows())
    app.extensions["settings"] = replace(settings, secret_keys=(b"n" * 40,))

    assert entered == 303
    assert sealed_secrets.opened(stored(mona).totp_secret or b"", mona.id) == (telephone.secret, False)


def test_an_administrator_takes_a_lost_telephone_out_of_use(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    user, _, _ = with_telephone("peer", "pia")
    pia, admin = factories.browser_of(app, user), sign_in("admin")
    response = admin.post("/desk/users/pia/phone", data=factories.form(admin, "users"))

    assert response.status_code == 303
    assert stored(user).totp_secret is None
    assert not is_in(pia)
    assert telephones.sign_in(Browser(app, app.response_class), "pia") == "/desk"


def test_the_picture_says_what_an_app_for_codes_reads(app: Flask) -> None:
    address = one_time_codes.address("A" * 32, "mona")

    assert address == f"otpauth://totp/Gadens%20Stemme:mona?secret={'A' * 32}&issuer=Gadens%20Stemme"


def test_the_codes_are_those_of_the_standard() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B, the last six of eight digits
    told = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}

    assert {at: one_time_codes.code(secret, at // 30) for at in told} == told


def test_the_command_line_gives_a_password_and_takes_the_telephone(app: Flask) -> None:
    user, _, _ = with_telephone("moderator", "mona")
    with app.test_request_context():
        users.reset("mona", by_operator=True)
    db.db.session.commit()

    assert stored(user).totp_secret is None
    assert stored(user).must_change


def add(client: FlaskClient, page: str, code: str) -> TestResponse:
    form = factories.form(client, "factor", sealed=telephones.sealed_on(page), code=code)
    return client.post("/desk/factor", data=form)


def stored(user: User) -> User:
    """The person as the database has them, and no transaction open."""
    db.db.session.rollback()
    found = queries.user(user.id)
    assert found is not None
    db.db.session.refresh(found)
    db.db.session.expunge(found)
    db.db.session.rollback()
    return found


def acts_of(user: User) -> list[str]:
    """What the person did, as the audit trail has it."""
    return [row.act for row in reversed(queries.audit_page(actor=user.id.hex(), act=None, before=None, limit=20))]
