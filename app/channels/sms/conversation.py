"""What we do with a text: stop, start, take an answer, ask on. Pure: state and text in, state, reply and effects out.

The order in which a text is understood is docs/sms.md, "What a text is"; the first match wins.
"""

import re
from collections.abc import Callable
from datetime import datetime

from app.channels.sms import answers, effects, help_texts, keywords, places, reply_words, wording
from app.channels.sms.hearing import Hearing, Text, Turn, World
from app.channels.sms.keywords import Reserved
from app.channels.sms.states import Conversation
from app.channels.sms.wording import Sentence
from app.surveys.question_types.base import Skip

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_FARSI = re.compile(r"[پچژگ]")


def turn(state: Conversation | None, text: Text, world: World, fresh_row: bytes, now: datetime) -> Turn:
    """One text of a person. `fresh_row` is the id of the response, should one be begun."""
    lists_languages = state is not None and state.lists_languages
    hearing = Hearing(
        text.body,
        state.but(lists_languages=False) if state else None,
        world,
        fresh_row,
        state.lang if state else "da",
    )
    if text.has_answered:
        return _carrier_has_answered(hearing, text.has_answered)
    word = keywords.reserved(
        hearing.body,
        session=state.lang if state else None,
        site_codes=world.place_codes,
        languages_offered=lists_languages,
    )
    if word:
        return _reserved(hearing, word)
    if not hearing.body.strip():
        return _nothing_but_pictures(hearing)
    listed = _listed_language(hearing.body) if lists_languages else None
    return _with_notes(hearing, text, _switch(hearing, listed) if listed else _understood(hearing))


def _understood(hearing: Hearing) -> Turn:
    state = hearing.state
    code = places.code_in(hearing.body, hearing.world)
    if state and state.awaits == "place":
        return places.placing(hearing, state, code)
    if code:
        return places.at(hearing, *code)
    if state is None:
        return _first_words(hearing)
    return answers.offered(hearing, state) if state.awaits == "offer" else answers.heard(hearing, state)


def _with_notes(hearing: Hearing, text: Text, turn: Turn) -> Turn:
    """Help lines and the word about pictures stand in front of whatever follows; they never change the path."""
    notes = [Sentence(wording.NO_PICTURES)] if text.pictures else []
    if hearing.risk:
        crisis = help_texts.crisis(hearing.risk.kind, turn.lang, hearing.local_help(), hearing.world.help_lines)
        notes.append(crisis)
    return turn.after(*notes)


def _nothing_but_pictures(hearing: Hearing) -> Turn:
    again = hearing.open_question(hearing.state) if hearing.state else ()
    return hearing.done(hearing.state, Sentence(wording.NO_PICTURES), *again)


def _first_words(hearing: Hearing) -> Turn:
    """No conversation is open: a way in for those who look for one, and everything else is free feedback."""
    if reply_words.is_courtesy(hearing.body):
        return hearing.done(None)
    if reply_words.is_greeting(hearing.body):
        return hearing.done(None, Sentence(wording.START))
    if typed := places.looks_like_code(hearing.body):
        return hearing.done(None, Sentence(wording.UNKNOWN_PLACE, {"typed": typed}))
    if reply_words.is_bare_answer(hearing.body):
        return hearing.done(None, Sentence(wording.ORPHAN))
    hearing.lang = _guessed_language(hearing)
    state = hearing.store(Conversation(awaits="place", lang=hearing.lang), hearing.body)
    return hearing.done(state, Sentence(wording.FREE), is_free=True)


def _guessed_language(hearing: Hearing) -> str:
    guess = "da"
    if hearing.risk:
        guess = hearing.risk.lang
    elif _ARABIC.search(hearing.body):
        guess = "fa" if _FARSI.search(hearing.body) else "ar"
    return guess if guess in wording.REVIEWED else "da"


# ── reserved words ────────────────────────────────────────────────────────────────


def _carrier_has_answered(hearing: Hearing, word: str) -> Turn:
    if word != "STOP":
        return hearing.done(hearing.state)
    hearing.finish_row()
    return hearing.done(None)


def _reserved(hearing: Hearing, said: Reserved) -> Turn:
    if hearing.state is None:
        hearing.lang = said.lang or hearing.lang
    return _ACTS[said.word](hearing, said.argument)


def _stop(hearing: Hearing, _: str | None) -> Turn:
    """End, say so once, remember nothing: a service that only replies has no stop list."""
    hearing.finish_row()
    return hearing.done(None, Sentence(wording.STOPPED))


def _help(hearing: Hearing, _: str | None) -> Turn:
    lines = help_texts.help_(hearing.lang, hearing.local_help(), hearing.world.help_lines)
    return hearing.done(hearing.state, lines)


def _start(hearing: Hearing, code: str | None) -> Turn:
    if code:
        return places.at(hearing, code, "")
    if hearing.state is None:
        return hearing.done(None, Sentence(wording.START))
    return hearing.done(hearing.state, *hearing.open_question(hearing.state))


def _delete(hearing: Hearing, words: str | None) -> Turn:
    if words:
        hearing.effects.append(effects.Withdraw(words))
        return hearing.done(hearing.state)
    if hearing.state is None:
        return hearing.done(None, Sentence(wording.HOW_TO_DELETE))
    if hearing.state.row:
        hearing.effects.append(effects.Delete(hearing.state.row))
    return hearing.done(None, Sentence(wording.DELETED))


def _language(hearing: Hearing, lang: str | None) -> Turn:
    if lang:
        return _switch(hearing, lang)
    if hearing.state is None:
        return hearing.done(None, Sentence(wording.LANGUAGES_NONE_OPEN))
    return hearing.done(hearing.state.but(lists_languages=True), Sentence(wording.LANGUAGES))


def _news(hearing: Hearing, words: str | None) -> Turn:
    hearing.effects.append(effects.LookUp(words))
    return hearing.done(hearing.state)


def _skip(hearing: Hearing, _: str | None) -> Turn:
    state = hearing.state
    if state is None:
        return hearing.done(None, Sentence(wording.ORPHAN))
    if state.awaits == "place":
        return places.leave(hearing, state)
    if state.awaits == "offer":
        return hearing.done(None, Sentence(wording.THANKS))
    return answers.taken(hearing, state, Skip("skipped"))


def _switch(hearing: Hearing, lang: str) -> Turn:
    """Another language: answers are kept, the question is repeated."""
    hearing.lang = lang
    if hearing.state is None:
        return hearing.done(None, Sentence(wording.START))
    state = hearing.state.but(lang=lang)
    return hearing.done(state, *hearing.open_question(state))


def _listed_language(body: str) -> str | None:
    number = body.strip(" .!")
    if number.isdecimal() and 1 <= int(number) <= len(wording.REVIEWED):
        return wording.REVIEWED[int(number) - 1]
    return None


_ACTS: dict[str, Callable[[Hearing, str | None], Turn]] = {
    "STOP": _stop, "HJÆLP": _help, "START": _start, "SLET": _delete, "SPROG": _language, "NYT": _news, "SPRING": _skip,
}  # fmt: skip
