"""Desks that let words out too early, in one way each. Trying every forbidden way must tell each from ours."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from app.core import db
from app.publication import queries, quotes


def checks_only_in_the_form(_: pytest.MonkeyPatch) -> None:
    """The database takes whatever it is told."""
    db.connection().execute(text("PRAGMA ignore_check_constraints = ON"))


def same_person_twice(wrong: pytest.MonkeyPatch) -> None:
    """Two signatures are two times a name, whoever's."""
    ours = quotes.sign
    wrong.setattr(quotes, "sign", lambda quote, source, *, by, today: ours(
        quote, source, by=f"{by} again" if by == quote.first_by else by, today=today
    ))  # fmt: skip


def window_ignored(wrong: pytest.MonkeyPatch) -> None:
    """Words are free on the day after they were said."""
    wrong.setattr(quotes, "WINDOW", timedelta())


def flag_forgotten(wrong: pytest.MonkeyPatch) -> None:
    """Whatever was found in the words since."""
    wrong.setattr(quotes, "source_faults", lambda source: iter(()))


def approved_is_printed(wrong: pytest.MonkeyPatch) -> None:
    """What waits for its second signature is shown already."""
    wrong.setattr(quotes, "released", lambda codes=None: queries.quotes("first_signed"))


MUTANTS: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], str]] = {
    "checks_only_in_the_form": (checks_only_in_the_form, "by hand: "),
    "same_person_twice": (same_person_twice, "one approver twice"),
    "window_ignored": (window_ignored, "a day before the window ended"),
    "flag_forgotten": (flag_forgotten, "an open flag"),
    "approved_is_printed": (approved_is_printed, "printed before two have signed"),
}
"""Each with what gets through."""
OF_SQLITE = {"checks_only_in_the_form"}
