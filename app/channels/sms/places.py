"""Which place a text is about: its code at the beginning, or asked for after words without one."""

import re
import unicodedata

from app.channels.sms import effects, reply_words, wording
from app.channels.sms.hearing import Hearing, PlaceAsked, Turn, row_of
from app.channels.sms.states import Conversation
from app.channels.sms.wording import Sentence, plain
from app.core.i18n import translate
from app.surveys import interview, sites
from app.surveys.question_types import hints
from app.surveys.question_types.said import Said
from app.surveys.questions import in_language

_CODE = re.compile(r"\s*([^\W\d_]{2,4})[\s.\-]*(\d{1,3})(?!\w)[\s.,:;!\-]*")
_MISREAD = re.compile(r"\s*([^\W\d_]{2,4})[\s.\-]*([\dlIoO]{1,3})[\s.!]*")
_MAY_BE_CODE = re.compile(r"[\W_]*[^\W\d_]{2,4}[\W_]*[\dlIoO]")
"""Most texts do not even begin like one."""
_LETTERS_FOR_DIGITS = str.maketrans("lIoO", "1100")


def code_in(hearing: Hearing) -> tuple[str, str] | None:
    """A known code at the beginning of a text and the words behind it; alone also misread (`GHl`)."""
    if not _MAY_BE_CODE.match(hearing.body):
        return None
    said, world = hearing.said, hearing.world
    found = _CODE.match(said.visible)
    if found and (code := _printed(found)) in world.place_codes:
        return code, said.after(found.end()) or ""
    misread = None if found else _MISREAD.fullmatch(said.visible)
    if misread:
        code = sites.normalised(misread[1] + misread[2].translate(_LETTERS_FOR_DIGITS))
        return (code, "") if code in world.place_codes else None
    return None


def looks_like_code(said: Said) -> str | None:
    """A text that is meant to be the code of a place, as we would print it."""
    found = _CODE.fullmatch(said.visible.strip(" .,!?"))
    return _printed(found) if found else None


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
        state = hearing.keep(hearing.speak(state, hearing.lang), rest)
        return hearing.done(state, *hearing.open_question(state))
    _leave_the_old(hearing)
    return _begin(hearing, place, rest)


def placing(hearing: Hearing, state: Conversation, code: tuple[str, str] | None) -> Turn:
    """The place of words that are stored already: a code, SPRING, "ved ikke", or a second text that is none."""
    if state.place:
        return at(hearing, *code) if code else _words_of_closed(hearing, state)
    if code:
        return _placed(hearing, state, *code)
    if reply_words.is_unsure(hearing.said, state.lang):
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
    return hearing.done(state.but(awaits="offer", tries=0, asked_at=0), Sentence(wording.OFFER))


def _printed(found: re.Match[str]) -> str:
    """The code as posters print it, whatever script its digits are in."""
    return sites.normalised(found[1] + "".join(str(unicodedata.digit(digit)) for digit in found[2]))


def _leave_the_old(hearing: Hearing) -> None:
    """The conversation that was open ends here, with what it has stored."""
    if hearing.state and hearing.state.awaits == "offer":
        hearing.counts.happened("receipt_no", hearing.state)
    hearing.counts.drop("moved")
    hearing.finish_row()
    hearing.counts.stand_apart()


def _placed(hearing: Hearing, state: Conversation, code: str, rest: str) -> Turn:
    place = hearing.world.place(code)
    if place is None:
        return hearing.done(state, Sentence(wording.UNKNOWN_PLACE, {"typed": code}))
    named = reply_words.named_language(rest)
    state = hearing.speak(state, named) if named else hearing.keep(state, rest)
    hearing.effects.append(effects.Place(row_of(state), place.code))
    return leave(hearing, state.but(place=place.code, site_kind=place.kind))


def _begin(hearing: Hearing, place: PlaceAsked, rest: str) -> Turn:
    survey = place.survey
    if survey is None:
        return _closed(hearing, place, rest)
    fresh = Conversation(
        awaits="answer", lang=hearing.lang, place=place.code, site_kind=place.kind,
        survey=survey.id, version=survey.version,
    )  # fmt: skip
    hearing.counts.happened("opened", fresh)
    state = hearing.keep(fresh, rest)
    first = interview.next_question(hearing.runs.run(state))
    hearing.counts.happened("asked", state, first.id if first else "")
    opening = plain(in_language(survey.sms_opening, wording.spoken(hearing.lang))[0])
    return hearing.done(state, opening, *hearing.open_question(state))


def _closed(hearing: Hearing, place: PlaceAsked, rest: str) -> Turn:
    """The place is not asking; words about it are taken all the same, now or with the next text."""
    state = Conversation(awaits="place", lang=hearing.lang, place=place.code, site_kind=place.kind)
    says = Sentence(wording.CLOSED, {"site": place.name})
    state = hearing.keep(state, rest)
    if state.row is None:
        return hearing.done(state, says)
    return leave(hearing, state).after(says)


def _words_of_closed(hearing: Hearing, state: Conversation) -> Turn:
    if reply_words.is_courtesy(hearing.said):
        hearing.counts.happened("silent")
        hearing.finish_row()
        return hearing.done(None)
    if reply_words.is_unsure(hearing.said, state.lang):
        return leave(hearing, state)
    if reply_words.is_bare_answer(hearing.said):
        hint = plain(translate(wording.spoken(state.lang), hints.WORDS))
        return leave(hearing, state) if state.tries else hearing.done(state.but(tries=1), hint)
    return leave(hearing, hearing.store(state, hearing.body))
