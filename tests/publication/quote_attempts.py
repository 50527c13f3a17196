"""Every way to show words that may not be shown: as the desk would do it, and by hand in the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

from app.core import db
from app.publication import printing, quotes
from app.publication.models import Quote
from app.publication.quotes import NotQuotable, Source, Wording
from tests.desk.moderation import factories

Attempt = Callable[[Source, Wording, date], Quote]


def let_through(source: Source, words: Wording, free: date, by_hand: tuple[str, ...]) -> list[str]:
    """What is shown, or would be with the next printing, though it may not be. `free` is the first day it may.

    A figure that shows the theme for this kind of place must be printed.
    """
    found = [name for name, attempt in ATTEMPTS.items() if _goes_through(attempt, source, words, free)]
    with _undone():
        _signed(source, words, free, "mona")
        found += [f"by hand: {change}" for change in by_hand if factories.is_allowed(f"UPDATE quote SET {change}")]
    return found


def _goes_through(attempt: Attempt, source: Source, words: Wording, free: date) -> bool:
    with _undone():
        try:
            quote = attempt(source, words, free)
        except NotQuotable:
            return False
        db.db.session.flush()
        shown = [one.text for one in printing.beside()[1]]
        return quote.state == "approved" or quote.text in shown
    return True


@contextmanager
def _undone() -> Iterator[None]:
    inside = db.db.session.begin_nested()
    yield
    inside.rollback()
    db.db.session.expire_all()


def _signed(source: Source, words: Wording, day: date, *by: str) -> Quote:
    quote = quotes.draft(source, words)
    for signer in by:
        quotes.sign(quote, source, by=signer, today=day)
    return quote


def _released(source: Source, words: Wording, day: date, *by: str) -> Quote:
    quote = _signed(source, words, day, *by)
    quotes.release(quote, source)
    return quote


def _flag_after_the_first(source: Source, words: Wording, day: date) -> Quote:
    quote = _signed(source, words, day, "mona")
    quotes.sign(quote, replace(source, flags={"PII"}), by="malik", today=day)
    return quote


def _printed_unsigned(source: Source, words: Wording, day: date) -> Quote:
    """What the command line and the worker print, they print without asking who signed."""
    return _signed(source, words, day, "mona")


ATTEMPTS: dict[str, Attempt] = {
    "one approver twice": lambda source, words, day: _signed(source, words, day, "mona", "mona"),
    "one signature": lambda source, words, day: _released(source, words, day, "mona"),
    "printed before two have signed": _printed_unsigned,
    "an open flag": lambda source, words, day: _signed(replace(source, flags={"TREDJE"}), words, day, "mona", "malik"),
    "a flag after the first signature": _flag_after_the_first,
    "an open case": lambda source, words, day: _signed(replace(source, has_open_case=True), words, day, "mona", "x"),
    "no consent": lambda source, words, day: _signed(replace(source, has_consent=False), words, day, "mona", "malik"),
    "words nobody said": lambda source, words, day: _signed(
        source, replace(words, text="Noget helt andet"), day, "mona", "malik"
    ),
    "fewer than five on the theme": lambda source, words, day: _signed(
        replace(source, region="midtjylland"), words, day, "mona", "malik"
    ),
    "a day before the window ended": lambda source, words, day: _signed(
        source, words, day - timedelta(days=1), "mona", "malik"
    ),
}
"""Each gives the quote it got, or is refused."""
