"""Pages of the codebook: what each code means, what became of it, and the draft of the next version."""

from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, request
from flask_babel import gettext as _

from app.core import db, hypermedia, i18n
from app.core.access import access
from app.desk.accounts import session
from app.desk.accounts.models import User
from app.desk.moderation import queries
from app.desk.moderation.codebook import (
    change_views,
    codes,
    draft_views,
    drafting,
    history,
    labels,
    previewing,
    split_views,
    splitting,
)
from app.desk.moderation.codebook.acts import acts_on
from app.desk.moderation.memos import queries as memo_queries
from app.desk.moderation.undoing import showing
from app.publication.formats import wording

pages = Blueprint("codebook", __name__, url_prefix="/desk/codebook")
for part in (change_views, draft_views, split_views):
    pages.register_blueprint(part.pages)
READERS = ("peer", "moderator", "safeguarding", "council", "analyst", "admin")
TOO_LARGE = 100_000
"""No version has such a number, nor can every database look for it."""
COUNTERS = ("moderator", "analyst")
"""Who may see small counts: those who may read the statements behind them. They write the codebook, too."""


@pages.context_processor
def names() -> dict[str, Any]:
    """What every page of the codebook says in the same words."""
    found = session.current()  # an error page may be shown to somebody who is not signed in
    writer = found.user if found and found.user.role in COUNTERS else None
    word = request.args.get("said", "")
    return {
        "labels": labels,
        "in_danish": i18n.current() == "da",
        "may_write": writer is not None,
        "day": wording.day,
        "said": _(labels.SAID[word]) if word in labels.SAID else None,
        "undoable": showing.newest(writer) if writer and request.method == "GET" else None,
    }


@pages.get("")
@access(*READERS)
def book() -> Response:
    """The themes, when to use each, and how many voices have it for those who may know."""
    db.begin_reading()
    me = session.user()
    return hypermedia.render(
        "desk/moderation/codebook/book.html", "desk/moderation/codebook/_book.html",
        book=codes.book(), counts=_counts(me), waiting=len(drafting.events()), next_version=drafting.number(),
        lists=splitting.lists(drafting.standing(), me) if me.role == "moderator" else [],
    )  # fmt: skip


@pages.get("/codes/<key>")
@access(*READERS)
def code(key: str) -> Response:
    """All that is said of one code, what became of it, and what may be done with it."""
    db.begin_reading()
    me = session.user()
    may_write = me.role in COUNTERS
    drafted = drafting.drafted()
    published, line = drafting.standing().by_key(key), drafted.by_key(key)
    if line is None or (published is None and not may_write):
        abort(404)
    return _page(
        "code",
        line=published or line,
        is_new=published is None,
        parent=drafted.by_key(line.parent_key) if line.parent_key else None,
        read_as=[drafted.lines[guid] for guid in drafted.path(line.guid)],
        holds=[drafted.lines[guid] for guid, end in drafted.redirects.items() if end == line.guid],
        count=previewing.voices_of(drafting.standing(), published, me) if may_write and published else None,
        acts=acts_on(line, drafted) if may_write else (),
        waits=[told for told in history.of_draft(in_danish=_in_danish()) if told.key == key] if may_write else [],
        memos=memo_queries.of_code(line.guid) if published and me.role == "moderator" else None,
        me_id=me.id,
        past=history.of_code(line.guid, in_danish=_in_danish()),
    )


@pages.get("/history")
@access(*READERS)
def versions() -> Response:
    """Every version, the newest first."""
    db.begin_reading()
    return _page("history", versions=history.versions(in_danish=_in_danish()))


@pages.get("/versions/<int:number>")
@access(*READERS)
def version(number: int) -> Response:
    """What a version changed, and the whole book as it was then."""
    db.begin_reading()
    found = history.version(number, in_danish=_in_danish()) if number < TOO_LARGE else None
    if found is None:
        abort(404)
    return _page("version", version=found, lines=[line for line in history.as_of(number).in_order() if line.is_active])


def _counts(me: User) -> dict[str, int] | None:
    return dict(queries.voices_by_code(me)) if me.role in COUNTERS else None


def _page(name: str, **context: Any) -> Response:
    return make_response(render_template(f"desk/moderation/codebook/{name}.html", **context))


def _in_danish() -> bool:
    return i18n.current() == "da"
