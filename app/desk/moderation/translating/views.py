"""The page of what waits for a translation, by language."""

import re

from flask import Blueprint, Response, make_response, render_template, request

from app.core import db
from app.core.access import access
from app.desk.accounts import session
from app.desk.moderation import labels
from app.desk.moderation.translating import queries

pages = Blueprint("translating", __name__, url_prefix="/desk/translations")
PAGE = 20
_PLACE = re.compile(r"(\d{4}-W\d\d)\.([0-9a-f]{32})", re.ASCII)
_LANG = re.compile(r"[a-z]{2,3}", re.ASCII)


@pages.get("")
@access("moderator")
def show() -> Response:
    """Approved texts that nobody has translated, and how many are set aside for their language."""
    db.begin_reading()
    me, lang = session.user(), request.args.get("lang_of", "")
    chosen = lang if _LANG.fullmatch(lang) else None
    found = _PLACE.fullmatch(request.args.get("after", ""))
    after = (found[1], bytes.fromhex(found[2])) if found else None
    rows = queries.statements(me, lang=chosen, after=after, size=PAGE + 1)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    page = render_template(
        "desk/moderation/translating/list.html",
        rows=rows[:PAGE],
        counts=queries.count_by_language(me),
        chosen=chosen,
        labels=labels,
        after=f"{last.week}.{last.id.hex()}" if last else None,
    )
    return make_response(page)
