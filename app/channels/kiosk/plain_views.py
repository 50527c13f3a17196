"""The tablet without script: the steps of the web as plain forms, and a way out that leaves nothing behind."""

from contextlib import suppress
from dataclasses import replace

from flask import Response, make_response, request
from sqlalchemy.exc import IntegrityError

from app.channels.kiosk import devices, plain_screens, receipt_views
from app.core import clock, db, i18n, limits, numbers, weeks
from app.core.access import KIOSK, access
from app.privacy import keys, tokens
from app.privacy.keys import DayKey
from app.privacy.tokens import Opened
from app.surveys import kiosk_pack, sending, speaking, steps, versions
from app.surveys.models import HELPERS, Kiosk
from app.surveys.questions import Survey
from app.surveys.sending import At, Outcome, Parting
from app.surveys.steps import NothingChosen, State

OLDEST_PAGE = 1  # buckets of ten minutes: a page closes after three, and nobody finds it later
_CLOSING = ("delete", "done")


def page(device: Kiosk) -> Response:
    """Where a run stands; the start page for an address that is old, closed, of another tablet or damaged."""
    opened = _opened(device, request.args.get("t", ""))
    return (opened and _standing(device, opened)) or _start(device)


def over(device: Kiosk) -> Response:
    """A page left by itself: its run is closed, as if somebody had pressed "delete"; so is a look at a code."""
    token = request.args.get(plain_screens.OVER, "")
    opened = _opened(device, token)
    if opened:
        _close(opened)
    receipt_views.close(device, token)
    db.db.session.commit()
    return _see_other(devices.PATH)


@access(KIOSK)
def step() -> Response:
    """One press: start, next, skip, send, delete, or done with the thanks."""
    device = devices.required()
    act = request.form.get("act", "next")
    opened = _opened(device, request.form.get("t", ""))
    if opened and act in _CLOSING:
        _close(opened)
        db.db.session.commit()
        return _see_other(devices.PATH)
    found = _run(device, opened)
    if opened is None or found is None or _is_closed(opened.key, found[0]):
        db.db.session.rollback()
        return _start(device, note=_gone(), status=422)
    state, asked = found
    i18n.use(state.lang)
    ended = sending.outcome(opened.key, state)
    if ended or act == "send":
        return _end(device, opened.key, asked, state, ended)
    return _move(device, opened.key, asked, state, act)


def _opened(device: Kiosk, token: str) -> Opened | None:
    return tokens.open_(token, keys.usable(), bound_to=plain_screens.bound_to(device), now=clock.now())


def _run(device: Kiosk, opened: Opened | None) -> tuple[State, Survey] | None:
    if opened is None or opened.content[0] != plain_screens.RUN:
        return None
    state = steps.unpacked(opened.content[1])
    asked = versions.get_at(device.site, state.survey_id, state.version)
    return (state, asked) if asked else None


def _standing(device: Kiosk, opened: Opened) -> Response | None:
    state = steps.unpacked(opened.content[1])
    asked = versions.get_at(device.site, state.survey_id, state.version)
    if asked is None or opened.age > OLDEST_PAGE or _is_closed(opened.key, state):
        return None
    i18n.use(state.lang)
    if opened.content[0] == plain_screens.THANKS:
        return plain_screens.thanks(device, asked, opened.key, state, opened.content[2])
    if sending.outcome(opened.key, state):
        return None
    place = request.args.get(plain_screens.CORRECT, type=numbers.whole)
    choices = steps.path(asked, state).choices
    if place is not None and 0 <= place < len(choices):
        state = steps.correcting(state, choices[place])
    return plain_screens.step(device, asked, opened.key, state)


def _start(device: Kiosk, *, note: str = "", status: int = 200) -> Response:
    plain_screens.use_a_language_shown_here(device)
    asked = kiosk_pack.open_survey(device.site)
    return plain_screens.start(device, asked, note=note, status=status) if asked else plain_screens.closed(device)


def _gone() -> str:
    return speaking.say("You were away for a long time, so your answers are gone. You can start again.")


def _move(device: Kiosk, key: DayKey, asked: Survey, state: State, act: str) -> Response:
    if act == "start":
        helped = request.form.get("helped", "none")
        state = replace(state, helped=helped if helped in HELPERS else "none")
        return _see_other(plain_screens.address(device, key, state))
    question = steps.current(steps.path(asked, state), state)
    if question is None:
        return _see_other(plain_screens.address(device, key, state))
    if act == "skip":
        return _see_other(plain_screens.address(device, key, steps.skipped(asked, state, question)))
    try:
        moved = steps.answered(asked, state, question, request.form.getlist("answer"))
    except NothingChosen:
        return plain_screens.step(device, asked, key, state, is_faulty=True)
    return _see_other(plain_screens.address(device, key, moved))


def _end(device: Kiosk, key: DayKey, asked: Survey, state: State, ended: Outcome | None) -> Response:
    if ended is None:
        parting = _parting(device, asked, state)
        faults = sending.faults(plain_screens.words_asked(device, asked, state), parting.words)
        if faults:
            return plain_screens.last(device, asked, key, state, parting, faults=faults)
        limits.take(limits.RESPONSES)
        week, is_held = weeks.week_of(clock.today()), limits.is_flooded()
        at = At(channel="kiosk", site_code=device.site_code, week=week, is_held=is_held)
        ended = sending.send(key, asked, state, parting, at)
    db.db.session.commit()
    if ended.is_deleted:
        return _see_other(devices.PATH)
    return _see_other(plain_screens.address_of_thanks(device, key, state, ended.drawing))


def _parting(device: Kiosk, asked: Survey, state: State) -> Parting:
    """Words are taken for questions this tablet asked, and for no others."""
    shown = {question.id for question in plain_screens.words_asked(device, asked, state)}
    words = {name: text for name, text in sending.typed(request.form.lists()).items() if name in shown}
    return Parting(words=words, may_be_shown="show" in request.form, wants_code="code" in request.form)


def _close(opened: Opened) -> None:
    """Whoever comes next finds nothing of this run: what was not sent is gone, what was sent shows no code again."""
    state = steps.unpacked(opened.content[1])
    sending.throw_away(opened.key, state)
    if _is_closed(opened.key, state):
        return
    with suppress(IntegrityError), db.db.session.begin_nested():  # "done" pressed twice at the same moment
        tokens.remember(opened.key, _closing(state), plain_screens.OVER)


def _is_closed(key: DayKey, state: State) -> bool:
    return tokens.answered_before(key, _closing(state)) is not None


def _closing(state: State) -> str:
    return f"{state.nonce} {plain_screens.OVER}"


def _see_other(address: str) -> Response:
    return make_response(b"", 303, {"Location": address})
