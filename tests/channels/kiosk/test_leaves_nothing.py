"""No page of the tablet may be kept, no field is remembered, and signing out takes no sealed answer along."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.mutants import kiosk_mutants

pytestmark = pytest.mark.one_database

SignIn = Callable[..., FlaskClient]


@pytest.mark.requirement("R14")
def test_a_shared_tablet_keeps_nothing_of_anybody_and_loses_nothing_of_all(app: Flask, sign_in: SignIn) -> None:
    assert kiosk_mutants.complaints(app, sign_in("staff", "GH1")) == []


@pytest.mark.requirement("R14", mutants=True)
@pytest.mark.parametrize("wrong", kiosk_mutants.WRONG, ids=lambda one: one.__name__)
def test_a_careless_tablet_is_caught(app: Flask, sign_in: SignIn, wrong: Callable[[Flask], None]) -> None:
    wrong(app)

    assert kiosk_mutants.complaints(app, sign_in("staff", "GH1")) != []
