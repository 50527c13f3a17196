"""The survey at a place: a chain of pages whose only memory is the token they hand on."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Response, request

from app.channels.web import screens, wording
from app.channels.web.see_other import see_other
from app.core import clock, db, i18n, limits, numbers, weeks
from app.core.access import PUBLIC, access
from app.privacy import keys, tokens
from app.privacy.keys import DayKey
from app.privacy.tokens import Opened
from app.surveys import sending, sites, steps, versions
from app.surveys.models import HELPERS, Site
from app.surveys.questions import Survey
from app.surveys.sending import At, Outcome, Parting
from app.surveys.steps import NothingChosen, State

OLDEST_PAGE = 12  # buckets of ten minutes: an address in the history shows its page for two hours
OLDEST_THANKS = 1
_STORING = ("send", "delete")


@access(PUBLIC)
def survey_page(code: str) -> Response:
    """Where a run stands; the start page for an address that is old, spent, of another place or damaged."""
    db.begin_reading()
    site = sites.by_code(code)
    if site is None:
        return screens.unknown_place(code)
    opened = _opened(site, request.args.get("t", ""))
    return (opened and _standing(site, opened)) or _start(site)


@access(PUBLIC)
def survey_step(code: str) -> Response:
    """One press: start, next, skip, send or delete. Taken as long as the day key lives, so slow people lose nothing."""
    act = request.form.get("act", "next")
    if act not in _STORING:
        db.begin_reading()
    site = sites.by_code(code)
    if site is None:
        return screens.unknown_place(code)
    opened = _opened(site, request.form.get("t", ""))
    found = _run(site, opened)
    if opened is None or found is None:
        return _lost(site)
    state, asked = found
    i18n.use(state.lang)
    ended = sending.outcome(opened.key, state)
    if ended or act in _STORING:
        return _end(site, opened.key, asked, state, ended, act)
    return _move(site, opened.key, asked, state, act)


def _opened(site: Site, token: str) -> Opened | None:
    return tokens.open_(token, keys.usable(), bound_to=site.code, now=clock.now())


def _run(site: Site, opened: Opened | None) -> tuple[State, Survey] | None:
    """The run in a token, with the version of the survey it began with."""
    if opened is None or opened.content[0] != screens.RUN:
        return None
    state = steps.unpacked(opened.content[1])
    asked = versions.get_at(site, state.survey_id, state.version)
    return (state, asked) if asked else None


def _standing(site: Site, opened: Opened) -> Response | None:
    if opened.content[0] == screens.THANKS:
        return _thanked(site, opened)
    found = _run(site, opened)
    if found is None or opened.age > OLDEST_PAGE or sending.outcome(opened.key, found[0]):
        return None
    state, asked = found
    i18n.use(state.lang)
    place = request.args.get(screens.CORRECT, type=numbers.whole)
    choices = steps.path(asked, state).choices
    if place is not None and 0 <= place < len(choices):
        state = steps.correcting(state, choices[place])
    return screens.step(site, asked, opened.key, state)


def _thanked(site: Site, opened: Opened) -> Response | None:
    _, packed, drawing = opened.content
    state = steps.unpacked(packed)
    asked = versions.get_at(site, state.survey_id, state.version)
    if asked is None or opened.age > OLDEST_THANKS:
        return None
    i18n.use(state.lang)
    return screens.thanks(site, asked, opened.key, state, drawing)


def _start(site: Site, *, note: str = "", status: int = 200) -> Response:
    _speak_as_the_place_does(site)
    asked = versions.open_at(site, site.web_survey)
    if asked is None:
        return screens.closed(site, status=status)
    if "slettet" in request.args:
        note = wording.say("Your answers are deleted. Nothing was stored.")
    return screens.start(site, asked, note=note, status=status)


def _speak_as_the_place_does(site: Site) -> None:
    if i18n.current() not in site.languages:
        i18n.use(next((lang for lang in i18n.fallbacks(i18n.current()) if lang in site.languages), "da"))


def _lost(site: Site) -> Response:
    """The token is dead: choices are gone with it, but words that came along are handed back."""
    _speak_as_the_place_does(site)
    words = sending.typed(request.form.lists())
    asked = versions.open_at(site, site.web_survey)
    if asked and any(text.strip() for text in words.values()):
        key = keys.usable()[0]
        return screens.last(site, asked, key, steps.begin(asked, i18n.current()), _parting(words), is_late=True)
    note = wording.say("You were away for a long time, so your answers are gone. You can start again.")
    return _start(site, note=note, status=422)


def _move(site: Site, key: DayKey, asked: Survey, state: State, act: str) -> Response:
    if act == "start":
        helped = request.form.get("helped", "none")
        return see_other(screens.address(site, key, replace(state, helped=helped if helped in HELPERS else "none")))
    question = steps.current(steps.path(asked, state), state)
    if question is None:
        return see_other(screens.address(site, key, state))
    if act == "skip":
        return see_other(screens.address(site, key, steps.skipped(asked, state, question)))
    try:
        moved = steps.answered(asked, state, question, request.form.getlist("answer"))
    except NothingChosen:
        return screens.step(site, asked, key, state, is_faulty=True)
    return see_other(screens.address(site, key, moved))


def _end(site: Site, key: DayKey, asked: Survey, state: State, ended: Outcome | None, act: str) -> Response:
    if ended is None and act == "send":
        parting = _parting(sending.typed(request.form.lists()))
        faults = sending.faults(steps.path(asked, state).words, parting.words)
        if faults:
            return screens.last(site, asked, key, state, parting, faults=faults)
        limits.take(limits.RESPONSES)
        at = At(channel="web", site_code=site.code, week=weeks.week_of(clock.today()), is_held=limits.is_flooded())
        ended = sending.send(key, asked, state, parting, at)
    ended = ended or sending.throw_away(key, state)
    db.db.session.commit()
    if ended.is_deleted:
        return see_other(wording.to(f"/s/{site.code}?slettet=1"))
    return see_other(screens.address_of_thanks(site, key, state, ended.drawing))


def _parting(words: Mapping[str, str]) -> Parting:
    return Parting(words=words, may_be_shown="show" in request.form, wants_code="code" in request.form)
