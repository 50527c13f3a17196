"""Which place a text is about: its code at the beginning, or asked for after words without one."""

import re

from app.channels.sms import effects, reply_words, wording
from app.channels.sms.hearing import Hearing, PlaceAsked, Turn, World, row_of
from app.channels.sms.states import Conversation
from app.channels.sms.wording import Sentence, plain
from app.surveys import sites
from app.surveys.questions import in_language

_CODE = re.compile(r"\s*([^\W\d_]{2,4})[\s.\-]*(\d{1,3})(?!\w)[\s.,:;!\-]*")
_MISREAD = re.compile(r"\s*([^\W\d_]{2,4})[\s.\-]*([\dlIoO]{1,3})\s*\.?\s*")
_LETTERS_FOR_DIGITS = str.maketrans("lIoO", "1100")


def code_in(body: str, world: World) -> tuple[str, str] | None:
    """A known code at the beginning of a text and the words behind it; alone also misread (`GHl`)."""
    found = _CODE.match(body)
    if found and (code := sites.normalised(found[1] + found[2])) in world.place_codes:
        return code, body[found.end() :].strip()
    misread = _MISREAD.fullmatch(body)
    if misread:
        code = sites.normalised(misread[1] + misread[2].translate(_LETTERS_FOR_DIGITS))
        return (code, "") if code in world.place_codes else None
    return None


def looks_like_code(body: str) -> str | None:
    """A text that is meant to be the code of a place, as we would print it."""
    found = _CODE.fullmatch(body.strip(" .,!?"))
    return sites.normalised(found[1] + found[2]) if found else None


def at(hearing: Hearing, code: str, rest: str) -> Turn:
    """A code begins its survey; at the same place it repeats the question, in another language if one is named."""
    place = hearing.world.place(code)
    if place is None:
        return hearing.done(hearing.state, Sentence(wording.UNKNOWN_PLACE, {"typed": code}))
    named = reply_words.named_language(rest)
    rest = "" if named else rest
    hearing.lang = named or hearing.lang
    state = hearing.state
    if state and state.place == place.code and state.awaits == "answer":
        state = hearing.keep(state.but(lang=hearing.lang), rest)
        return hearing.done(state, *hearing.open_question(state))
    hearing.finish_row()
    return _begin(hearing, place, rest)


def placing(hearing: Hearing, state: Conversation, code: tuple[str, str] | None) -> Turn:
    """The place of words that are stored already: a code, SPRING, "ved ikke", or a second text that is none."""
    if state.row is None:  # the place was not asking; what comes now are words about it
        if code:
            hearing.state = None
            return at(hearing, *code)
        return leave(hearing, hearing.store(state, hearing.body))
    if code:
        state = hearing.keep(state, code[1])
        hearing.effects.append(effects.Place(row_of(state), code[0]))
        return leave(hearing, state.but(place=code[0]))
    if reply_words.is_unsure(hearing.body, state.lang):
        return leave(hearing, state)
    state = hearing.store(state, hearing.body)
    if state.tries:
        return leave(hearing, state)
    return hearing.done(state.but(tries=1), Sentence(wording.ASK_PLACE))


def leave(hearing: Hearing, state: Conversation) -> Turn:
    """The place is known or will not be: offer a receipt for what was said."""
    if state.row is None:
        return hearing.done(None, Sentence(wording.NOTHING_KEPT))
    hearing.effects.append(effects.Finish(state.row))
    return hearing.done(state.but(awaits="offer", tries=0), Sentence(wording.OFFER))


def _begin(hearing: Hearing, place: PlaceAsked, rest: str) -> Turn:
    survey = place.survey
    if survey is None:
        closed = hearing.keep(Conversation(awaits="place", lang=hearing.lang, place=place.code), rest)
        return hearing.done(closed, Sentence(wording.CLOSED, {"site": place.name}))
    state = hearing.keep(
        Conversation(awaits="answer", lang=hearing.lang, place=place.code, survey=survey.id, version=survey.version),
        rest,
    )
    opening = plain(in_language(survey.sms_opening, wording.spoken(hearing.lang))[0])
    return hearing.done(state, opening, *hearing.open_question(state))
