"""The pages of a survey, from "Tell us" to "Thank you": what each one shows."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Response, make_response, render_template

from app.channels.web import wording
from app.core import clock, i18n
from app.privacy import keys, tokens
from app.privacy.keys import DayKey
from app.surveys import sending, steps
from app.surveys.models import Site
from app.surveys.questions import Survey
from app.surveys.sending import Fault, Parting
from app.surveys.steps import State

READ_WITHIN = 5  # days
RUN, THANKS = "run/1", "thanks/1"
"""What a token may hold: a run that goes on, or one that was sent. A new form of State needs a new number."""
CORRECT = "ret"
"""Beside the token: which question of the last page to correct. It says nothing of the answer."""


def address(site: Site, key: DayKey, state: State) -> str:
    """Where this run goes on."""
    return f"/s/{site.code}?t={_token(site, key, state)}"


def address_of_thanks(site: Site, key: DayKey, state: State, drawing: int | None) -> str:
    """Where this run ended; the choices are not in it any more."""
    rest = replace(state, given={}, at=None, ranked=())
    sealed = tokens.seal(key, [THANKS, rest.packed(), drawing], bound_to=site.code, now=clock.now())
    return f"/s/{site.code}?t={sealed}"


def start(site: Site, asked: Survey, *, note: str = "", status: int = 200) -> Response:
    """The promise and one button. `note` says what happened before."""
    key = keys.usable()[0]
    state = steps.begin(asked, i18n.current())
    languages = {lang: i18n.NATIVE_NAMES[lang] for lang in site.languages if lang in i18n.NATIVE_NAMES}
    return _page("start", status, site=site, survey=asked, note=note, languages=languages, t=_token(site, key, state))


def step(site: Site, asked: Survey, key: DayKey, state: State, *, is_faulty: bool = False) -> Response:
    """The question of this state, or the last page."""
    way = steps.path(asked, state)
    question = steps.current(way, state)
    if question is None:
        return last(site, asked, key, state, Parting(words={}))
    back = steps.before(way, state)
    context = {
        "question": question,
        "options": steps.left(question, state),
        "chosen": steps.chosen(question, state),
        "ranked": [steps.option(question, option_id) for option_id in state.ranked],
        "number": way.choices.index(question) + 1,
        "total": way.total,
        "back": address(site, key, back) if back else wording.to(f"/s/{site.code}"),
        "t": _token(site, key, state),
    }
    return _page("question", 422 if is_faulty else 200, site=site, is_faulty=is_faulty, **context)


def last(
    site: Site, asked: Survey, key: DayKey, state: State, parting: Parting,
    *, faults: list[Fault] | None = None, is_late: bool = False,
) -> Response:  # fmt: skip
    """What was chosen, the questions with words, and "send". Words come back only when something is wrong."""
    way = steps.path(asked, state)
    back = steps.before(way, state)
    t = _token(site, key, state)
    review = [
        (
            question,
            steps.wordings(question, state, i18n.current()),
            f"/s/{site.code}?t={t}&{CORRECT}={place}",
        )  # one token gzips to nothing
        for place, question in enumerate(way.choices)
        if question.id in state.given
    ]
    context = {
        "review": review,
        "questions": way.words,
        "parting": parting,
        "faults": faults or [],
        "is_late": is_late,
        "number": way.total,
        "total": way.total,
        "back": address(site, key, back) if back else wording.to(f"/s/{site.code}"),
        "t": t,
    }
    return _page("last", 422 if faults or is_late else 200, site=site, field=sending.FIELD, **context)


def thanks(site: Site, asked: Survey, key: DayKey, state: State, drawing: int | None) -> Response:
    """It is stored. The four words, if they were wanted, and what happens next."""
    words = sending.receipt_words(key, state.nonce, drawing) if drawing is not None else ()
    read_by = clock.today() + timedelta(days=READ_WITHIN)
    return _page("thanks", 200, site=site, survey=asked, receipt=words, read_by=read_by)


def closed(site: Site, *, status: int = 200) -> Response:
    """Nothing is asked here just now."""
    return _page("closed", status, site=site)


def unknown_place(typed: str) -> Response:
    """No poster has this code."""
    readable = "".join(sign for sign in typed if sign.isprintable())
    return _page("unknown_place", 404, typed=readable.strip()[:20])


def _page(name: str, status: int, **context: Any) -> Response:
    return make_response(render_template(f"web/{name}.html", **context), status)


def _token(site: Site, key: DayKey, state: State) -> str:
    return tokens.seal(key, [RUN, state.packed()], bound_to=site.code, now=clock.now())
