"""A quarter that is out, and the pages that show it."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.channels.web.results import results
from app.core import db
from app.publication.models import Release
from app.publication.tallies import Voice
from tests import kept
from tests.publication import factories
from tests.publication.factories import Archive


class Visitor(FlaskClient):
    """A visitor who comes from outside: no transaction of the test is open meanwhile, nor one of theirs after."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        db.db.session.rollback()
        try:
            return super().open(*args, **kwargs)
        finally:
            db.db.session.rollback()


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody who reads the public pages and files."""
    if "results" not in app.blueprints:
        app.register_blueprint(results)
    app.test_client_class = Visitor
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def archive(app: Flask, content: None) -> Archive:
    """A plausible quarter in the database, counted."""
    if "results" not in app.blueprints:
        app.register_blueprint(results)
    archive = Archive()
    archive.voices = list(kept.once("archive", _counted))
    return archive


@pytest.fixture
def release(archive: Archive) -> Release:
    """The quarter, published by Carl and Mona."""
    release_id = kept.once("release", lambda: factories.publish().id, while_new={"state": "checking"})
    return db.db.session.get_one(Release, release_id)


def _counted() -> list[Voice]:
    archive = Archive(factories.crowd())
    db.db.session.commit()
    factories.freeze(archive)
    return archive.voices
