"""What the tablet's pages without script show. Each closes by itself, so that nobody finds another's answers."""

from dataclasses import replace
from typing import Any

from flask import Response, make_response, render_template

from app.core import clock, i18n
from app.privacy import keys, tokens
from app.privacy.keys import DayKey
from app.surveys import audio, kiosk_pack, kiosk_settings, kiosks, sending, steps
from app.surveys.models import Kiosk
from app.surveys.questions import Question, Survey
from app.surveys.sending import Fault, Parting
from app.surveys.steps import State

RUN, THANKS = "kiosk-run/1", "kiosk-thanks/1"
"""What a token may hold: a run that goes on, or one that was sent."""
CORRECT = "ret"
"""Beside the token: which question of the last page to correct."""
OVER = "over"
"""Beside nothing: the run of this token is closed, and its pages lead nowhere any more."""
CLOSES_START, CLOSES_QUESTION = 90, 180
"""Seconds after which a page leaves by itself."""


def bound_to(device: Kiosk) -> str:
    """A token of one tablet opens nothing on another one, or on the web."""
    return f"kiosk/{kiosks.device_name(device)}"


def token(device: Kiosk, key: DayKey, state: State) -> str:
    """The run, sealed under the day key."""
    return tokens.seal(key, [RUN, state.packed()], bound_to=bound_to(device), now=clock.now())


def address(device: Kiosk, key: DayKey, state: State) -> str:
    """Where this run goes on."""
    return f"/kiosk?t={token(device, key, state)}"


def address_of_thanks(device: Kiosk, key: DayKey, state: State, drawing: int | None) -> str:
    """Where this run ended; the choices are not in it any more."""
    rest = replace(state, given={}, at=None, ranked=())
    return f"/kiosk?t={_thanks_token(device, key, rest, drawing)}"


def use_a_language_shown_here(device: Kiosk) -> None:
    """Where the place does not show the language asked for, the nearest one it shows."""
    langs = kiosk_pack.languages(device.site)
    if i18n.current() not in langs:
        i18n.use(next((lang for lang in i18n.fallbacks(i18n.current()) if lang in langs), langs[0]))


def start(device: Kiosk, asked: Survey, *, note: str = "", status: int = 200) -> Response:
    """The shell: the promise and one button, as a form that works by itself until the script takes over."""
    state = steps.begin(asked, i18n.current())
    languages = {lang: i18n.NATIVE_NAMES[lang] for lang in kiosk_pack.languages(device.site)}
    context = {
        "survey": asked, "note": note, "languages": languages, "closes_after": CLOSES_START,
        "keeps_partial": kiosk_settings.of(device)["keep_partial"], "t": token(device, keys.usable()[0], state),
    }  # fmt: skip
    return page("start", status, device, **context)


def step(device: Kiosk, asked: Survey, key: DayKey, state: State, *, is_faulty: bool = False) -> Response:
    """The question of this state, or the last page."""
    way = steps.path(asked, state)
    question = steps.current(way, state)
    if question is None:
        return last(device, asked, key, state, Parting(words={}))
    back = steps.before(way, state)
    context = {
        "question": question,
        "options": steps.left(question, state),
        "chosen": steps.chosen(question, state),
        "ranked": [steps.option(question, option_id) for option_id in state.ranked],
        "number": way.choices.index(question) + 1,
        "total": way.total,
        "is_faulty": is_faulty,
        "sound": _sound(question),
        "back": address(device, key, back) if back else "/kiosk",
    }
    return _open_page("question", 422 if is_faulty else 200, device, key, state, **context)


def last(
    device: Kiosk, asked: Survey, key: DayKey, state: State, parting: Parting, *, faults: list[Fault] | None = None
) -> Response:
    """What was chosen, the questions with words if this tablet may take words, and "send"."""
    way = steps.path(asked, state)
    back = steps.before(way, state)
    t = token(device, key, state)
    review = [
        (question, steps.wordings(question, state, i18n.current()), f"/kiosk?t={t}&{CORRECT}={place}")
        for place, question in enumerate(way.choices)
        if question.id in state.given
    ]
    context = {
        "review": review,
        "questions": words_asked(device, asked, state),
        "parting": parting,
        "faults": faults or [],
        "number": way.total,
        "total": way.total,
        "field": sending.FIELD,
        "back": address(device, key, back) if back else "/kiosk",
    }
    return _open_page("last", 422 if faults else 200, device, key, state, **context)


def thanks(device: Kiosk, asked: Survey, key: DayKey, state: State, drawing: int | None) -> Response:
    """It is stored. The four words, if they were wanted; then the page closes for good."""
    words = sending.receipt_words(key, state.nonce, drawing) if drawing is not None else ()
    t = _thanks_token(device, key, state, drawing)
    return page("plain/thanks", 200, device, survey=asked, receipt=words, t=t, leave=t, closes_after=CLOSES_START)


def closed(device: Kiosk) -> Response:
    """Nothing is asked here just now."""
    return page("plain/closed", 200, device, closes_after=CLOSES_START)


def words_asked(device: Kiosk, asked: Survey, state: State) -> tuple[Question, ...]:
    """The questions with words; none where the keyboard may still be learning them."""
    return steps.path(asked, state).words if kiosk_settings.of(device)["words_screen"] else ()


def _open_page(name: str, status: int, device: Kiosk, key: DayKey, state: State, **context: Any) -> Response:
    t = token(device, key, state)
    return page(
        f"plain/{name}",
        status,
        device,
        t=t,
        leave=t,
        is_open=True,
        closes_after=CLOSES_QUESTION,
        helped=state.helped,
        **context,
    )


def page(name: str, status: int, device: Kiosk, /, **context: Any) -> Response:
    """A page of the plain way: help at its foot, and nothing that leads elsewhere."""
    site = device.site
    lines = kiosk_pack.help_lines_of(site, i18n.current())
    return make_response(render_template(f"kiosk/{name}.html", site=site, lines=lines, **context), status)


def _thanks_token(device: Kiosk, key: DayKey, state: State, drawing: int | None) -> str:
    return tokens.seal(key, [THANKS, state.packed(), drawing], bound_to=bound_to(device), now=clock.now())


def _sound(question: Question) -> str:
    prompt = audio.prompt(question.audio, i18n.current())
    return f"{kiosk_pack.SOUND}{prompt.name}" if prompt else ""
