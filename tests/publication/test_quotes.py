"""Quotes: two people, a yes, at least five on the theme, and never while the words can be taken back."""

import os
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.core import db, weeks
from app.publication import quotes
from app.publication.models import Cell, Quote, Release
from app.publication.quotes import Candidate, NotQuotable

WEEK = "2026-W05"
FREE = weeks.sunday(WEEK) + timedelta(days=36)
CANDIDATE = Candidate(
    text="De kender mig her, og jeg kan være i fred.",
    kind="verbatim",
    lang="da",
    theme="ADG.AAB",
    statement_id=os.urandom(16),
    statement="De kender mig her, og jeg kan være i fred.",
    week=WEEK,
    place_kind="street_house",
    region="hovedstaden",
    has_consent=True,
)


@pytest.fixture
def printed(app: Flask) -> None:
    """A release that shows how many spoke of opening hours in the street houses of the region."""
    db.db.session.add(Release(id="2026-Q1", catalogue="2026", period="2026-Q1", state="ready"))
    db.db.session.flush()
    for place, value in (("R-hoved/street_house", 7), ("R-midt/street_house", None)):
        db.db.session.add(
            Cell(release_id="2026-Q1", table="T5", place=place, period="2026-Q1", split="theme", category="ADG",
                 position=0, value=value)
        )  # fmt: skip
    db.db.session.flush()
    db.connection().execute(
        text(
            "UPDATE release SET state = 'published', number = 1, published_on = '2026-05-01', signed_first = 'carl', "
            "signed_second = 'mona', hash = 'sha256:1', previous_hash = 'sha256:0'"
        )
    )


def sign(quote: Quote, *, by: str = "anna", today: date = FREE) -> Quote:
    return quotes.sign(quote.id, by=by, today=today)


def test_a_quote_with_two_signatures_is_shown_with_kind_region_and_season(printed: None) -> None:
    sign(quotes.propose(CANDIDATE, by="mona"))

    (shown,) = quotes.approved()
    assert (shown.place_kind, shown.region, shown.season) == ("street_house", "R-hoved", "2026-winter")
    assert not hasattr(shown, "week")
    assert not hasattr(shown, "site_code")


def test_one_person_cannot_sign_a_quote_twice(printed: None) -> None:
    with pytest.raises(NotQuotable):
        sign(quotes.propose(CANDIDATE, by="mona"), by="mona")


def test_words_that_can_still_be_taken_back_are_not_shown(printed: None) -> None:
    quote = quotes.propose(CANDIDATE, by="mona")

    with pytest.raises(NotQuotable):
        sign(quote, today=FREE - timedelta(days=1))
    assert sign(quote, today=FREE).state == "approved"


def test_a_theme_that_no_table_shows_there_is_not_quoted(printed: None) -> None:
    for candidate in (replace(CANDIDATE, region="midtjylland"), replace(CANDIDATE, theme="TRY")):
        with pytest.raises(NotQuotable):
            sign(quotes.propose(candidate, by="mona"))


def test_own_words_need_the_persons_yes(app: Flask) -> None:
    with pytest.raises(NotQuotable):
        quotes.propose(replace(CANDIDATE, has_consent=False), by="mona")


def test_other_words_share_no_five_in_a_row(app: Flask) -> None:
    near = replace(CANDIDATE, kind="paraphrase", has_consent=False, text="Hun siger: jeg kan være i fred.")
    far = replace(near, text="En sagde, at der er ro.")

    with pytest.raises(NotQuotable):
        quotes.propose(near, by="mona")
    assert quotes.propose(far, by="mona").state == "proposed"


@pytest.mark.parametrize("flag", ["PII", "ANSAT", "TREDJE"])
def test_words_somebody_can_be_recognised_in_are_not_signed(printed: None, flag: str) -> None:
    quote = quotes.propose(CANDIDATE, by="mona")

    with pytest.raises(NotQuotable):
        quotes.sign(quote.id, by="anna", today=FREE, flags={flag})


def test_a_refused_quote_waits_for_nobody(app: Flask) -> None:
    quote = quotes.propose(CANDIDATE, by="mona")

    quotes.refuse(quote.id)

    assert quotes.proposed() == []
    with pytest.raises(NotQuotable):
        sign(quote)


def test_a_statement_that_is_gone_takes_its_quote_down(printed: None) -> None:
    quote = sign(quotes.propose(CANDIDATE, by="mona"))

    assert quotes.take_down([CANDIDATE.statement_id]) == 1

    db.db.session.expire_all()
    assert quotes.approved() == []
    assert quote.text == "–"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE quote SET state = 'approved'",
        "UPDATE quote SET second_by = first_by",
        "UPDATE quote SET has_consent = false",
        f"UPDATE quote SET state = 'approved', second_by = 'anna', approved_on = '{FREE - timedelta(days=1)}', "
        "release_id = '2026-Q1'",
        f"UPDATE quote SET state = 'approved', second_by = 'anna', approved_on = '{FREE}'",
        f"UPDATE quote SET state = 'approved', second_by = 'anna', approved_on = '{FREE}', release_id = '2026-Q1', "
        "flags = 'PII'",
    ],
)
def test_the_database_itself_lets_no_quote_out_against_the_rules(printed: None, change: str) -> None:
    quotes.propose(CANDIDATE, by="mona")

    with pytest.raises(DatabaseError):
        db.connection().execute(text(change))


def test_december_belongs_to_the_winter_that_follows() -> None:
    assert quotes.season_of("2026-W50") == quotes.season_of("2027-W02") == "2027-winter"
    assert quotes.season_of("2026-W20") == "2026-spring"
