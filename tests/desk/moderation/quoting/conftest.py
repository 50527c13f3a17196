"""A day on which words are free, a printed figure they can lean on, and the people of the desk."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import text

from app.core import clock as clocks
from app.core import db
from app.publication.models import Cell, Release
from tests.desk.moderation import factories
from tests.desk.moderation.quoting.desks import Desk

FREE = datetime(2026, 4, 13, 10, 0, tzinfo=UTC)
"""A Monday, the first day on which what was said in week 10 cannot be taken back any more."""


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


@pytest.fixture
def printed(app: Flask) -> None:
    """A release that shows how many spoke of access in the street houses of the region of GH1."""
    db.db.session.add(Release(id="2026-Q1", catalogue="2026", period="2026-Q1", state="ready"))
    db.db.session.flush()
    db.db.session.add(
        Cell(release_id="2026-Q1", table="T5", place="R-hoved/street_house", period="2026-Q1", split="theme",
             category="ADG", position=0, value=7)
    )  # fmt: skip
    db.db.session.flush()
    db.connection().execute(
        text(
            "UPDATE release SET state = 'published', number = 1, published_on = '2026-04-12', signed_first = 'carl', "
            "signed_second = 'mona', hash = 'sha256:1', previous_hash = 'sha256:0'"
        )
    )
    db.db.session.commit()


@pytest.fixture
def free(clock: clocks.Clock) -> None:
    """The weeks in which words can be taken back are over."""
    clock.set(FREE)


@pytest.fixture
def desk(app: Flask, book: None, free: None) -> Desk:
    return Desk(app)
