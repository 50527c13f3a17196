"""Pages of the codebook: what each code means, and how many voices have it for those who may know."""

from flask import Blueprint, Response

from app.core import db, hypermedia, i18n
from app.core.access import access
from app.desk.accounts import session
from app.desk.moderation import queries
from app.desk.moderation.codebook import codes

pages = Blueprint("codebook", __name__, url_prefix="/desk/codebook")
COUNTERS = ("moderator", "analyst")
"""Who may see small counts: those who may read the statements behind them."""


@pages.get("")
@access("peer", "moderator", "safeguarding", "council", "analyst", "admin")
def book() -> Response:
    """The themes, when to use each, and how many voices have it for those who may know."""
    db.begin_reading()
    me = session.user()
    counts = queries.voices_by_code(me) if me.role in COUNTERS else None
    return hypermedia.render(
        "desk/moderation/codebook/book.html", "desk/moderation/codebook/_book.html",
        book=codes.book(), counts=counts, in_danish=i18n.current() == "da",
    )  # fmt: skip
