"""Forms come from our own pages only: every address that takes one, by every header a browser may send."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import access, config, csrf
from tests.architecture.test_access import routes
from tests.desk.accounts import factories
from tests.mutants import csrf_mutants as wrong
from tests.requirements import IN_FULL

pytestmark = pytest.mark.one_database

TOKEN = re.compile(r'name="t" value="([^"]+)"')
Figure = Callable[[str], None]
SignIn = Callable[..., FlaskClient]
ELSEWHERE = (
    {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"},
    {"Origin": "https://ond.example"}, {"Origin": "http://127.0.0.1:8001"}, {"Origin": "https://127.0.0.1:8000"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8000"},
)  # fmt: skip
OURS = ({}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:8000"}, {"Sec-Fetch-Site": "same-origin"})


@pytest.mark.requirement("R19")
def test_no_address_takes_a_form_from_elsewhere(app: Flask, content: None, figure: Figure) -> None:
    client = app.test_client()
    posts = [one for one in routes(app) if one.method == "POST" and access.PROVIDER not in one.who]
    forms = [one for one in posts if not one.rule.startswith("/kiosk/api/")]

    every = [(one, headers) for one in forms for headers in ELSEWHERE]
    asked = every if IN_FULL else every[:: len(ELSEWHERE) + 1]
    taken = [one.rule for one, headers in asked if client.post(one.address, headers=headers).status_code != 403]

    assert taken == []
    assert len(posts) - len(forms) == 2
    figure(f"{len(asked)} cross-site posts to {len({one.rule for one, _ in asked})} addresses: all 403")


@pytest.mark.requirement("R19")
@pytest.mark.parametrize("headers", OURS, ids=str)
def test_our_own_forms_are_taken_also_where_the_browser_says_null(
    app: Flask, sign_in: SignIn, headers: dict[str, str]
) -> None:
    admin = sign_in("admin")
    form = factories.form(admin, "site") | {"name": "Huset"}
    start = app.test_client().get("/s/GH1").text

    citizen = app.test_client().post("/s/GH1", data={"t": TOKEN.findall(start)[0], "act": "start"}, headers=headers)

    assert citizen.status_code == 303
    assert wrong.null_complaints(admin, headers, form) == []


@pytest.mark.requirement("R19", mutants=True)
def test_a_null_origin_that_is_trusted_without_a_token_is_caught(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = sign_in("admin")
    wrong.null_is_enough(monkeypatch)

    assert wrong.null_complaints(admin, {"Origin": "null"}, factories.form(admin, "site")) != []


def test_a_token_is_of_one_form_one_session_and_two_hours(app: Flask) -> None:
    clock = app.extensions["clock"]
    with app.test_request_context():
        made = csrf.token("one", bound_to="me")
        csrf.check("one", made, bound_to="me")
        for form, bound_to in (("other", "me"), ("one", "you"), ("one", "")):
            with pytest.raises(csrf.FormExpired):
                csrf.check(form, made, bound_to=bound_to)
        clock.moved_by += 2 * 3600 + 601
        with pytest.raises(csrf.FormExpired):
            csrf.check("one", made, bound_to="me")


def test_a_desk_with_an_address_of_its_own_is_ours_too(environ: dict[str, str]) -> None:
    both = config.load(environ | {"STEMME_DESK_BASE_URL": "http://desk.example"})
    desk = config.load(environ | {"STEMME_DESK_BASE_URL": "http://desk.example", "STEMME_SIDE": "desk"})

    assert both.own_addresses == ("http://127.0.0.1:8000", "http://desk.example")
    assert desk.own_addresses == ("http://desk.example",)
