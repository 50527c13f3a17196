"""The two signatures a release needs. Pages may import this: it decides nothing and computes nothing."""

from datetime import date

from flask_babel import gettext as _

from app.core import config, db
from app.core.errors import Refusal
from app.publication import periods, queries
from app.publication.models import Release

FIRST, SECOND = "council", "moderator"
"""The role that publishes, and the one that signs second."""


class NotPublishable(Refusal):
    """A release the rules do not allow, or not yet."""


def sign(period: str, *, by: str, role: str, today: date) -> Release:
    """One of the two signatures; when both are there, the job publishes."""
    asked = periods.parse(period)
    if today < asked.may_be_published_on() and not config.settings().is_demo:
        periods.refuse_too_early(asked, today=today)
    found = queries.release(asked.code) or Release(
        id=asked.code, catalogue=str(asked.year), period=asked.code, state="planned"
    )
    if found.state == "published":
        raise NotPublishable(_("%(period)s has been published already.", period=asked.code))
    if role == FIRST:
        found.signed_first = by
    elif role == SECOND:
        found.signed_second = by
    else:
        raise NotPublishable(_("Only the council and a moderator sign."))
    found.fault = ""
    refuse_one_person(found.signed_first, found.signed_second)
    found.state = "checking" if found.signed_first and found.signed_second else "planned"
    db.db.session.add(found)
    return found


def refuse_one_person(first: str | None, second: str | None) -> None:
    """Two signatures are two people."""
    if first and first == second:
        raise NotPublishable(_("Another person must sign as well."))
