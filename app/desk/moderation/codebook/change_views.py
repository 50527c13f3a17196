"""Forms that propose a change of the codebook: a new code, other words, another place. First shown, then proposed."""

from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core import db
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.moderation.codebook import acts, changes, drafting, forms, lines, nearest, previewing
from app.desk.moderation.codebook.changes import Change
from app.desk.moderation.codebook.lines import Line
from app.desk.moderation.codebook.standing import Standing

pages = Blueprint("changes", __name__)
WRITERS = ("moderator", "analyst")
FORM = "codebook"
AT_ONCE = ("edit",)
"""Acts that need no preview: nothing is counted otherwise."""


@pages.get("/add")
@access(*WRITERS)
def add() -> Response:
    """The first half of a new code: its name, what it means, where it belongs."""
    db.begin_reading()
    return _add_page()


@pages.post("/add")
@access(*WRITERS)
def save_new() -> AnyResponse:
    """First the nearest codes, so that no twin is born; then into the draft."""
    try:
        session.check_form(FORM)
        change = forms.new_code(request.form, changes.new_guid())
        if "sure" not in request.form:
            changes.after(drafting.drafted(), [change], drafting.number())
            return _add_page(near=_near())
        _check_whole(change)
        drafting.propose([change], request.form.get("why", ""), session.user())
    except Refusal as refusal:
        db.db.session.rollback()
        return _add_page(422, refusal=refusal, near=_near() if "sure" in request.form else None)
    db.db.session.commit()
    return redirect(url_for("codebook.draft.show", said="proposed"), 303)


@pages.get("/codes/<key>/<any(edit, move, merge, split, retire, restore):act>")
@access(*WRITERS)
def change(key: str, act: str) -> Response:
    """The form of one act."""
    db.begin_reading()
    standing, line = _line(key, act)
    return _act_page(act, standing, line)


@pages.post("/codes/<key>/<any(edit, move, merge, split, retire, restore):act>")
@access(*WRITERS)
def save(key: str, act: str) -> AnyResponse:
    """First what it would do, with numbers; then into the draft."""
    standing, line = _line(key, act)
    try:
        session.check_form(FORM)
        found = forms.edited(request.form, line) if act == "edit" else forms.moved(act, request.form, line, standing)
        after = changes.after(standing, [found], drafting.number())
        if act not in AT_ONCE and "sure" not in request.form:
            effect = previewing.effect(standing, after, found, session.user())
            return _act_page(act, standing, line, effect=effect, change=found)
        drafting.propose([found], request.form.get("why", ""), session.user())
    except Refusal as refusal:
        db.db.session.rollback()
        return _act_page(act, standing, line, 422, refusal=refusal)
    db.db.session.commit()
    return redirect(url_for("codebook.draft.show", said="proposed"), 303)


def _check_whole(change: Change) -> None:
    if not change.fields["definition_da"] or not change.fields["example_da"]:
        raise lines.NotWritable(_("A new code needs a definition and an example, both in Danish."))


def _near() -> list[Line]:
    written = forms.written(request.form, "sub")
    said, parent = (written["name_da"], written["definition_da"], written["hints"]), request.form.get("parent", "")
    return nearest.codes(drafting.drafted(), *said, parent_key=parent)


def _line(key: str, act: str) -> tuple[Standing, Line]:
    standing = drafting.drafted()
    line = standing.by_key(key)
    if line is None or act not in acts.acts_on(line, standing):
        abort(404)
    return standing, line


def _add_page(status: int = 200, **more: Any) -> Response:
    standing = drafting.drafted()
    themes = [line for line in standing.in_order() if line.kind == "theme" and line.is_active]
    page = render_template(
        "desk/moderation/codebook/add.html", themes=themes, written=request.form, standing=standing,
        own=forms.OF_ITS_OWN, longest=lines, **more,
    )  # fmt: skip
    return make_response(page, status)


def _act_page(act: str, standing: Standing, line: Line, status: int = 200, **more: Any) -> Response:
    others = [one for one in standing.in_order() if one.is_active and one.kind in lines.CONTENT and one != line]
    page = render_template(
        "desk/moderation/codebook/change.html", act=act, line=line, others=others, written=request.form,
        standing=standing, longest=lines, **more,
    )  # fmt: skip
    return make_response(page, status)
