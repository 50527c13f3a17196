"""What waits with missing voices: nobody can be held against a target group that was never read in."""

from collections.abc import Iterator
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from app.desk.accounts.models import User
from app.desk.track.presence import target_views
from app.desk.track.task import Task
from app.publication.presence import queries


def tasks(reader: User, _today: date) -> Iterator[Task]:
    """Until a first file of target groups is here, those who may read one in are asked to."""
    if reader.role in target_views.WRITERS and not queries.newest_file():
        about = _("Without it nobody can see who is missing.")
        yield Task(_("Read in how large the target groups are"), about, url_for("track.targets.index"))
