"""What we do with a text: stop, start, take an answer, ask on. Pure: state and text in, state, reply and effects out.

The order in which a text is understood is docs/sms.md, "What a text is"; the first match wins.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from app.channels.sms import answers, effects, help_texts, keywords, places, reply_words, wording
from app.channels.sms.hearing import ENOUGH_WORDS, Hearing, Text, Turn, World
from app.channels.sms.keywords import Reserved
from app.channels.sms.states import Conversation
from app.channels.sms.wording import Sentence
from app.core.i18n import REVIEWED
from app.surveys.question_types.base import Skip

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_FARSI = re.compile(r"[پچژگ]")
_ONLY_IN_TIME = frozenset({"SPRING", "START"})
"""Reserved words that mean the question that was open when they were sent."""


def turn(state: Conversation | None, text: Text, world: World, fresh_row: bytes, now: datetime) -> Turn:
    """One text of a person. `fresh_row` is the id of the response, should one be begun."""
    found = _turn(state, text, world, fresh_row)
    if found.state is None or found.state.asked_at:
        return found
    return replace(found, state=found.state.but(asked_at=int(now.timestamp())))


def _turn(state: Conversation | None, text: Text, world: World, fresh_row: bytes) -> Turn:
    lists_languages = state is not None and state.lists_languages
    hearing = Hearing(
        text.body,
        state.but(lists_languages=False) if state and lists_languages else state,
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
        languages_offered=lists_languages or (state is not None and state.awaits == "place"),
    )
    if state and _is_late(text, state) and (word is None or word.word in _ONLY_IN_TIME):
        return _with_notes(hearing, text, _late(hearing, state))
    if word:
        return _reserved(hearing, word)
    if not hearing.body.strip():
        return _nothing_but_pictures(hearing)
    listed = _listed_language(hearing) if lists_languages else None
    return _with_notes(hearing, text, _switch(hearing, listed) if listed else _understood(hearing, text))


def _understood(hearing: Hearing, text: Text) -> Turn:
    state = hearing.state
    code = places.code_in(hearing)
    if state and state.awaits == "place":
        return places.placing(hearing, state, code)
    if code:
        return places.at(hearing, *code)
    if state is None:
        return _first_words(hearing, text)
    return answers.offered(hearing, state) if state.awaits == "offer" else answers.heard(hearing, state)


def _with_notes(hearing: Hearing, text: Text, turn: Turn) -> Turn:
    """Help lines, or the word about pictures, stand in front of whatever follows; they never change the path."""
    if hearing.risk is None:
        return turn.after(Sentence(wording.NO_PICTURES)) if text.pictures else turn
    lang = hearing.lang if hearing.state else hearing.risk.lang
    open_now = turn.state or hearing.state
    crisis = help_texts.crisis(hearing.risk.kind, lang, hearing.local_help(open_now), hearing.world.help_lines)
    hearing.counts.happened("crisis")
    return replace(turn.after(crisis), events=tuple(hearing.counts.events), is_vital=True)


def _nothing_but_pictures(hearing: Hearing) -> Turn:
    again = hearing.open_question(hearing.state) if hearing.state else ()
    return hearing.done(hearing.state, Sentence(wording.NO_PICTURES), *again)


def _is_late(text: Text, state: Conversation) -> bool:
    """Whether a recovered text was sent before the open question was asked."""
    return text.sent_at is not None and int(text.sent_at.timestamp()) < state.asked_at


def _late(hearing: Hearing, state: Conversation) -> Turn:
    """It answers a question that is over: words are kept, a bare value is not. What we asked since stands."""
    if hearing.word_count < ENOUGH_WORDS:
        hearing.counts.happened("late")
    return hearing.done(hearing.keep(state, hearing.body))


def _first_words(hearing: Hearing, text: Text) -> Turn:
    """No conversation is open: a way in for those who look for one, and everything else is free feedback."""
    if reply_words.is_courtesy(hearing.said):
        hearing.counts.happened("silent")
        return hearing.done(None)
    if reply_words.is_greeting(hearing.said):
        return hearing.done(None, Sentence(wording.START), is_free=True)
    if typed := places.looks_like_code(hearing.said):
        return hearing.done(None, Sentence(wording.UNKNOWN_PLACE, {"typed": typed}), is_free=True)
    if reply_words.is_bare_answer(hearing.said):
        hearing.counts.happened("orphan")
        return hearing.done(None, Sentence(wording.LOST if text.has_lost_thread else wording.ORPHAN), is_free=True)
    hearing.lang = _guessed_language(hearing)
    state = hearing.store_free_words()
    return hearing.done(state, Sentence(wording.FREE), is_free=True)


def _guessed_language(hearing: Hearing) -> str:
    """Arabic script is answered in it once a speaker has read our sentences; words of danger in their own language."""
    if hearing.risk:
        return hearing.risk.lang
    if not _ARABIC.search(hearing.body):
        return "da"
    guess = "fa" if _FARSI.search(hearing.body) else "ar"
    return guess if guess in REVIEWED else "da"


# ── reserved words ────────────────────────────────────────────────────────────────


def _carrier_has_answered(hearing: Hearing, word: str) -> Turn:
    if word != "STOP":
        return hearing.done(hearing.state)
    hearing.counts.drop("stopped")
    hearing.finish_row()
    return hearing.done(None)


def _reserved(hearing: Hearing, said: Reserved) -> Turn:
    if hearing.state is None:
        hearing.lang = said.lang or hearing.lang
    return _ACTS[said.word](hearing, said.argument)


def _stop(hearing: Hearing, _: str | None) -> Turn:
    """End, say so once, remember nothing: a service that only replies has no stop list."""
    hearing.counts.drop("stopped")
    hearing.finish_row()
    return _vital(hearing.done(None, Sentence(wording.STOPPED)))


def _help(hearing: Hearing, _: str | None) -> Turn:
    lines = help_texts.help_(hearing.lang, hearing.local_help(hearing.state), hearing.world.help_lines)
    hearing.counts.happened("help")
    return _vital(hearing.done(hearing.state, lines))


def _start(hearing: Hearing, code: str | None) -> Turn:
    if code:
        return places.at(hearing, code, "")
    if hearing.state is None:
        return hearing.done(None, Sentence(wording.START))
    return hearing.done(hearing.state, *hearing.open_question(hearing.state))


def _delete(hearing: Hearing, words: str | None) -> Turn:
    if words:
        hearing.effects.append(effects.Withdraw(words))
        return _vital(hearing.done(hearing.state))
    if hearing.state is None:
        return _vital(hearing.done(None, Sentence(wording.HOW_TO_DELETE)))
    hearing.counts.drop("deleted")
    hearing.counts.forget()
    if hearing.state.row:
        hearing.effects.append(effects.Delete(hearing.state.row))
    return _vital(hearing.done(None, Sentence(wording.DELETED)))


def _language(hearing: Hearing, lang: str | None) -> Turn:
    if lang:
        return _switch(hearing, lang)
    if hearing.state is None:
        return hearing.done(None, Sentence(wording.LANGUAGES_NONE_OPEN))
    return hearing.done(hearing.state.but(lists_languages=True), Sentence(wording.LANGUAGES))


def _news(hearing: Hearing, beside: str | None) -> Turn:
    """Beside it stand the four words of a code, or the code of a place; else it is about the place spoken of."""
    words = beside if beside and " " in beside else None
    spoken_of = hearing.state.place if hearing.state else None
    place = beside if beside and words is None else spoken_of
    hearing.effects.append(effects.LookUp(words, place or ""))
    return hearing.done(hearing.state)


def _skip(hearing: Hearing, _: str | None) -> Turn:
    state = hearing.state
    if state is None:
        return hearing.done(None, Sentence(wording.ORPHAN))
    if state.awaits == "place":
        return places.leave(hearing, state)
    if state.awaits == "offer":
        return answers.no_receipt(hearing, state)
    return answers.taken(hearing, state, Skip("skipped"))


def _switch(hearing: Hearing, lang: str) -> Turn:
    """Another language: answers are kept, the question is repeated."""
    if hearing.state is None:
        hearing.lang = lang
        return hearing.done(None, Sentence(wording.START))
    state = hearing.speak(hearing.state, lang)
    return hearing.done(state, *hearing.open_question(state))


def _listed_language(hearing: Hearing) -> str | None:
    numbers = {str(number): lang for number, lang in enumerate(REVIEWED, 1)}
    return numbers.get(hearing.said.words[0]) if len(hearing.said.words) == 1 else None


def _vital(turn: Turn) -> Turn:
    return replace(turn, is_vital=True)


_ACTS: dict[str, Callable[[Hearing, str | None], Turn]] = {
    "STOP": _stop, "HJÆLP": _help, "START": _start, "SLET": _delete, "SPROG": _language, "NYT": _news, "SPRING": _skip,
}  # fmt: skip
