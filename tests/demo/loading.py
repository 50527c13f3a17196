"""An app with the whole demo in it; the first load takes seconds, so one serves many tests that only look."""

from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from app import create_app
from app.core import clock, config, db
from app.demo import content
from app.desk.moderation.codebook import codes
from app.surveys import versions
from tests.databases import create_schema

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
"""A Sunday in the middle of a quarter."""


def load(url: str, folder: Path) -> Flask:
    """The app, its database at `url` filled as `stemme demo` fills it."""
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
        codes.load()
        db.db.session.commit()
        content.load(clock.now())
        db.db.session.remove()
    return app
