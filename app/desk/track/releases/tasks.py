"""Releases that wait for a signature."""

from collections.abc import Iterator
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from app.core import i18n
from app.desk.accounts.models import User
from app.desk.track import queries
from app.desk.track.task import Task
from app.publication.formats import wording

SIGNATURES = {"council": "first", "moderator": "second"}
"""The council signs first, a moderator second."""


def tasks(reader: User, _today: date) -> Iterator[Task]:
    """Releases that lack the reader's signature."""
    if reader.role in SIGNATURES:
        for period in queries.releases_to_sign(SIGNATURES[reader.role]):
            about = wording.period(period, i18n.current())
            sentence = _("Sign the release %(code)s", code=period)
            yield Task(sentence, about, url_for("track.releases.show", code=period))
