"""The work list of a split: each text goes to one of the new codes, or stays."""

from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import db
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.moderation import forms as texts
from app.desk.moderation import labels as text_labels
from app.desk.moderation.codebook import drafting, split_queries, splitting
from app.desk.moderation.codebook.lines import Line
from app.desk.moderation.codebook.standing import Standing

pages = Blueprint("splits", __name__, url_prefix="/splits")
FORM = "codebook.split"
PREFIX = "to-"


@pages.get("/<key>")
@access("moderator")
def show(key: str) -> Response:
    """The texts that are still to be sorted, a page at a time."""
    db.begin_reading()
    return _page(*_splitting(key))


@pages.post("/<key>")
@access("moderator")
def sort(key: str) -> AnyResponse:
    """Where each ticked text goes; those not ticked wait."""
    standing, line = _splitting(key)
    try:
        session.check_form(FORM)
        splitting.sort(line.guid, _chosen(), session.user())
    except Refusal as refusal:
        db.db.session.rollback()
        return _page(standing, line, 422, refusal=refusal)
    db.db.session.commit()
    return redirect(url_for(".show", key=key, said="sorted"), 303)


def _chosen() -> dict[bytes, str]:
    sent = ((name.removeprefix(PREFIX), value) for name, value in request.form.items() if name.startswith(PREFIX))
    ids = ((texts.answer_id(name), value) for name, value in sent)
    return {statement_id: value for statement_id, value in ids if statement_id is not None}


def _splitting(key: str) -> tuple[Standing, Line]:
    standing = drafting.standing()
    line = standing.by_key(key)
    if line is None or line.guid not in standing.splits:
        abort(404)
    return standing, line


def _page(standing: Standing, line: Line, status: int = 200, **more: Any) -> Response:
    me, after = session.user(), texts.answer_id(request.args.get("after", ""))
    rows = splitting.page(line.guid, me, after)
    shown = rows[: splitting.PAGE]
    page = render_template(
        "desk/moderation/codebook/split.html", line=line, rows=shown, targets=splitting.targets(standing, line.guid),
        left=split_queries.count_left_for(line.guid, me), prefix=PREFIX, stay=splitting.STAY, text_labels=text_labels,
        after=shown[-1].id.hex() if len(rows) > splitting.PAGE else None, **more,
    )  # fmt: skip
    return make_response(page, status)
