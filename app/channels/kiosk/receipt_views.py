"""What happened to what I said, on the tablet: four words in, an answer out, and nothing left for who comes next."""

from contextlib import suppress
from dataclasses import replace

from flask import Response, make_response, request
from sqlalchemy.exc import IntegrityError

from app.channels.kiosk import devices, plain_screens
from app.core import db, i18n, limits
from app.core.access import KIOSK, access
from app.privacy import tokens
from app.publication import receipt_outcome, receipt_steps
from app.publication.receipt_steps import ASK, CONFIRM, DELETED, LOOK, UNKNOWN, Opened, Step
from app.surveys import speaking
from app.surveys.models import Kiosk

PATH = f"{devices.PATH}/kvittering"
CLOSES = 180  # seconds after which a page leaves by itself, as it says
_LIFE = 4  # minutes of a token: a little more than its page stands
_PAGES = {ASK: "receipt", UNKNOWN: "receipt", LOOK: "receipt_status", CONFIRM: "receipt_delete"}


@access(KIOSK)
def receipt() -> Response:
    """The form; with a token the answer to a code, the one question before deleting, or that it is done."""
    db.begin_reading()
    device = devices.required()
    plain_screens.use_a_language_shown_here(device)
    opened = _opened(device, request.args.get("t", ""))
    return _page(device, opened.step) if opened else _page(device, Step(ASK))


@access(KIOSK)
def look_up_or_delete() -> Response:
    """Both end in a 303, known and unknown codes alike, so nothing of a code stays in the browser."""
    device = devices.required()
    plain_screens.use_a_language_shown_here(device)
    if request.form.get("act") == "delete":
        return _withdraw(device)
    typed = request.form.get("kode", "").strip()[: receipt_outcome.LONGEST]
    if not typed:
        return _page(device, Step(ASK), 422, is_empty=True)
    limits.take_lookup()
    return _see_other(_address(device, Step(LOOK, typed)))


def close(device: Kiosk, token: str) -> None:
    """Let the pages of this visit lead nowhere any more; nothing if the token is of no visit."""
    opened = _opened(device, token)
    if opened is None:
        return
    with suppress(IntegrityError), db.db.session.begin_nested():  # "done" pressed twice at the same moment
        tokens.remember(opened.key, _closing(opened.step), plain_screens.OVER)


def _withdraw(device: Kiosk) -> Response:
    opened = _opened(device, request.form.get("t", ""))
    if opened is None or opened.step.name != CONFIRM:
        return _page(device, Step(ASK), 422, is_late=True)
    receipt_outcome.withdraw(opened.step.typed)  # pressed twice, the second finds nothing, and it is gone all the same
    db.db.session.commit()
    return _see_other(_address(device, replace(opened.step, name=DELETED, typed="")))


def _page(device: Kiosk, step: Step, status_code: int = 200, **context: object) -> Response:
    shown = receipt_steps.shown(step)
    if shown.name in (CONFIRM, DELETED):
        speaking.only_read()
    return plain_screens.page(
        f"plain/{_PAGES.get(shown.name, 'receipt_deleted')}",
        status_code,
        device,
        here=_here(),
        is_unknown=shown.name == UNKNOWN,
        misspelt=shown.misspelt,
        status=shown.status,
        delete=_address(device, replace(step, name=CONFIRM)),
        back=_address(device, replace(step, name=LOOK)),
        t=_token(device, step),
        leave=_token(device, step),
        closes_after=CLOSES,
        is_open=True,
        **context,
    )


def _opened(device: Kiosk, token: str) -> Opened | None:
    opened = receipt_steps.opened(token, bound_to=_bound_to(device))
    is_closed = opened and tokens.answered_before(opened.key, _closing(opened.step)) is not None
    return None if is_closed else opened


def _closing(step: Step) -> str:
    return f"{step.visit} {plain_screens.OVER}"


def _here() -> str:
    return f"{PATH}?lang={i18n.current()}"


def _address(device: Kiosk, step: Step) -> str:
    return f"{_here()}&t={_token(device, step)}"


def _token(device: Kiosk, step: Step) -> str:
    return receipt_steps.seal(step, bound_to=_bound_to(device), minutes=_LIFE)


def _bound_to(device: Kiosk) -> str:
    return f"{plain_screens.bound_to(device)}/kvittering"


def _see_other(address: str) -> Response:
    return make_response(b"", 303, {"Location": address})
