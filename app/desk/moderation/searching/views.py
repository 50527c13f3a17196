"""The page of search. What is searched for comes in the body of a form: it stands in no address and no history."""

from collections.abc import Iterator
from itertools import islice

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from app.core import db, hypermedia
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.accounts.models import User
from app.desk.moderation import surroundings
from app.desk.moderation.codebook import codes
from app.desk.moderation.dealing import dealing
from app.desk.moderation.filters import facets
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.searching import marking, queries, wanted
from app.desk.moderation.searching.wanted import Wanted

pages = Blueprint("searching", __name__, url_prefix="/desk")
FORM = "search"
PAGE = 20


@pages.get("/search")
@access("moderator")
def ask() -> Response:
    """An empty form."""
    db.begin_reading()
    return _page(Wanted())


@pages.post("/search")
@access("moderator")
def found() -> Response:
    """What has all the words, newest week first; the next page is asked for by the same form."""
    db.begin_reading()
    try:
        session.check_form(FORM)
    except Refusal as refusal:
        return _page(Wanted(), status=422, problem=_(str(refusal)))
    return _page(wanted.parse(request.form.get("words", "")))


def _page(asked: Wanted, *, status: int = 200, problem: str | None = None) -> Response:
    me, given = session.user(), request.form
    shown, after = facets.parse(given), dealing.parse(given.get("after"))
    rows = queries.statements(asked, shown, me, after=after[1:] if after else None, size=PAGE + 1) if asked else []
    rows, more = rows[:PAGE], rows[PAGE:]
    return hypermedia.render(
        "desk/moderation/searching/search.html",
        "desk/moderation/searching/search.html",
        status,
        **surroundings.around(me, given),
        typed=given.get("words", "")[: wanted.LONGEST],
        asked=asked,
        rows=[(row, marking.pieces(row.text, asked)) for row in rows],
        tags=surroundings.codes_of(rows),
        book=codes.book(),
        after=f"0.{rows[-1].week}.{rows[-1].id.hex()}" if more else None,
        memos=list(islice(_memos(asked, me), PAGE)) if asked and not after else [],
        problem=problem,
    )


def _memos(asked: Wanted, me: User) -> Iterator[AnyRow]:
    return (memo for memo in queries.memos_on_texts(me) if asked.fits(memo.text))
