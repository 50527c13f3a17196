"""What happened to what I said: four words in, an answer out, and the power to take it all back."""

from flask import Response, make_response, render_template, request

from app.channels.web import receipts, wording
from app.channels.web.see_other import see_other
from app.core import clock, csrf, db
from app.core.access import PUBLIC, access
from app.privacy import keys, tokens

LOOK, CONFIRM, DELETED = "look", "confirm", "deleted"
"""What a token stands for: a code to look up, one about to be deleted, one that is."""

_PAGE = "kvittering"
_OLDEST = 1  # buckets of ten minutes


@access(PUBLIC)
def receipt() -> Response:
    """The form; with a token the answer to a code, the one question before deleting, or that it is done."""
    db.begin_reading()
    opened = tokens.open_(request.args.get("t", ""), keys.usable(), bound_to=_PAGE, now=clock.now())
    if opened is None or opened.age > _OLDEST:
        return _receipt_page("receipt")
    step, typed = opened.content
    if step == DELETED:
        wording.only_read()
        return _receipt_page("receipt_deleted")
    status = receipts.status(typed)
    if status is None:
        return _receipt_page("receipt", is_unknown=True, misspelt=receipts.misspelt(typed))
    if step == CONFIRM and status.can_be_deleted:
        wording.only_read()
        return _receipt_page("receipt_delete", t=_receipt_token(CONFIRM, typed), back=_receipt_address(LOOK, typed))
    return _receipt_page("receipt_status", status=status, delete=_receipt_address(CONFIRM, typed))


@access(PUBLIC)
def look_up_or_delete() -> Response:
    """Both end in a 303, known and unknown codes alike, so nothing of a code stays in the browser."""
    if request.form.get("act") == "delete":
        return _withdraw()
    try:
        csrf.check(_PAGE, request.form.get(csrf.FIELD))
    except csrf.FormExpired:
        return _receipt_page("receipt", 422, is_late=True)
    typed = request.form.get("kode", "").strip()[: receipts.LONGEST]
    if not typed:
        return _receipt_page("receipt", 422, is_empty=True)
    return see_other(_receipt_address(LOOK, typed))


def _withdraw() -> Response:
    opened = tokens.open_(request.form.get("t", ""), keys.usable(), bound_to=_PAGE, now=clock.now())
    if opened is None or opened.content[0] != CONFIRM:
        return _receipt_page("receipt", 422, is_late=True)
    receipts.withdraw(opened.content[1])  # pressed twice, the second finds nothing, and it is gone all the same
    db.db.session.commit()
    return see_other(_receipt_address(DELETED, ""))


def _receipt_address(step: str, typed: str) -> str:
    return wording.to(f"/kvittering?t={_receipt_token(step, typed)}")


def _receipt_token(step: str, typed: str) -> str:
    return tokens.seal(keys.usable()[0], [step, typed], bound_to=_PAGE, now=clock.now())


def _receipt_page(name: str, status_code: int = 200, **context: object) -> Response:
    return make_response(render_template(f"web/{name}.html", **context), status_code)
