"""Pages of what the machine proposes: words that came up lately, and how good the suggestions are."""

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db, hypermedia, i18n
from app.core.access import access
from app.core.errors import Refusal
from app.core.i18n import N_
from app.desk.accounts import session
from app.desk.moderation.codebook import codes
from app.desk.moderation.suggesting import (
    afinn_da,
    cld,
    measuring,
    queries,
    settling,
    sklearn_letters,
    teaching,
)  # fmt: skip

pages = Blueprint("suggesting", __name__, url_prefix="/desk")
FORM = "new-words"
MOST = 30
"""Words on the page; the most striking ones."""
SAID = {
    "hint": N_("It is proposed as a hint. A second person agrees to it in the codebook."),
    "code": N_("It is not shown again. Propose the new code in the codebook."),
    "nothing": N_("It is not shown again."),
}
LEVELS = {0: N_("hints"), 1: N_("naive Bayes"), 2: N_("runs of letters")}


@pages.get("/new-words")
@access("moderator")
def words() -> Response:
    """Words of the last four weeks that were rarer before, with the texts they stand in."""
    db.begin_reading()
    return _words()


@pages.post("/new-words")
@access("moderator")
def settle() -> AnyResponse:
    """What a word becomes: a hint, a code, or nothing."""
    form = request.form
    try:
        session.check_form(FORM)
        settling.settle(form.get("stem", ""), form.get("verdict", ""), form.get("code", ""), session.user())
    except Refusal as refusal:
        db.db.session.rollback()
        db.begin_reading()
        return _words(422, problem=_(str(refusal)), kept=form)
    db.db.session.commit()
    return redirect(url_for("suggesting.words", said=form["verdict"]), 303)


@pages.get("/suggestions")
@access("moderator", "analyst")
def measures() -> Response:
    """What people take of the suggestions, what these get right unseen, and what they are made with."""
    db.begin_reading()
    teacher = teaching.teacher()
    return hypermedia.render(
        "desk/moderation/suggesting/measures.html",
        "desk/moderation/suggesting/_measures.html",
        model=teaching.current(),
        by_hints=teacher.by_hints,
        by_model=teacher.by_model,
        rows=queries.acceptance(session.user()),
        pulls=measuring.pulls(session.user(), clock.today()),
        is_low=measuring.is_low,
        levels=LEVELS,
        has_afinn=afinn_da.path() is not None,
        has_detector=cld.is_here(),
        has_letters=sklearn_letters.is_here(),
        **_around(),
    )


def _words(status: int = 200, **more: Any) -> Response:
    me = session.user()
    teaching.begin()
    return hypermedia.render(
        "desk/moderation/suggesting/words.html",
        "desk/moderation/suggesting/_words.html",
        status,
        found=settling.to_look_at(me, most=MOST),
        said=SAID.get(request.args.get("said", "")),
        form_id=FORM,
        **_around() | more,
    )


def _around() -> dict[str, Any]:
    return {"book": codes.book(), "in_danish": i18n.current() == "da"}
