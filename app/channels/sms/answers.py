"""Answers to the open question: read, one hint, then kept as words; ratings stored at the finish line."""

from app.channels.sms import effects, reply_words, wording
from app.channels.sms.hearing import ENOUGH_WORDS, Hearing, Turn, row_of
from app.channels.sms.states import Conversation, Rating
from app.channels.sms.wording import Sentence, plain
from app.surveys import interview, question_types
from app.surveys.paradata import Happening
from app.surveys.question_types.base import Reading, Skip, Unreadable, Value
from app.surveys.questions import Question
from app.surveys.responses import Said


def heard(hearing: Hearing, state: Conversation) -> Turn:
    """A text that answers the open question, or fails to."""
    question = hearing.runs.asked(state)
    reading = question_types.by_name(question.type).read(hearing.body, question, state.lang)
    if not isinstance(reading, Unreadable):
        return taken(hearing, state, reading)
    if state.tries:
        return taken(hearing, hearing.store(state, hearing.body, question.id), reading)
    hearing.counts.happened("hint", state, question.id)
    state = hearing.keep(state, hearing.body, question.id)
    hint = question_types.by_name(question.type).hint(question, wording.spoken(state.lang))
    return hearing.done(state.but(tries=1), plain(hint))


def taken(hearing: Hearing, state: Conversation, reading: Reading) -> Turn:
    """The open question is answered, skipped, or passed with its text kept as words; ask on."""
    question = hearing.runs.asked(state)
    hearing.counts.happened(_what(question, reading), state, question.id)
    if isinstance(reading, Value):
        state = _store_words_of(hearing, state, question, reading)
    ratings = (*state.ratings, _rating(question, reading))
    return _ask_on(hearing, state.but(tries=0, asked_at=0, ratings=ratings))


def offered(hearing: Hearing, state: Conversation) -> Turn:
    """The answer to "would you like a code": yes gives it, three words or more join what was said."""
    is_yes = reply_words.is_yes(hearing.said, state.lang)
    if hearing.word_count >= ENOUGH_WORDS and not is_yes:
        state = hearing.store(state, hearing.body)
    if not is_yes and not reply_words.says_yes_first(hearing.said, state.lang):
        return no_receipt(hearing, state)
    hearing.counts.happened("receipt_yes", state)
    hearing.effects.append(effects.Issue(row_of(state)))
    return hearing.done(None, Sentence(wording.RECEIPT))


def no_receipt(hearing: Hearing, state: Conversation) -> Turn:
    """The end, without a code."""
    hearing.counts.happened("receipt_no", state)
    return hearing.done(None, Sentence(wording.THANKS))


def _store_words_of(hearing: Hearing, state: Conversation, question: Question, reading: Value) -> Conversation:
    if question_types.by_name(question.type).is_words:
        return hearing.store(state, hearing.body, question.id)
    return hearing.store(state, reading.comment, question.id) if reading.comment else state


def _ask_on(hearing: Hearing, state: Conversation) -> Turn:
    run = hearing.runs.run(state)
    if interview.only_words_left(run):
        state = _cross_finish(hearing, state)
    question = interview.next_question(run)
    if question:
        hearing.counts.happened("asked", state, question.id)
        return hearing.done(state, *hearing.open_question(state))
    hearing.counts.stands(state)
    if state.row is None:
        return hearing.done(None, Sentence(wording.NOTHING_KEPT))
    return hearing.done(state.but(awaits="offer"), Sentence(wording.OFFER))


def _cross_finish(hearing: Hearing, state: Conversation) -> Conversation:
    """Store the ratings once there is something to store: those who do not like to write count too."""
    has_value = any(rating.kind == "value" for rating in state.ratings)
    if state.is_past_finish or not (has_value or state.row):
        return state
    state = hearing.with_row(state)
    said = tuple(Said(question=r.question, kind=r.kind, value=r.value) for r in state.ratings if r.kind != "words")
    hearing.effects += [effects.Store(row_of(state), said), effects.Finish(row_of(state))]
    hearing.counts.happened("finish", state)
    return state.but(is_past_finish=True)


def _what(question: Question, reading: Reading) -> Happening:
    if isinstance(reading, Unreadable):
        return "kept"
    if isinstance(reading, Skip):
        return reading.kind
    return "declined" if reading.value == "declined" and question.offers("declined") else "answered"


def _rating(question: Question, reading: Reading) -> Rating:
    if isinstance(reading, Skip):
        return Rating(question=question.id, kind=reading.kind)
    if isinstance(reading, Unreadable):
        return Rating(question=question.id, kind="unreadable")
    if question_types.by_name(question.type).is_words:
        return Rating(question=question.id, kind="words")
    value = reading.value
    return Rating(question=question.id, kind="value", value=value if isinstance(value, str) else ",".join(value))
