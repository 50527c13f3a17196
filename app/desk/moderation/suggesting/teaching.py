"""Keeps a model taught, off the requests: when first asked for, after newly coded voices, and every night.

The model lives in the memory of this process and nowhere else, because a model remembers texts. One made anew every
night remembers none that was withdrawn the day before.
"""

import logging
import threading
import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from flask import Flask, current_app

from app.core import clock, config, db
from app.core.clock import COPENHAGEN
from app.desk.moderation.codebook import codes
from app.desk.moderation.suggesting import (
    hints,
    learning,
    measuring,
    new_words,
    queries,
    sklearn_letters,
    training,
)  # fmt: skip
from app.desk.moderation.suggesting.hints import HintBook
from app.desk.moderation.suggesting.learning import Model
from app.desk.moderation.suggesting.measuring import Quality
from app.desk.moderation.suggesting.new_words import Corpus

log = logging.getLogger("stemme.suggesting")
NEWLY = 25
"""So many newly coded voices are worth a new lesson."""
PAUSE = 3600
"""Seconds between two looks at whether a lesson is due."""
MORNING = timedelta(hours=4)
"""By then the night run has forgotten what it had to."""
LETTERS_FROM = 100
"""Coded voices from which on the model of level 2 is the better one, where scikit-learn is installed."""
NAME = "suggestions_teacher"


class Teacher:
    """What was learned last, in this process."""

    def __init__(self) -> None:
        self.model: Model | None = None
        self.corpus: Corpus | None = None
        self.by_hints: Quality | None = None
        self.by_model: Quality | None = None
        self._voices = 0
        self._day: date | None = None
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def begin(self, app: Flask) -> None:
        """Start teaching beside the requests; once."""
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._teach_for_ever, args=(app,), name="teaching", daemon=True)
                self._thread.start()

    def is_due(self, now: datetime, voices: int) -> bool:
        """Whether to learn again: never yet, a new morning, or enough that is new."""
        return self._day != _day(now) or voices - self._voices >= NEWLY

    def teach(self, now: datetime) -> bool:
        """Learn from what is coded now, if that is due."""
        db.begin_reading()
        since = measuring.since(now.astimezone(COPENHAGEN).date())
        voices = queries.count_coded(since=since)
        if not self.is_due(now, voices):
            return False
        book = hints.of_book(codes.book())

        coded, blind = queries.coded(most=training.MOST), queries.blind(since=since, most=measuring.MOST_BLIND)
        written = queries.written(most=new_words.MOST)
        db.db.session.rollback()  # what follows takes seconds, and no transaction should stay open for it
        self.model = learn(book, coded)
        self.by_hints, self.by_model = measuring.quality(blind, book, None), measuring.quality(blind, book, self.model)
        self.corpus = new_words.corpus(written, now.astimezone(COPENHAGEN).date())
        self._voices, self._day = voices, _day(now)
        return True

    def _teach_for_ever(self, app: Flask) -> None:
        while True:
            with app.app_context():
                try:
                    self.teach(clock.now())
                except Exception:  # chips by hints go on without a model; the next look may go better
                    log.exception("teaching failed")
                finally:
                    db.db.session.remove()
            time.sleep(PAUSE)


def learn(book: HintBook, coded: Sequence[training.Coded]) -> Model:
    """The best model there is for so many coded voices."""
    examples = training.examples(book, coded)
    if sklearn_letters.is_here() and len({voice for voice, _, _ in coded}) >= LETTERS_FROM:
        return learning.letters(examples)
    return learning.bayes(examples)


def teacher() -> Teacher:
    """The teacher of this app."""
    found: Teacher = current_app.extensions.setdefault(NAME, Teacher())
    return found


def begin() -> None:
    """Start teaching beside the requests, unless that is done already. Tests teach when they want to."""
    if config.settings().env != "testing":
        teacher().begin(current_app._get_current_object())  # type: ignore[attr-defined]  # the app behind the proxy


def current() -> Model | None:
    """What was learned last; None until the first lesson is over. To ask is to begin."""
    begin()
    return teacher().model


def _day(now: datetime) -> date:
    return (now.astimezone(COPENHAGEN) - MORNING).date()
