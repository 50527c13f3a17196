"""The stage of a torture: a real database that real servers share, and every folder they may write to."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.core import db
from tests.channels.sms.conftest import stage, twilio
from tests.databases import Databases
from tests.privacy import forensics

__all__ = ["stage", "twilio"]


@pytest.fixture
def disk(databases: Databases, tmp_path: Path) -> Callable[[dict[str, bytes]], list[str]]:
    """Looks through everything that is written: instance folder, keys, server logs, database, its log."""
    folders = [tmp_path, databases.server.folder if databases.server else databases.folder]
    return lambda needles: forensics.found(folders, needles)


@pytest.fixture
def house_environ(app: Flask, content: None, environ: dict[str, str]) -> dict[str, str]:
    """The environment of servers that share this test's database, places, surveys and keys, on the true clock."""
    app.extensions["clock"].moved_by = 0
    db.db.session.remove()
    return environ | {"STEMME_SMS_DAILY_SEGMENTS": "1000000"}
