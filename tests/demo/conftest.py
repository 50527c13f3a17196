"""The demo, loaded once for each database: its first load takes seconds, and its tests only look at it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.core import clock, config, db
from app.demo import content
from app.desk.accounts import users
from app.desk.moderation import codebook
from app.surveys import versions
from tests.databases import Databases, create_schema
from tests.desk.accounts import factories
from tests.desk.accounts.factories import Browser

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
"""A Sunday in the middle of a quarter."""


@pytest.fixture(scope="session")
def loaded(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An app with a database of its own: the other tests empty theirs."""
    folder = tmp_path_factory.mktemp("demo")
    url = databases.another()
    create_schema(url, folder)
    environ = {
        "STEMME_ENV": "testing",
        "STEMME_INSTANCE_DIR": str(folder),
        "STEMME_DATABASE_URL": url,
        "STEMME_DEMO_PASSWORD": "et-kodeord-til-demo",
    }
    app = create_app(config.load(environ))
    app.testing = True
    versions.forget()
    with app.app_context():
        clock.clock().set(NOW)
        codebook.load()
        db.db.session.commit()
        content.load(clock.now())
        db.db.session.remove()
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
