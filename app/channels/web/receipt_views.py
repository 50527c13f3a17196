"""What happened to what I said: four words in, an answer out, and the power to take it all back."""

from flask import Response, make_response, render_template, request

from app.channels.web import wording
from app.channels.web.see_other import see_other
from app.core import csrf, db, limits
from app.core.access import PUBLIC, access
from app.publication import receipt_outcome, receipt_steps
from app.publication.receipt_steps import ASK, CONFIRM, DELETED, LOOK, UNKNOWN, Opened, Step

_PAGE = "kvittering"
_LIFE = 20  # minutes


@access(PUBLIC)
def receipt() -> Response:
    """The form; with a token the answer to a code, the one question before deleting, or that it is done."""
    db.begin_reading()
    opened = _opened(request.args.get("t", ""))
    step = opened.step if opened else Step(ASK)
    shown = receipt_steps.shown(step)
    if shown.name in (CONFIRM, DELETED):
        wording.only_read()
    if shown.name == DELETED:
        return _page("receipt_deleted")
    if shown.name == CONFIRM:
        return _page("receipt_delete", t=_token(CONFIRM, step.typed), back=_address(LOOK, step.typed))
    if shown.name == LOOK:
        return _page("receipt_status", status=shown.status, delete=_address(CONFIRM, step.typed))
    return _page("receipt", is_unknown=shown.name == UNKNOWN, misspelt=shown.misspelt)


@access(PUBLIC)
def look_up_or_delete() -> Response:
    """Both end in a 303, known and unknown codes alike, so nothing of a code stays in the browser."""
    if request.form.get("act") == "delete":
        return _withdraw()
    try:
        csrf.check(_PAGE, request.form.get(csrf.FIELD))
    except csrf.FormExpired:
        return _page("receipt", 422, is_late=True)
    typed = request.form.get("kode", "").strip()[: receipt_outcome.LONGEST]
    if not typed:
        return _page("receipt", 422, is_empty=True)
    limits.take_lookup()
    return see_other(_address(LOOK, typed))


def _withdraw() -> Response:
    opened = _opened(request.form.get("t", ""))
    if opened is None or opened.step.name != CONFIRM:
        return _page("receipt", 422, is_late=True)
    receipt_outcome.withdraw(opened.step.typed)  # pressed twice, the second finds nothing, and it is gone all the same
    db.db.session.commit()
    return see_other(_address(DELETED, ""))


def _opened(token: str) -> Opened | None:
    return receipt_steps.opened(token, bound_to=_PAGE)


def _address(step: str, typed: str) -> str:
    return wording.to(f"/kvittering?t={_token(step, typed)}")


def _token(step: str, typed: str) -> str:
    return receipt_steps.seal(Step(step, typed), bound_to=_PAGE, minutes=_LIFE)


def _page(name: str, status_code: int = 200, **context: object) -> Response:
    return make_response(render_template(f"web/{name}.html", **context), status_code)
