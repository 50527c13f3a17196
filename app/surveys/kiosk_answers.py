"""Takes a sealed answer of a tablet: opened, checked like any form, its words sealed anew, stored once.

Nothing of the tablet's clock but whole days is used, and of those only the distance: a wrong clock does no harm, and
no camera can be matched with an answer.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.core import db, i18n, metrics, weeks
from app.core.errors import Refusal
from app.privacy import kiosk_boxes, queries, receipts, wordlist
from app.privacy.boxes import CannotOpen
from app.privacy.kiosk_boxes import Before, Sealed
from app.surveys import question_types, responses, sending, versions
from app.surveys.models import HELPERS, Kiosk
from app.surveys.question_types.base import Value
from app.surveys.question_types.text import MOST_IN_A_FORM
from app.surveys.questions import Survey, asked_at
from app.surveys.responses import Setting
from app.surveys.steps import Given, State

OLDEST_DAYS = 91
"""An answer counts in a week at most so many days back."""
FORMAT = 1
_COMPLETIONS = ("full", "partial")


class NoKey(Refusal):
    """This process has no key for what tablets sealed: the desk's side alone, or a house without tablets."""


class WillNeverFit(Exception):
    """Does not open, or holds what no survey of ours asks: sending it again would not help."""


class Taken(Enum):
    """What became of a sealed answer."""

    STORED = auto()
    STORED_BEFORE = auto()
    OTHER_BEFORE = auto()
    """Another one came under its name; nothing was overwritten."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What was in the box, checked."""

    survey: Survey
    state: State
    words: dict[str, str]
    day: int
    quote_ok: bool
    receipt: tuple[str, ...]
    is_partial: bool
    is_burst: bool
    is_test: bool


def take(device: Kiosk, sealed: Sealed, *, day_now: int, today: date, is_held: bool = False) -> Taken:
    """Store a sealed answer of this tablet, once. Raises WillNeverFit, or NoKey where it may fit elsewhere.

    `day_now` is the tablet's own day as it sent the box. May be called from the tablet's channel and, with a file
    of boxes, from the desk; whoever calls commits.
    """
    if not kiosk_boxes.keys():
        raise NoKey(_("This part of the house has no key for what tablets sealed. Nothing was lost."))
    known = kiosk_boxes.before(sealed)
    if known is Before.NEW:
        told = _opened(sealed)
        if kiosk_boxes.remember(sealed, weeks.week_of(today)):
            _store(device, told, week_of(told.day, day_now=day_now, today=today), is_held=is_held)
            return Taken.STORED
        known = kiosk_boxes.before(sealed)  # another request was first
    return Taken.STORED_BEFORE if known is Before.SAME else Taken.OTHER_BEFORE


def week_of(day: int, *, day_now: int, today: date) -> str:
    """The week an answer counts in: our own day, less the days it waited by the tablet's clock (0 to 91)."""
    return weeks.week_of(today - timedelta(days=min(max(day_now - day, 0), OLDEST_DAYS)))


def _opened(sealed: Sealed) -> Told:
    try:
        return _read(json.loads(kiosk_boxes.open_(sealed)))
    except (CannotOpen, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise WillNeverFit from error


def _read(content: Any) -> Told:
    """Raises ValueError, KeyError, TypeError or AttributeError for what is not as it was agreed."""
    survey = versions.get(_named(content["survey"]), _whole(content["version"]))
    is_known = survey and content["lang"] in i18n.LANGUAGES and content["helped"] in HELPERS
    if survey is None or not is_known or content["v"] != FORMAT or content["completion"] not in _COMPLETIONS:
        raise ValueError
    is_partial = content["completion"] == "partial"
    given = {str(question): _given(survey, question, answer) for question, answer in content["answers"].items()}
    return Told(
        survey=survey,
        state=State(
            survey_id=survey.id, version=survey.version, lang=content["lang"], helped=content["helped"], given=given
        ),
        words={} if is_partial else _words(survey, content["words"]),
        day=_whole(content["day"]),
        quote_ok=content["quote_ok"] is True,
        receipt=_receipt(content["receipt"]),
        is_partial=is_partial,
        is_burst=content["burst"] is True,
        is_test=content["test"] is True,
    )


def _given(survey: Survey, question_id: str, answer: Any) -> Given:
    """One answer as forms give it, by the rules of its type; None for a question that was skipped."""
    question = survey.question(question_id)
    kind = question_types.by_name(question.type)
    if answer is None and not kind.is_words:
        return None
    posted = [answer] if isinstance(answer, str) else answer
    taken = kind.take([_string(one) for one in posted], question)
    if kind.is_words or not isinstance(taken, Value):
        raise ValueError
    return taken.value


def _words(survey: Survey, words: Any) -> dict[str, str]:
    found = {question: sending.legible(_string(text)) for question, text in words.items()}
    if not all(question_types.by_name(survey.question(question).type).is_words for question in found):
        raise ValueError
    if any(len(text) > MOST_IN_A_FORM for text in found.values()):
        raise ValueError
    return found


def _receipt(words: Any) -> tuple[str, ...]:
    found = () if words is None else tuple(_string(word) for word in words)
    if found and (len(found) != receipts.LENGTH or not set(found) <= set(wordlist.words())):
        raise ValueError
    return found


def _store(device: Kiosk, told: Told, week: str, *, is_held: bool) -> None:
    response_id = responses.begin(
        Setting(
            channel="kiosk", lang=told.state.lang, week=week, site_code=device.site_code, survey_id=told.survey.id,
            version=told.survey.version, helped=told.state.helped, quote_ok=told.quote_ok, is_test=told.is_test,
            is_burst=told.is_burst, is_partial=told.is_partial, is_held=is_held,
        )
    )  # fmt: skip
    asked = asked_at(told.survey, device.site.kind)
    responses.add(response_id, sending.said(asked, told.state, told.words), week=week)
    if told.receipt:
        _give_receipt(told.receipt, response_id, week)


def _give_receipt(words: tuple[str, ...], response_id: bytes, week: str) -> None:
    """The tablet drew the words. Somebody may hold the same ones: then the answer is kept without, and counted."""
    try:
        with db.db.session.begin_nested():
            queries.add_receipt(receipts.tag(words), response_id, week)
    except IntegrityError:
        metrics.count("kiosk_receipts_taken")


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 10**9:
        raise ValueError
    return value


def _named(value: Any) -> str:
    """A name that every database can look up: PostgreSQL takes no NUL."""
    name = _string(value)
    if not name.isprintable():
        raise ValueError
    return name


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
