"""What no page of ours sends: signs that no database keeps, and numbers that fit no column. Nobody gets a fault."""

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import ImmutableMultiDict

from app.core import db, numbers
from app.core.access import ROLES
from tests.architecture.test_access import Route, routes
from tests.channels.kiosk.tablet import Tablet
from tests.desk.accounts import factories
from tests.requirements import IN_FULL, Figure

TOO_LONG, NUL = "9" * 23, "\0"
BESIDE = {"survey": "five_tap"}
"""What a page wants to know before it looks at anything else."""
Browsers = dict[str, FlaskClient]


class Noted(ImmutableMultiDict[str, str]):
    """The arguments of a request, or its form; notes which names a view looks for."""

    names: ClassVar[set[str]] = set()

    def get(self, key: str, *args: Any, **more: Any) -> Any:
        self.names.add(key)
        return super().get(key, *args, **more)

    def getlist(self, key: str, *args: Any, **more: Any) -> Any:
        self.names.add(key)
        return super().getlist(key, *args, **more)


@pytest.fixture
def browsers(app: Flask, content: None, monkeypatch: pytest.MonkeyPatch) -> Browsers:
    """Somebody of each role, a tablet, and whoever passes by; a fault is a page to them."""
    found = {role: factories.sign_in(app, role) for role in ROLES} | {"kiosk": Tablet.enrolled(app).client}
    app.testing = False
    monkeypatch.setattr(app.request_class, "parameter_storage_class", Noted)
    return found | {"": app.test_client()}


@pytest.mark.requirement("R19")
def test_nothing_that_stands_in_a_request_makes_a_page_fail(app: Flask, browsers: Browsers, figure: Figure) -> None:
    asked = dict(answer for route in _walked(app) for answer in _strange(browsers, route))

    figure(f"{len(asked)} requests with a NUL or a number of {len(TOO_LONG)} digits: no fault, at the desk 400")
    assert {what: status for what, status in asked.items() if status >= 500} == {}
    at_desk = {what: status for what, status in asked.items() if what[0].startswith("/desk") and NUL in what}
    assert {what: status for what, status in at_desk.items() if status not in (400, 404)} == {}
    if IN_FULL or db.is_sqlite():
        assert {("/desk/audit", "before"), ("/desk/surveys/write", "version")} <= {what[:2] for what in asked}


@pytest.mark.requirement("R19")
def test_a_stranger_who_signs_in_with_a_nul_is_told_so(app: Flask, browsers: Browsers) -> None:
    answers = [browsers[""].post("/desk/login", data={"name": name, "password": "x"}) for name in ("a\0nna", "anna")]

    assert [answer.status_code for answer in answers] == [400, 422]


@pytest.mark.parametrize("said", ["-1", "1_000", "٣", "", "1" * 10, "1.0", "0x9"])
def test_only_digits_that_fit_a_column_are_a_number(said: str) -> None:
    assert numbers.read(said) is None
    assert numbers.read(" 0012 ") == 12


def _walked(app: Flask) -> Iterator[Route]:
    """Every page, and the forms of citizens; in full every form, and the desk, which stops both early, on both."""
    for route in routes(app):
        is_page = route.method == "GET" and db.is_sqlite() and not route.rule.endswith(".pdf")
        if IN_FULL or is_page or not route.rule.startswith("/desk"):
            yield route


def _strange(browsers: Browsers, route: Route) -> Iterator[tuple[tuple[str, str, str], int]]:
    """The status for each strange value under each name the view looks for, but the language, which all look for."""
    client = browsers[min(route.who & set(browsers), default="")]
    Noted.names.clear()
    _send(client, route, BESIDE)
    for name in sorted(Noted.names - {"lang", "form_token"}):
        for value in (TOO_LONG, NUL):
            yield (route.rule, name, value), _send(client, route, BESIDE | {name: value})


def _send(client: FlaskClient, route: Route, said: dict[str, str]) -> int:
    if route.method == "GET":
        return client.get(route.address, query_string=said).status_code
    return client.post(route.address, data=said).status_code
