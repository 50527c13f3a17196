"""Pages of the blind second keying, and of the differences it shows."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.paper import accepting, batches, checking, entry, forms, queries, reading, sheets
from app.desk.paper.checking import Choice, Difference
from app.desk.paper.entry import Fault
from app.desk.paper.models import PaperBatch

pages = Blueprint("check", __name__, url_prefix="/<batch_id>")


@pages.get("/check/<int:place>")
@access(*reading.READERS)
def sheet(survey_id: str, batch_id: str, place: int) -> Response:
    """One drawn sheet, empty: nothing of the first keying is shown. One's own second keying can be corrected."""
    db.begin_reading()
    batch = reading.batch(survey_id, batch_id)
    try:
        batches.check_holder(batch, session.user(), "checking")
    except Refusal as refusal:
        return _batch_page(batch, refusal)
    known = queries.sheet(batch.id, place)
    if known is None or place not in checking.to_key(batch):
        abort(404)
    if known.second is None:
        return _sheet_page(batch, place, entry.empty(request.args.get("in", "")))
    keyed = sheets.unseal(known.second, known.month, known.id, "second")
    return _sheet_page(batch, place, entry.typed(keyed, batches.survey_of(batch)), seen=batches.mark(known.second))


@pages.post("/check/<int:place>")
@access(*reading.READERS)
def save_sheet(survey_id: str, batch_id: str, place: int) -> AnyResponse:
    """Keep a second keying sealed, then the next drawn sheet."""
    batch = reading.batch(survey_id, batch_id, to_change=True)
    entered, seen = entry.read(request.form, batches.survey_of(batch)), request.form.get("seen", "")
    try:
        session.check_form(reading.FORM)
        if entered.sheet is None:
            reading.look_again()
            return _sheet_page(batch, place, entered.typed, faults=entered.faults, seen=seen, status=422)
        checking.save(batch, session.user(), place, entered.sheet, seen=seen)
    except Refusal as refusal:
        reading.look_again()
        return _sheet_page(batch, place, entered.typed, refusal=refusal, seen=seen, status=reading.status(refusal))
    db.db.session.commit()
    following = next((one for one, is_done in checking.to_key(batch).items() if not is_done), None)
    if following is None:
        return redirect(reading.address("paper.show", batch), 303)
    lang = entered.sheet.about(sheets.LANG)
    return redirect(reading.address("paper.check.sheet", batch, place=following, **{"in": lang}), 303)


@pages.post("/compare")
@access(*reading.READERS)
def compare(survey_id: str, batch_id: str) -> AnyResponse:
    """Count what differs."""
    try:
        session.check_form(reading.FORM)
        batch = reading.batch(survey_id, batch_id, to_change=True)
        verdict = checking.compare(batch, session.user())
    except Refusal as refusal:
        reading.look_again()
        return _batch_page(reading.batch(survey_id, batch_id), refusal)
    db.db.session.commit()
    return redirect(reading.address("paper.show" if verdict == "again" else "paper.check.differences", batch), 303)


@pages.get("/differences")
@access(*reading.READERS)
def differences(survey_id: str, batch_id: str) -> AnyResponse:
    """Both keyings of what differs, side by side."""
    db.begin_reading()
    batch = reading.batch(survey_id, batch_id)
    if batch.state != "deciding":
        return redirect(reading.address("paper.show", batch), 303)
    return _differences_page(batch, {})


@pages.post("/differences")
@access(*reading.READERS)
def settle(survey_id: str, batch_id: str) -> AnyResponse:
    """What was decided; then the batch is stored, or more sheets are drawn."""
    choices = _choices()
    try:
        session.check_form(reading.FORM)
        batch = reading.batch(survey_id, batch_id, to_change=True)
        if checking.settle(batch, choices):
            accepting.accept(batch, clock.today())
    except Refusal as refusal:
        reading.look_again()
        batch = reading.batch(survey_id, batch_id)
        if batch.state != "deciding":
            return _batch_page(batch, refusal)
        return _differences_page(batch, choices, refusal)
    db.db.session.commit()
    return redirect(reading.address("paper.show", batch), 303)


def _choices() -> dict[str, Choice]:
    """What was posted for each difference: `right-12-q-safe` and what was typed beside it."""
    prefix = "right-"
    names = [name.removeprefix(prefix) for name in request.form if name.startswith(prefix)]
    return {name: Choice(request.form[prefix + name], request.form.get(f"other-{name}", "")) for name in names}


def _batch_page(batch: PaperBatch, refusal: Refusal) -> Response:
    page = render_template("desk/paper/batch.html", refusal=_(str(refusal)), **reading.of_batch(batch, session.user()))
    return make_response(page, reading.status(refusal))


def _sheet_page(
    batch: PaperBatch, place: int, typed: Mapping[str, str], *,
    faults: Sequence[Fault] = (), refusal: Refusal | None = None, seen: str = "", status: int = 200,
) -> Response:  # fmt: skip
    context: dict[str, Any] = {
        "place": place,
        "fields": forms.fields(batches.survey_of(batch), typed, faults),
        "faults": faults,
        "refusal": refusal and _(str(refusal)),
        "seen": seen,
        "is_blind": True,
    }
    page = render_template("desk/paper/sheet.html", **reading.of_batch(batch, session.user()), **context)
    return make_response(page, status)


def _differences_page(batch: PaperBatch, choices: Mapping[str, Choice], refusal: Refusal | None = None) -> Response:
    checks = [check for check in queries.checks(batch.id) if check.turn == batch.turn]
    found = checking.differences(batch)
    undrawn = len(queries.places(batch.id)) - len(queries.drawn(batch.id))
    page = render_template(
        "desk/paper/differences.html",
        shown=[_shown(batch, one) for one in found],
        choices=choices,
        rate=checking.rate(checks),
        is_last=checks[-1].verdict == "accept" or not undrawn,
        undecided=refusal.names if isinstance(refusal, checking.NotDecided) else (),
        refusal=refusal and _(str(refusal)),
        **reading.of_batch(batch, session.user()),
    )
    return make_response(page, reading.status(refusal) if refusal else 200)


def _shown(batch: PaperBatch, one: Difference) -> dict[str, Any]:
    survey = batches.survey_of(batch)
    return {
        "name": one.name,
        "place": one.sheet.place,
        "field": forms.field(one.field, survey, ""),
        "first": forms.shown(one.field, one.first, survey),
        "second": forms.shown(one.field, one.second, survey),
    }
