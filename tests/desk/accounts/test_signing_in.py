"""Signing in and out, as a browser meets it."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import clock as clocks
from app.core import db
from app.desk.accounts import passwords, queries, session
from app.desk.accounts.models import StaffSession, User
from app.desk.accounts.own_paths import own_path
from tests.desk.accounts import factories
from tests.desk.accounts.factories import PASSWORD, Browser


@pytest.fixture
def mona(content: None) -> User:
    return factories.a_user("moderator", name="mona", password=PASSWORD)


@pytest.fixture
def visitor(app: Flask) -> Browser:
    return Browser(app, app.response_class)


def sign_in(visitor: FlaskClient, name: str = "mona", password: str = PASSWORD, **fields: str) -> TestResponse:
    return visitor.post("/desk/login", data=factories.form(visitor, "login", name=name, password=password, **fields))


def is_in(visitor: FlaskClient) -> bool:
    return visitor.get("/desk").status_code == 200


def test_name_and_password_open_the_desk(visitor: Browser, mona: User) -> None:
    response = sign_in(visitor)

    assert (response.status_code, response.headers["Location"]) == (303, "/desk")
    assert is_in(visitor)


@pytest.mark.parametrize(
    ("name", "password"), [("mona", "not it at all"), ("nobody", PASSWORD), ("", ""), ("mona", "x" * 9999)]
)
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(
    visitor: Browser, mona: User, name: str, password: str
) -> None:
    response = sign_in(visitor, name, password)

    assert response.status_code == 422
    assert "Set-Cookie" not in response.headers
    assert not is_in(visitor)


def test_who_has_left_cannot_sign_in(visitor: Browser, mona: User) -> None:
    mona.is_active = False
    db.db.session.commit()

    assert sign_in(visitor).status_code == 422


def test_the_sixth_try_in_a_minute_waits_even_with_the_right_password(
    visitor: Browser, mona: User, clock: clocks.Clock
) -> None:
    for _ in range(5):
        sign_in(visitor, password="wrong wrong wrong")
    delayed = sign_in(visitor)
    clock.moved_by += 13

    assert delayed.status_code == 429
    assert 8 <= int(delayed.headers["Retry-After"]) <= 12
    assert sign_in(visitor).status_code == 303


def test_the_cookie_is_random_out_of_reach_of_scripts_and_gone_with_the_browser(visitor: Browser, mona: User) -> None:
    cookie = sign_in(visitor).headers["Set-Cookie"]

    assert cookie.startswith("stemme=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert not {"Expires", "Max-Age", "Domain", "Secure"} & {part.split("=")[0].strip() for part in cookie.split(";")}


def test_over_https_the_cookie_is_bound_to_this_host(environ: dict[str, str], request: pytest.FixtureRequest) -> None:
    environ["STEMME_PUBLIC_BASE_URL"] = "https://stemme.example"
    app = request.getfixturevalue("app")
    request.getfixturevalue("content")
    factories.a_user("moderator", name="mona", password=PASSWORD)

    cookie = sign_in(Browser(app, app.response_class)).headers["Set-Cookie"]

    assert cookie.startswith("__Host-stemme=")
    assert "Secure" in cookie


def test_the_database_never_holds_what_is_in_the_cookie(app: Flask, visitor: Browser, mona: User) -> None:
    sign_in(visitor)
    token = visitor.get_cookie("stemme").value  # type: ignore[union-attr]

    stored = [row.token_hash for row in db.db.session.query(StaffSession)]

    assert len(token) == 43
    assert len(stored) == 1
    assert token.encode() not in stored[0]


def test_signing_in_again_gives_a_new_session_and_ends_the_old(app: Flask, visitor: Browser, mona: User) -> None:
    sign_in(visitor)
    old = visitor.get_cookie("stemme").value  # type: ignore[union-attr]
    sign_in(visitor)
    thief = Browser(app, app.response_class)
    thief.set_cookie("stemme", old)

    assert visitor.get_cookie("stemme").value != old  # type: ignore[union-attr]
    assert is_in(visitor)
    assert not is_in(thief)


def test_a_cookie_chosen_by_somebody_else_never_becomes_a_session(visitor: Browser, mona: User) -> None:
    posted = factories.form(visitor, "login", name="mona", password=PASSWORD)
    visitor.set_cookie("stemme", "chosen-before-sign-in")
    visitor.post("/desk/login", data=posted)

    assert visitor.get_cookie("stemme").value != "chosen-before-sign-in"  # type: ignore[union-attr]


def test_signing_out_ends_the_session_on_the_server_and_clears_kept_pages(visitor: Browser, mona: User) -> None:
    sign_in(visitor)
    token = visitor.get_cookie("stemme").value  # type: ignore[union-attr]
    response = visitor.post("/desk/logout", data=factories.form(visitor, "logout"))
    visitor.set_cookie("stemme", token)

    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert not is_in(visitor)


def test_half_an_hour_without_a_page_ends_the_session(visitor: Browser, mona: User, clock: clocks.Clock) -> None:
    sign_in(visitor)
    clock.moved_by += 30 * 60

    assert not is_in(visitor)


def test_using_the_desk_keeps_the_session_but_never_beyond_ten_hours(
    visitor: Browser, mona: User, clock: clocks.Clock
) -> None:
    sign_in(visitor)
    for _ in range(24):
        clock.moved_by += 24.9 * 60
        assert is_in(visitor)
    clock.moved_by += 24.9 * 60

    assert not is_in(visitor)


def test_pages_within_five_minutes_write_nothing(visitor: Browser, mona: User, clock: clocks.Clock) -> None:
    sign_in(visitor)
    before = seen_at()
    clock.moved_by += 4 * 60
    is_in(visitor)
    soon = seen_at()
    clock.moved_by += 2 * 60
    is_in(visitor)

    assert soon == before
    assert seen_at() - before >= timedelta(minutes=6)


def test_a_page_is_readable_while_somebody_writes(visitor: Browser, mona: User, clock: clocks.Clock) -> None:
    sign_in(visitor)
    queries.take_audit_turn()  # this test is in the middle of writing
    db.db.session.query(User).filter_by(name="mona").update({"display_name": "Mona B."})

    page = visitor.get("/desk")
    db.db.session.rollback()

    assert page.status_code == 200


def test_signing_in_sweeps_out_sessions_that_are_over(visitor: Browser, mona: User, clock: clocks.Clock) -> None:
    session.begin(mona, clocks.now())
    db.db.session.commit()
    clock.moved_by += 31 * 60

    sign_in(visitor)

    assert db.db.session.query(StaffSession).count() == 1


def test_an_outdated_hash_is_renewed_at_sign_in(visitor: Browser, mona: User) -> None:
    mona.password_hash = passwords.PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    db.db.session.commit()

    sign_in(visitor)
    db.db.session.refresh(mona)

    assert not passwords.is_outdated(mona.password_hash)
    assert passwords.matches(mona.password_hash, PASSWORD)


def test_a_new_password_ends_every_other_session(app: Flask, visitor: Browser, mona: User) -> None:
    other = factories.browser_of(app, mona)
    sign_in(visitor)
    response = change_password(visitor, PASSWORD, "syv hvide ulve i sneen")

    assert response.status_code == 303
    assert is_in(visitor)
    assert not is_in(other)
    assert sign_in(Browser(app, app.response_class), password="syv hvide ulve i sneen").status_code == 303


@pytest.mark.parametrize(
    ("current", "new"), [("wrong", "syv hvide ulve i sneen"), (PASSWORD, "kort"), (PASSWORD, PASSWORD)]
)
def test_a_password_is_not_changed_to_nothing_better(app: Flask, mona: User, current: str, new: str) -> None:
    visitor = factories.browser_of(app, mona)

    assert change_password(visitor, current, new).status_code == 422
    db.db.session.refresh(mona)
    assert passwords.matches(mona.password_hash, PASSWORD)


def test_who_has_a_first_password_sees_nothing_before_choosing_another(app: Flask, mona: User) -> None:
    mona.must_change = True
    visitor = factories.browser_of(app, mona)
    before = visitor.get("/desk/sites")
    change_password(visitor, PASSWORD, "syv hvide ulve i sneen")

    assert before.headers["Location"] == "/desk/password"
    assert is_in(visitor)


def test_after_sign_in_the_person_is_where_they_were_going(visitor: Browser, mona: User) -> None:
    sent = visitor.get("/desk/sites?x=1").headers["Location"]
    page = visitor.get(sent).get_data(as_text=True)

    assert sent == "/desk/login?next=/desk/sites?x%3D1"
    assert 'name="next" value="/desk/sites?x=1"' in page
    assert sign_in(visitor, next="/desk/sites?x=1").headers["Location"] == "/desk/sites?x=1"


@pytest.mark.requirement("R19")
@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/desk//evil.example", "/desk/\\evil", "/desk\n/x",
     "/desk/\tx", "/deskevil", "javascript:alert(1)", "", "/s/GH1", "/desk/\u2028"],
)  # fmt: skip
def test_sign_in_never_leads_elsewhere(app: Flask, elsewhere: str) -> None:
    with app.test_request_context():
        assert own_path(elsewhere) == "/desk"


def test_a_swap_without_a_session_turns_into_a_whole_sign_in_page(visitor: Browser, content: None) -> None:
    response = visitor.get("/desk/audit", headers={"HX-Request": "true"})

    assert (response.status_code, response.headers["HX-Redirect"]) == (401, "/desk/login")


def test_a_form_of_another_session_is_refused(app: Flask, mona: User) -> None:
    mine, other = factories.browser_of(app, mona), factories.browser_of(app, mona)

    assert mine.post("/desk/logout", data=factories.form(other, "logout")).status_code == 422
    assert is_in(mine)


def test_a_post_from_another_site_is_refused(app: Flask, mona: User) -> None:
    visitor = factories.browser_of(app, mona)
    posted = visitor.post(
        "/desk/logout", data=factories.form(visitor, "logout"), headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert posted.status_code == 403


def test_citizens_pages_never_read_the_cookie(app: Flask, mona: User) -> None:
    visitor = factories.browser_of(app, mona)
    response = visitor.get("/healthz")

    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers.get("Vary", "")


def change_password(visitor: FlaskClient, current: str, new: str) -> TestResponse:
    return visitor.post("/desk/password", data=factories.form(visitor, "password", current=current, new=new))


def seen_at() -> object:
    db.db.session.rollback()
    (row,) = db.db.session.query(StaffSession)
    found = row.seen_at
    db.db.session.rollback()
    return found
