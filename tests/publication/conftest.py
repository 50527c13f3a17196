"""A quarter that is out, and the pages that show it."""

import pytest
from flask import Flask

from app.channels.web.results import results
from app.core import db
from app.publication.models import Release
from tests.publication import factories
from tests.publication.factories import Archive


@pytest.fixture
def archive(app: Flask, content: None) -> Archive:
    """A plausible quarter in the database, counted."""
    if "results" not in app.blueprints:
        app.register_blueprint(results)
    archive = Archive(factories.crowd())
    db.db.session.commit()
    factories.freeze(archive)
    return archive


@pytest.fixture
def release(archive: Archive) -> Release:
    """The quarter, published by Carl and Mona."""
    return factories.publish()
