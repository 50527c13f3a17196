"""What we do with a text: stop, start, take an answer, ask on. Pure: state and text in, state, reply and effects out.

The order in which a text is understood is docs/sms.md, "What a text is"; the first match wins.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.channels.sms import effects, help_texts, keywords, reply_words, risk, wording
from app.channels.sms.effects import Effect
from app.channels.sms.states import Conversation, Rating
from app.channels.sms.wording import Sentence, plain
from app.core import folding
from app.surveys import interview, question_types, sites
from app.surveys.help_lines import HelpLines
from app.surveys.interview import Run
from app.surveys.question_types.base import Reading, Skip, Unreadable, Value
from app.surveys.questions import Question, Survey, in_language
from app.surveys.responses import Said

ENOUGH_WORDS = 3
"""A text of so many words is never thrown away, also when it was no answer."""
FREE = "free"
"""The question of words that answer none."""

_CODE = re.compile(r"\s*([^\W\d_]{2,4})[\s.\-]*(\d{1,3})(?![\w])[\s.,:;!\-]*", re.UNICODE)
_CODE_MISREAD = re.compile(r"\s*([^\W\d_]{2,4})[\s.\-]*([\dlIoO]{1,3})\s*\.?\s*", re.UNICODE)
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_FARSI = re.compile(r"[پچژگ]")


@dataclass(frozen=True)
class PlaceAsked:
    """A place as a conversation needs it."""

    code: str
    name: str
    local_help: Mapping[str, str]
    survey: Survey | None
    """The survey that is open there, None while the place is not asking."""


@dataclass(frozen=True)
class World:
    """What a turn may look up, so that it stays pure."""

    place: Callable[[str], PlaceAsked | None]
    place_codes: frozenset[str]
    survey: Callable[[str, int], Survey | None]
    help_lines: HelpLines


@dataclass(frozen=True, kw_only=True)
class Text:
    """One text as the engine sees it: no number in it."""

    body: str
    pictures: int = 0
    has_answered: str | None = None


@dataclass(frozen=True)
class Turn:
    """The new state (None: forget the conversation), the reply, and what is to be done."""

    state: Conversation | None
    sentences: tuple[Sentence, ...] = ()
    effects: tuple[Effect, ...] = ()
    lang: str = "da"
    is_free: bool = False
    """Words outside a conversation, or words that opened one: counted, so that a machine cannot keep us talking."""

    def after(self, *first: Sentence) -> "Turn":
        """The same turn with sentences put in front of its reply."""
        return Turn(self.state, (*first, *self.sentences), self.effects, self.lang, self.is_free)


def turn(state: Conversation | None, text: Text, world: World, fresh_row: bytes) -> Turn:
    """One text of a person. `fresh_row` is the id of the response row, should one be begun."""
    return _Turn(state, text, world, fresh_row).take()


class _Turn:
    """One text being understood; nothing outlives it."""

    def __init__(self, state: Conversation | None, text: Text, world: World, fresh_row: bytes) -> None:
        self.text, self.world, self.fresh_row = text, world, fresh_row
        self.body = text.body.replace("\0", "")
        self.folded = folding.words(folding.fold_sms(self.body))
        self.lang = state.lang if state else "da"
        self.lists_languages = bool(state and state.lists_languages)
        self.state = state.but(lists_languages=False) if state else None
        self.effects: list[Effect] = []
        self.risk = risk.kind(self.body)

    def take(self) -> Turn:
        if self.text.has_answered:
            return self._carrier_has_answered()
        word = keywords.reserved(
            self.body,
            session=self.lang if self.state else None,
            site_codes=self.world.place_codes,
            languages_offered=self.lists_languages,
        )
        if word:
            self.lang = self.lang if self.state else word.lang or self.lang
            return self._reserved(word.word, word.argument)
        if not self.body.strip():
            return self._nothing_but_pictures()
        said = self._understood()
        first = []
        if self.text.pictures:
            first.append(Sentence(wording.NO_PICTURES))
        if self.risk:
            first.append(help_texts.crisis(self.risk.kind, said.lang, self._local_help(), self.world.help_lines))
        return said.after(*first)

    def _understood(self) -> Turn:
        if self.state and self.lists_languages and (lang := self._listed_language()):
            return self._switch(lang)
        code = _site_code(self.body, self.world)
        if code and not (self.state and self.state.awaits == "place"):
            return self._at_place(*code)
        if self.state is None:
            return self._first_words()
        if self.state.awaits == "place":
            return self._placing(self.state, code)
        if self.state.awaits == "offer":
            return self._offered(self.state)
        return self._answer(self.state)

    # ── reserved words ────────────────────────────────────────────────────────────

    def _carrier_has_answered(self) -> Turn:
        if self.text.has_answered == "STOP":
            self._finish_row()
            return self._done(None)
        return self._done(self.state)

    def _reserved(self, word: str, argument: str | None) -> Turn:
        acts: dict[str, Callable[[str | None], Turn]] = {
            "STOP": self._stop,
            "HJÆLP": self._help,
            "START": self._start,
            "SLET": self._delete,
            "SPROG": self._language,
            "NYT": self._news,
            "SPRING": self._skip,
        }
        return acts[word](argument)

    def _stop(self, _: str | None) -> Turn:
        self._finish_row()
        return self._done(None, Sentence(wording.STOPPED))

    def _help(self, _: str | None) -> Turn:
        return self._done(self.state, help_texts.help_(self.lang, self._local_help(), self.world.help_lines))

    def _start(self, code: str | None) -> Turn:
        if code:
            return self._at_place(code, "")
        if not self.state:
            return self._done(None, Sentence(wording.START))
        return self._done(self.state, *self._open_question(self.state))

    def _delete(self, words: str | None) -> Turn:
        if words:
            self.effects.append(effects.Withdraw(words))
            return self._done(self.state)
        if not self.state:
            return self._done(None, Sentence(wording.HOW_TO_DELETE))
        if self.state.row:
            self.effects.append(effects.Delete(self.state.row))
        return self._done(None, Sentence(wording.DELETED))

    def _language(self, lang: str | None) -> Turn:
        if lang:
            return self._switch(lang)
        if not self.state:
            return self._done(None, Sentence(wording.LANGUAGES_NONE_OPEN))
        return self._done(self.state.but(lists_languages=True), Sentence(wording.LANGUAGES))

    def _news(self, words: str | None) -> Turn:
        self.effects.append(effects.LookUp(words))
        return self._done(self.state)

    def _skip(self, _: str | None) -> Turn:
        if self.state is None:
            return self._done(None, Sentence(wording.ORPHAN))
        if self.state.awaits == "place":
            return self._leave_placing(self.state)
        if self.state.awaits == "offer":
            return self._thanked(self.state)
        return self._taken(self.state, Skip("skipped"))

    def _switch(self, lang: str) -> Turn:
        self.lang = lang
        if not self.state:
            return self._done(None, Sentence(wording.START))
        state = self.state.but(lang=lang)
        return self._done(state, *self._open_question(state))

    def _listed_language(self) -> str | None:
        number = self.folded[0] if len(self.folded) == 1 else ""
        if number.isdecimal() and 1 <= int(number) <= len(wording.REVIEWED):
            return wording.REVIEWED[int(number) - 1]
        return None

    # ── places ────────────────────────────────────────────────────────────────────

    def _at_place(self, code: str, rest: str) -> Turn:
        place = self.world.place(code)
        if place is None:
            return self._done(self.state, Sentence(wording.UNKNOWN_PLACE, {"typed": code}))
        named = reply_words.named_language(rest)
        if self.state and self.state.place == place.code and self.state.awaits == "answer":
            state = self.state.but(lang=named or self.lang)
            self.lang = state.lang
            kept = self._keep(state, rest) if not named else state
            return self._done(kept, *self._open_question(kept))
        self._finish_row()
        self.lang = named or self.lang
        return self._begin(place, "" if named else rest)

    def _begin(self, place: PlaceAsked, rest: str) -> Turn:
        survey = place.survey
        if survey is None:
            closed = Conversation(awaits="place", lang=self.lang, place=place.code)
            return self._done(self._keep(closed, rest), Sentence(wording.CLOSED, {"site": place.name}))
        state = Conversation(
            awaits="answer", lang=self.lang, place=place.code, survey=survey.id, version=survey.version
        )
        opening = plain(in_language(survey.sms_opening, wording.spoken(self.lang))[0])
        state = self._keep(state, rest)
        return self._done(state, opening, *self._open_question(state))

    def _placing(self, state: Conversation, code: tuple[str, str] | None) -> Turn:
        if state.row is None and state.place:  # a place that is not asking: what comes now are words about it
            return self._begin_anew(state, code) if code else self._leave_placing(self._store_words(state))
        place = self.world.place(code[0]) if code else None
        if place and code:
            state = self._keep(state, code[1])
            self.effects.append(effects.Place(self._row(state), place.code))
            return self._leave_placing(state.but(place=place.code))
        if reply_words.is_unsure(self.body, self.lang):
            return self._leave_placing(state)
        state = self._store_words(state)
        if state.tries:
            return self._leave_placing(state)
        return self._done(state.but(tries=1), Sentence(wording.ASK_PLACE))

    def _begin_anew(self, state: Conversation, code: tuple[str, str]) -> Turn:
        self.state = None
        return self._at_place(*code)

    def _leave_placing(self, state: Conversation) -> Turn:
        if state.row is None:
            return self._done(None, Sentence(wording.NOTHING_KEPT))
        self.effects.append(effects.Finish(state.row))
        return self._done(state.but(awaits="offer", tries=0), Sentence(wording.OFFER))

    # ── words outside a conversation ──────────────────────────────────────────────

    def _first_words(self) -> Turn:
        if reply_words.is_courtesy(self.body):
            return self._done(None)
        if reply_words.is_greeting(self.body):
            return self._done(None, Sentence(wording.START))
        typed = _looks_like_code(self.body)
        if typed:
            return self._done(None, Sentence(wording.UNKNOWN_PLACE, {"typed": typed}))
        if reply_words.is_bare_answer(self.body):
            return self._done(None, Sentence(wording.ORPHAN))
        self.lang = self._guessed_language()
        state = self._store_words(Conversation(awaits="place", lang=self.lang))
        return Turn(state, (Sentence(wording.FREE),), tuple(self.effects), self.lang, is_free=True)

    def _guessed_language(self) -> str:
        if self.risk:
            return self.risk.lang
        if _ARABIC.search(self.body):
            arabic = "fa" if _FARSI.search(self.body) else "ar"
            return arabic if arabic in wording.REVIEWED else "da"
        return "da"

    # ── answers ───────────────────────────────────────────────────────────────────

    def _answer(self, state: Conversation) -> Turn:
        run = self._run(state)
        question = interview.next_question(run)
        if question is None:
            return self._done(None, Sentence(wording.LOST_THREAD))
        reading = question_types.by_name(question.type).read(self.body, question, state.lang)
        if isinstance(reading, Unreadable):
            return self._unreadable(state, question)
        return self._taken(state, reading)

    def _unreadable(self, state: Conversation, question: Question) -> Turn:
        if state.tries:
            return self._taken(self._store_words(state, question.id), Unreadable())
        kept = self._keep(state, self.body, question.id)
        hint = question_types.by_name(question.type).hint(question, wording.spoken(state.lang))
        return self._done(kept.but(tries=1), plain(hint))

    def _taken(self, state: Conversation, reading: Reading) -> Turn:
        question = interview.next_question(self._run(state))
        if question is None:
            raise LookupError("an answer was taken where nothing is asked")
        state = state.but(tries=0)
        if question_types.by_name(question.type).is_words and isinstance(reading, Value):
            state = self._store_words(state, question.id).but(
                ratings=(*state.ratings, _rating(question, reading))
            )
        else:
            state = state.but(ratings=(*state.ratings, _rating(question, reading)))
            if isinstance(reading, Value) and reading.comment:
                state = self._store(state, question.id, reading.comment)
        return self._ask_on(state)

    def _ask_on(self, state: Conversation) -> Turn:
        run = self._run(state)
        if interview.only_words_left(run):
            state = self._cross_finish(state)
        if interview.next_question(run):
            return self._done(state, *self._open_question(state))
        if state.row is None:
            return self._done(None, Sentence(wording.NOTHING_KEPT))
        return self._done(state.but(awaits="offer"), Sentence(wording.OFFER))

    def _cross_finish(self, state: Conversation) -> Conversation:
        """Store the ratings once there is something to store: those who do not like to write count too."""
        has_value = any(rating.kind == "value" for rating in state.ratings)
        if state.is_past_finish or not (has_value or state.row):
            return state
        state = self._with_row(state)
        self._store_ratings(state)
        self.effects.append(effects.Finish(self._row(state)))
        return state.but(is_past_finish=True)

    def _store_ratings(self, state: Conversation) -> None:
        rows = tuple(
            Said(question=r.question, kind=r.kind, value=r.value) for r in state.ratings if r.kind != "words"
        )
        if rows:
            self.effects.append(effects.Store(self._row(state), rows))

    # ── the receipt ───────────────────────────────────────────────────────────────

    def _offered(self, state: Conversation) -> Turn:
        is_yes = reply_words.is_yes(self.body, self.lang)
        if len(self.folded) >= ENOUGH_WORDS and not is_yes:
            state = self._store_words(state)
        if not is_yes and not reply_words.says_yes_first(self.body, self.lang):
            return self._thanked(state)
        self.effects.append(effects.Issue(self._row(state)))
        return self._done(None, Sentence(wording.RECEIPT))

    def _thanked(self, state: Conversation) -> Turn:
        return self._done(None, Sentence(wording.THANKS if state.row else wording.NOTHING_KEPT))

    # ── what everything above is made of ──────────────────────────────────────────

    def _nothing_but_pictures(self) -> Turn:
        again = self._open_question(self.state) if self.state else ()
        return self._done(self.state, Sentence(wording.NO_PICTURES), *again)

    def _open_question(self, state: Conversation) -> tuple[Sentence, ...]:
        if state.awaits == "place":
            return (Sentence(wording.ASK_PLACE),)
        if state.awaits == "offer":
            return (Sentence(wording.OFFER),)
        question = interview.next_question(self._run(state))
        if question is None:
            return (Sentence(wording.OFFER),)
        return (plain(in_language(question.sms or question.text, wording.spoken(state.lang))[0]),)

    def _run(self, state: Conversation) -> Run:
        survey = self.world.survey(state.survey or "", state.version or 0)
        if survey is None:
            raise LookupError("the frozen survey of an open conversation is gone")
        run = interview.begin(survey)
        for rating in state.ratings:
            run = interview.answer(run, survey.question(rating.question), _reading(rating))
        return run

    def _keep(self, state: Conversation, words: str, question: str = FREE) -> Conversation:
        """Words that are no answer are kept when they are many enough to mean something."""
        enough = len(folding.words(folding.fold_sms(words))) >= ENOUGH_WORDS
        return self._store(state, question, words) if enough else state

    def _store_words(self, state: Conversation, question: str = FREE) -> Conversation:
        return self._store(state, question, self.body)

    def _store(self, state: Conversation, question: str, words: str) -> Conversation:
        state = self._with_row(state)
        said = Said(question=question, kind="words", words=words, is_urgent=self.risk is not None)
        self.effects.append(effects.Store(self._row(state), (said,)))
        return state

    def _with_row(self, state: Conversation) -> Conversation:
        if state.row:
            return state
        self.effects.append(
            effects.Begin(
                row=self.fresh_row,
                lang=state.lang,
                place=state.place,
                survey=state.survey,
                version=state.version,
            )
        )
        return state.but(row=self.fresh_row)

    def _row(self, state: Conversation) -> bytes:
        if state.row is None:
            raise LookupError("nothing of this conversation is stored")
        return state.row

    def _finish_row(self) -> None:
        if self.state and self.state.row:
            self.effects.append(effects.Finish(self.state.row))

    def _local_help(self) -> Mapping[str, str]:
        place = self.world.place(self.state.place) if self.state and self.state.place else None
        return place.local_help if place else {}

    def _done(self, state: Conversation | None, *sentences: Sentence) -> Turn:
        return Turn(state, sentences, tuple(self.effects), self.lang)


def _rating(question: Question, reading: Reading) -> Rating:
    if isinstance(reading, Skip):
        return Rating(question=question.id, kind=reading.kind)
    if isinstance(reading, Unreadable):
        return Rating(question=question.id, kind="unreadable")
    if question_types.by_name(question.type).is_words:
        return Rating(question=question.id, kind="words")
    value = reading.value
    return Rating(
        question=question.id, kind="value", value=value if isinstance(value, str) else ",".join(value)
    )


def _reading(rating: Rating) -> Reading:
    if rating.kind in ("skipped", "declined"):
        return Skip("declined" if rating.kind == "declined" else "skipped")
    if rating.kind == "unreadable":
        return Unreadable()
    value = rating.value or ""
    return Value(tuple(value.split(",")) if "," in value else value)


def _site_code(body: str, world: World) -> tuple[str, str] | None:
    """A known site's code at the beginning of a text, and the words behind it."""
    found = _CODE.match(body)
    if found:
        code = sites.normalised(found[1] + found[2])
        if code in world.place_codes:
            return code, body[found.end() :].strip()
    misread = _CODE_MISREAD.fullmatch(body)
    if misread:
        code = sites.normalised(misread[1] + misread[2].translate(str.maketrans("lIoO", "1100")))
        if code in world.place_codes:
            return code, ""
    return None


def _looks_like_code(body: str) -> str | None:
    """A text that is meant to be a code of a place, as we would print it."""
    found = _CODE.fullmatch(body.strip(" .,!?"))
    return sites.normalised(found[1] + found[2]) if found else None

