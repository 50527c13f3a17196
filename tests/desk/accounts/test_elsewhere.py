"""Signing in with an account elsewhere, against a real service on this machine."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import clock as clocks
from app.core import db
from app.desk.accounts import queries, users
from app.desk.accounts.models import User
from app.desk.accounts.outside import connecting, errands
from app.desk.accounts.outside.authlib_client import Proof
from app.desk.accounts.outside.connecting import ConnectingRefused
from app.desk.accounts.outside.models import Errand
from tests.desk.accounts import factories, provider, telephones
from tests.desk.accounts.factories import Browser
from tests.desk.accounts.provider import Provider

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("content")]


@pytest.fixture
def service(app: Flask) -> Iterator[Provider]:
    with provider.running() as service:
        app.extensions["settings"] = replace(
            app.extensions["settings"], oidc_issuer=service.issuer, oidc_client_id=provider.CLIENT,
            oidc_client_secret=provider.SECRET,
        )  # fmt: skip
        service.now = int(clocks.now().timestamp())
        yield service


@pytest.fixture
def mona(app: Flask, service: Provider) -> User:
    user = factories.a_user("moderator", name="mona", password=factories.PASSWORD)
    with app.test_request_context():
        connecting.connect(user, service.subject)
    db.db.session.commit()
    return user


@pytest.fixture
def visitor(app: Flask) -> Browser:
    return Browser(app, app.response_class)


def there_and_back(client: FlaskClient, service: Provider) -> TestResponse:
    return client.get(service.authorise(client.get("/desk/elsewhere?next=/desk/queue").headers["Location"]))


def is_in(client: FlaskClient) -> bool:
    return client.get("/desk").status_code == 200


def test_an_account_elsewhere_opens_the_desk(visitor: Browser, service: Provider, mona: User) -> None:
    page = visitor.get("/desk/login?next=/desk/queue").text
    response = there_and_back(visitor, service)

    assert 'href="/desk/elsewhere?next=/desk/queue"' in page
    assert (response.status_code, response.headers["Location"]) == (303, "/desk/queue")
    assert is_in(visitor)
    assert [row.detail for row in queries.audit_page(actor=None, act="sign_in", before=None, limit=2)] == ["elsewhere"]


def test_two_factors_elsewhere_are_enough_in_production(
    app: Flask, visitor: Browser, service: Provider, mona: User
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], env="production")

    there_and_back(visitor, service)

    assert is_in(visitor)


def test_without_a_service_there_is_no_link_and_no_way(visitor: Browser) -> None:
    assert "/desk/elsewhere" not in visitor.get("/desk/login").text
    assert [visitor.get(f"/desk/elsewhere{rest}").status_code for rest in ("", "/back?code=1&state=2")] == [404, 404]


def test_the_browser_keeps_a_random_token_and_the_rest_stays_here(visitor: Browser, service: Provider) -> None:
    response = visitor.get("/desk/elsewhere")
    cookie = response.headers["Set-Cookie"]
    (errand,) = db.db.session.query(Errand)

    assert cookie.startswith("stemme-errand=")
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax", "Max-Age=600"))
    assert not any(kept in cookie for kept in (errand.state, errand.nonce, errand.verifier))
    assert errand.verifier not in response.headers["Location"]


WRONG: dict[str, Callable[[Provider], object]] = {
    "a signature with another key": Provider.sign_with_a_strange_key,
    "no signature": lambda service: setattr(service, "algorithm", "none"),
    "a signature made of the public key": lambda service: setattr(service, "algorithm", "HS256"),
    "somebody else's nonce": lambda service: service.claims.update(nonce="another"),
    "another issuer": lambda service: service.claims.update(iss="https://evil.example"),
    "a token for another client": lambda service: service.claims.update(aud="another"),
    "a token for us among others, given to another": lambda service: service.claims.update(
        aud=[provider.CLIENT, "another"], azp="another"
    ),
    "a token that is over": lambda service: service.claims.update(exp=service.now - 120),
    "nobody": lambda service: service.claims.update(sub=""),
    "one factor": lambda service: service.claims.update(amr=["pwd"]),
    "two of one kind": lambda service: service.claims.update(amr=["pwd", "pin"]),
    "no word about factors": lambda service: service.claims.pop("amr"),
    "somebody unknown here": lambda service: setattr(service, "subject", "another"),
}


@pytest.mark.requirement("R18")
def test_what_the_service_says_wrongly_opens_nothing(
    app: Flask, service: Provider, mona: User, clock: clocks.Clock, figure: Callable[[str], None]
) -> None:
    let_in = [name for name, wrong in WRONG.items() if opens(app, service, wrong)]

    figure(f"{len(let_in)} of {len(WRONG)} wrong tokens of another service taken")
    assert let_in == []
    assert opens(app, service, lambda service: None)


def opens(app: Flask, service: Provider, wrong: Callable[[Provider], object]) -> bool:
    """Whether somebody is in after the service said this; it is asked for its token and says what is right again."""
    clocks.clock().moved_by += 30
    service.begin_anew(int(clocks.now().timestamp()))
    wrong(service)
    visitor = Browser(app, app.response_class)
    answer = there_and_back(visitor, service)
    assert "/token" in service.asked
    assert answer.status_code in (303, 422)
    return is_in(visitor)


def test_a_code_is_brought_back_by_the_browser_that_fetched_it(
    app: Flask, visitor: Browser, service: Provider, mona: User
) -> None:
    """Else a stranger could sign somebody in as themselves, or use a code they saw."""
    address = service.authorise(visitor.get("/desk/elsewhere").headers["Location"])
    stranger = Browser(app, app.response_class)
    own = stranger.get("/desk/elsewhere")

    assert own.status_code == 303
    assert stranger.get(address).status_code == 422
    assert not is_in(stranger)


def test_the_way_back_is_gone_once(visitor: Browser, service: Provider, mona: User) -> None:
    address = service.authorise(visitor.get("/desk/elsewhere").headers["Location"])
    cookie = visitor.get_cookie("stemme-errand")
    assert cookie is not None
    visitor.get(address)
    visitor.set_cookie("stemme-errand", cookie.value)

    assert visitor.get(address).status_code == 422


def test_who_stays_away_too_long_begins_again(
    visitor: Browser, service: Provider, mona: User, clock: clocks.Clock
) -> None:
    address = service.authorise(visitor.get("/desk/elsewhere").headers["Location"])
    clock.moved_by += 601

    assert visitor.get(address).status_code == 422


def test_what_the_service_refuses_is_said_without_its_words(visitor: Browser, service: Provider, mona: User) -> None:
    for given in ("error=access_denied", "iss=https://evil.example&code=1", "code=", "error=<script>"):
        address = service.authorise(visitor.get("/desk/elsewhere").headers["Location"])
        response = visitor.get(f"/desk/elsewhere/back?state={address.split('state=')[1].split('&')[0]}&{given}")

        assert response.status_code == 422
        assert not any(said in response.text for said in ("access_denied", "evil.example", "<script>"))


def test_nobody_is_sent_or_asked_elsewhere(visitor: Browser, service: Provider) -> None:
    for ends in ("token_endpoint", "jwks_uri", "authorization_endpoint", "issuer"):
        service.described = {ends: "http://localhost:1/elsewhere"}

        assert visitor.get("/desk/elsewhere").status_code == 422
    assert set(service.asked) == {"/.well-known/openid-configuration"}


def test_a_service_that_is_down_is_said_kindly(visitor: Browser, service: Provider) -> None:
    service.is_down = True
    response = visitor.get("/desk/elsewhere?lang=en")

    assert response.status_code == 422
    assert 'id="password"' in response.text


def test_who_signs_in_elsewhere_signs_in_nowhere_else(app: Flask, visitor: Browser, mona: User) -> None:
    assert telephones.sign_in(visitor, "mona") == ""


def test_an_account_elsewhere_belongs_to_one_person(app: Flask, service: Provider, mona: User) -> None:
    malik = factories.a_user("moderator", name="malik")

    with app.test_request_context(), pytest.raises(ConnectingRefused):
        connecting.connect(malik, service.subject)
    db.db.session.rollback()


def test_a_first_password_cuts_the_account_elsewhere_off(
    app: Flask, visitor: Browser, service: Provider, mona: User
) -> None:
    with app.test_request_context():
        users.reset("mona", by_operator=True)
    db.db.session.commit()

    assert there_and_back(visitor, service).status_code == 422


def test_who_has_left_does_not_come_back_that_way(app: Flask, visitor: Browser, service: Provider, mona: User) -> None:
    with app.test_request_context():
        users.leave(mona.name, clocks.today())
    db.db.session.commit()

    assert there_and_back(visitor, service).status_code == 422


@pytest.mark.parametrize(
    ("acr", "amr", "is_enough"),
    [
        ("", ("mfa",), True),
        ("", ("pwd", "otp"), True),
        ("", ("pwd", "fpt"), True),
        ("silver", (), True),
        ("", ("pwd",), False),
        ("", ("otp", "sms"), False),
        ("bronze", ("unheard-of", "another"), False),
    ],
)
def test_two_factors_are_two_kinds(acr: str, amr: tuple[str, ...], is_enough: bool) -> None:
    assert errands.shows_two_factors(Proof("1", acr, amr), ("silver",)) is is_enough
