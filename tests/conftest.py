"""The stage of every test: a fresh database of each kind, the demo content, a clock that can be moved."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache

from app import create_app
from app.core import clock as clocks
from app.core import config, db
from app.surveys import versions
from tests import citizen_rights
from tests import content as demo_content
from tests.databases import Databases, Postgres

pytest_plugins = ["tests.requirements", "tests.chromium"]

NOON = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
"""A Monday, when every script of a conversation begins."""


class CompiledTemplates(BytecodeCache):
    """Templates compiled once for all the apps of these tests."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        known = self._known.get((bucket.key, bucket.checksum))
        if known:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


COMPILED = CompiledTemplates()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=("sqlite", "postgresql", "both"), default="both", help="which databases to test")


def pytest_collection_finish() -> None:
    """What is there by now stays, and an application is soon made: the collector need not look again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 10)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--db")
        kinds = ["sqlite", "postgresql"] if chosen == "both" else [chosen]
        if os.environ.get("SKIP_POSTGRES") == "1":
            kinds = [kind for kind in kinds if kind == "sqlite"]
        if metafunc.definition.get_closest_marker("one_database") and os.environ.get("PROVE") != "full":
            kinds = kinds[:1]
        metafunc.parametrize("database_kind", kinds, scope="session")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def databases(
    database_kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
    server = request.getfixturevalue("postgres") if database_kind == "postgresql" else None
    databases = Databases(database_kind, tmp_path_factory.mktemp("databases"), server)
    yield databases
    databases.close()


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """The address of a database with the whole schema and nothing in it."""
    url = databases.fresh()
    yield url
    databases.forget(url)


@pytest.fixture
def environ(database_url: str, tmp_path: Path) -> dict[str, str]:
    """The settings of a test; change it before `app` is asked for."""
    return {
        "STEMME_ENV": "testing",
        "STEMME_INSTANCE_DIR": str(tmp_path / "instance"),
        "STEMME_DATABASE_URL": database_url,
        "STEMME_PUBLIC_BASE_URL": "http://127.0.0.1:8000",
        "STEMME_DEMO_PASSWORD": "et-kodeord-til-demo",
        "STEMME_TWILIO_AUTH_TOKEN": "demo-token",
        "STEMME_RELEASE_BATCH": "1",
    }


@pytest.fixture
def settings(environ: dict[str, str]) -> config.Settings:
    return config.load(environ)


@pytest.fixture
def app(settings: config.Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.testing = True
    app.jinja_env.bytecode_cache = COMPILED
    db._patience.recover()  # nobody waited in vain in this test yet
    versions.forget()
    with app.app_context():
        clocks.clock().set(NOON)
        if not db.is_sqlite():
            citizen_rights.hold_to(app)
        app.extensions["dice"] = lambda sides: sides - 1  # nothing happens by chance unless a test says so
        yield app
        db.db.session.remove()
        db.db.engine.dispose()
    shutil.rmtree(settings.instance_dir, ignore_errors=True)


@pytest.fixture
def clock(app: Flask) -> clocks.Clock:
    return clocks.clock()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def content(app: Flask) -> None:
    """The demo's places and published surveys."""
    demo_content.put()


@pytest.fixture
def sign_in(app: Flask, content: None) -> Callable[..., FlaskClient]:
    """sign_in("moderator") gives a client with that role's session; `site_code` ties the person to a place."""
    from tests.desk.accounts import factories  # noqa: PLC0415 - only tests of the desk need it

    return lambda role, site_code=None: factories.sign_in(app, role, site_code)
