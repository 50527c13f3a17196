"""Pages of safeguarding: the cases, and one case with its text masked until somebody says why it is opened."""

from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.moderation import changing, forms, labels, opening
from app.desk.moderation import queries as texts
from app.desk.moderation.safeguarding import cases, queries, wording
from app.privacy import sealing

pages = Blueprint("safeguarding", __name__, url_prefix="/desk/cases")
FORM = "case"


@pages.get("")
@access("safeguarding")
def index() -> Response:
    """Every open case, what is due first, and what is left of the closed ones."""
    db.begin_reading()
    me = session.user()
    return make_response(
        render_template(
            "desk/moderation/safeguarding/cases.html",
            cases=queries.open_cases(me), closed=queries.closed_cases(me), **_head(),
        )
    )  # fmt: skip


@pages.get("/<case_id>")
@access("safeguarding")
def show(case_id: str) -> Response:
    """One case: what is known, what is due, the masked text."""
    db.begin_reading()
    return _page(_case(case_id))


@pages.post("/<case_id>/look")
@access("safeguarding")
def look(case_id: str) -> Response:
    """The text itself, in this answer only."""
    case = _case(case_id)
    session.check_form(FORM)
    opened = cases.look(case, _item(case), request.form.get("reason", ""))
    db.db.session.commit()
    db.begin_reading()
    return _page(case, looked=sealing.cleaned(opened.raw))


@pages.post("/<case_id>/step")
@access("safeguarding")
def step(case_id: str) -> AnyResponse:
    """The case a step further. The same press twice is one step."""
    case = _case(case_id)
    session.check_form(FORM)
    if case.step != cases.FOLLOWING.get(request.form.get("from", "")):
        _same_step(case)
        cases.advance(case, request.form)
        db.db.session.commit()
    return redirect(url_for("safeguarding.show", case_id=case_id, said="saved"), 303)


@pages.post("/<case_id>/close")
@access("safeguarding")
def close(case_id: str) -> AnyResponse:
    """The end of a case. Afterwards nobody can find it again by its address."""
    case = _case(case_id)
    session.check_form(FORM)
    _same_step(case)
    cases.close(case, _item(case), request.form, session.user(), clock.today())
    db.db.session.commit()
    return redirect(url_for("safeguarding.index", said="closed"), 303)


@pages.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """An expected no, on the page of the case, with what was chosen."""
    db.db.session.rollback()
    db.begin_reading()
    status = 409 if isinstance(refusal, changing.Changed) else 422
    return _page(_case(str((request.view_args or {})["case_id"])), status, refusal=refusal)


def _case(case_id: str) -> queries.AnyRow:
    """The open case of this address; 404 alike for one that is unknown, closed or behind the wall."""
    found = forms.answer_id(case_id)
    case = queries.case(found, session.user()) if found else None
    if case is None:
        abort(404)
    return case


def _item(case: queries.AnyRow) -> texts.AnyRow:
    item = texts.item(case.item_id, session.user())
    if item is None:
        abort(404)
    return item


def _same_step(case: queries.AnyRow) -> None:
    if request.form.get("from") != case.step:
        raise cases.moved_on()


def _page(case: queries.AnyRow, status: int = 200, **more: Any) -> Response:
    item = _item(case)
    page = render_template(
        "desk/moderation/safeguarding/case.html",
        case=case,
        case_id=case.id.hex(),
        item=item,
        asked=cases.ASKED,
        following=cases.FOLLOWING.get(case.step),
        **_words(item) | _head() | more,
    )
    return make_response(page, status)


def _words(item: texts.AnyRow) -> dict[str, Any]:
    try:
        return {"opened": opening.open_(item)}
    except opening.CannotRead as refusal:
        return {"unreadable": str(refusal)}


def _quarter(code: str) -> str:
    year, number = code.split("-Q")
    said: str = _("quarter %(quarter)s, %(year)s", quarter=number, year=year)
    return said


def _head() -> dict[str, Any]:
    """What every page of safeguarding says: how many cases are overdue."""
    today = clock.today()
    return {
        "overdue": queries.count_overdue(session.user(), today),
        "today": today,
        "wording": wording,
        "labels": labels,
        "quarter": _quarter,
        "form_id": FORM,
        "just": request.args.get("said"),
    }
