"""What the pages of paper entry share: who may come, finding a batch, and the names their templates use."""

from datetime import date
from typing import Any

from babel.dates import format_skeleton
from flask import abort, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from app.core import clock, db, weeks
from app.core.errors import Refusal
from app.core.i18n import N_
from app.desk.accounts import session
from app.desk.accounts.models import User
from app.desk.paper import accepting, batches, checking, queries
from app.desk.paper.models import PaperBatch
from app.surveys import queries as surveys
from app.surveys import questions

READERS = ("moderator",)
FORM = "paper"
HIGHEST_PLACE = 9999
"""No pile is near it, and every database can compare it."""
STATE_NAMES = {
    "keying": N_("Being keyed"),
    "checking": N_("Being checked"),
    "deciding": N_("Differences to decide"),
    "accepted": N_("Stored"),
}
VERDICT_NAMES = {
    "accept": N_("At most 1 in 100: good enough"),
    "widen": N_("More than 1 in 100: more sheets are checked"),
    "again": N_("More than 3 in 100: the whole batch is keyed again"),
}


def batch(survey_id: str, batch_id: str, *, to_change: bool = False) -> PaperBatch:
    """The batch of this address; 404 alike for one that is unknown and one behind the wall."""
    if (request.view_args or {}).get("place", 0) > HIGHEST_PLACE:
        abort(404)
    try:
        found = queries.batch(bytes.fromhex(batch_id), survey_id, session.user(), to_change=to_change)
    except ValueError:
        found = None
    if found is None:
        abort(404)
    return found


def look_again() -> None:
    """Take back what was begun; what follows only reads, so that nobody waits for a page."""
    db.db.session.rollback()
    db.begin_reading()


def address(endpoint: str, batch: PaperBatch, **more: Any) -> str:
    """Where a page of a batch is."""
    return url_for(endpoint, survey_id=batch.survey_id, batch_id=batch.id.hex(), **more)


def week(iso: str) -> str:
    """A week in words, with its first and last day."""
    year, number = iso.split("-W")
    first, last = (day(one, "MMMd") for one in (weeks.monday(iso), weeks.sunday(iso)))
    named: str = _("week %(week)s, %(year)s", week=int(number), year=year)
    return f"{named} ({first} – {last})"


def day(one: date, form: str = "MMMMd") -> str:
    """A day and its month, as the reader's language writes them."""
    written: str = format_skeleton(form, one, locale=get_locale())
    return written


def status(refusal: Refusal) -> int:
    """409 where somebody was faster, else 422."""
    return 409 if isinstance(refusal, batches.Changed) else 422


def names() -> dict[str, Any]:
    """What every template of paper entry may use."""
    return {
        "form_id": FORM,
        "state_names": STATE_NAMES,
        "verdict_names": VERDICT_NAMES,
        "shred_by": accepting.shred_by,
        "today": clock.today(),
        "week_words": week,
        "day": day,
        "in_language": questions.in_language,
        "address": address,
    }


def of_batch(batch: PaperBatch, me: User) -> dict[str, Any]:
    """Where a batch stands, as its pages show it."""
    held = batches.hands(batch)
    return names() | {
        "batch": batch,
        "survey": batches.survey_of(batch),
        "site": surveys.site(batch.site_code),
        "holder": held.name,
        "is_mine": held.current == me.id,
        "has_seen": batch.state == "checking" and me.id in held.firsts,
        "places": queries.places(batch.id),
        "to_key": checking.to_key(batch) if batch.state == "checking" else {},
        "checks": queries.checks(batch.id),
    }
