"""The codebook, a moderator who worries, and somebody of safeguarding."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.desk.moderation import factories


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


@pytest.fixture
def mona(sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    return sign_in("moderator")


@pytest.fixture
def sofie(sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    return sign_in("safeguarding")
