"""The demo, loaded once for each database: its first load takes seconds, and its tests only look at it."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import db
from app.desk.accounts import users
from app.surveys import versions
from tests.databases import Databases
from tests.demo import loading
from tests.desk.accounts import factories
from tests.desk.accounts.factories import Browser


@pytest.fixture(scope="session")
def loaded(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An app with a database of its own: the other tests empty theirs."""
    app = loading.load(databases.another(), tmp_path_factory.mktemp("demo"))
    yield app
    with app.app_context():
        db.db.engine.dispose()


@pytest.fixture
def demo(loaded: Flask) -> Iterator[Flask]:
    """The loaded demo."""
    versions.forget()
    with loaded.app_context():
        yield loaded
        db.db.session.remove()
    versions.forget()


@pytest.fixture
def visitor(demo: Flask) -> FlaskClient:
    """Somebody on the street."""
    return Browser(demo)


@pytest.fixture
def as_(demo: Flask) -> Callable[[str], FlaskClient]:
    """as_("mona") is a browser in which this person of the demo is signed in."""
    return lambda name: factories.browser_of(demo, users.named(name))
