"""Quotes: two people, a yes, at least five on the theme, and never while the words can be taken back."""

import os
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from app.core import db, weeks
from app.desk.moderation.models import Statement
from app.publication import quotes
from app.publication.models import Cell, Quote, Release
from app.publication.quotes import NotQuotable, Source, Wording
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories

WEEK = "2026-W05"
pytestmark = pytest.mark.requirement("R17")
FREE = weeks.sunday(WEEK) + timedelta(days=36)
SAID = "De kender mig her, og jeg kan være i fred."
SOURCE = Source(
    statement_id=bytes(16),
    statement=SAID,
    lang="da",
    week=WEEK,
    place_kind="street_house",
    region="hovedstaden",
    has_consent=True,
    themes=("ADG.AAB", "MOD"),
)
VERBATIM = Wording(text=SAID, kind="verbatim", theme="ADG.AAB")
PARAPHRASE = Wording(text="En sagde, at der er ro.", kind="paraphrase", theme="ADG")


@pytest.fixture
def source(app: Flask) -> Source:
    """An approved statement without an answer behind it."""
    statement_id = os.urandom(16)
    approved_by = accounts.a_user("moderator").id
    db.db.session.add(
        Statement(id=statement_id, voice=os.urandom(16), text=SAID, folded="", lang="da", week=WEEK,
                  approved_by=approved_by)
    )  # fmt: skip
    db.db.session.flush()
    return replace(SOURCE, statement_id=statement_id)


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


def signed(
    source: Source, wording: Wording = VERBATIM, *, by: tuple[str, ...] = ("mona",), today: date = FREE
) -> Quote:
    quote = quotes.draft(source, wording)
    for signer in by:
        quotes.sign(quote, source, by=signer, today=today)
    return quote


def approved(source: Source, wording: Wording = VERBATIM) -> Quote:
    return signed(source, wording, by=("mona", "malik"))


def test_a_quote_goes_through_every_state_in_order(printed: None, source: Source) -> None:
    quote = quotes.draft(source, VERBATIM)
    found = [quote.state]
    for signer in ("mona", "malik"):
        quotes.sign(quote, source, by=signer, today=FREE)
        found.append(quote.state)
    quotes.release(quote, source)
    found.append(quote.state)
    quotes.drop(quote)

    assert [*found, quote.state] == ["draft", "first_signed", "approved", "released", "taken_down"]
    assert quote.text == "–"


def test_a_quote_is_shown_with_kind_region_and_season(printed: None, source: Source) -> None:
    quotes.release(approved(source), source)

    (shown,) = quotes.released()
    assert (shown.place_kind, shown.region, shown.season) == ("street_house", "R-hoved", "2026-winter")
    assert not {"week", "site_code", "site"} & set(Quote.__table__.columns.keys())


def test_one_person_cannot_sign_a_quote_twice(printed: None, source: Source) -> None:
    with pytest.raises(NotQuotable):
        signed(source, by=("mona", "mona"))


def test_one_signature_shows_nothing(printed: None, source: Source) -> None:
    with pytest.raises(NotQuotable):
        quotes.release(signed(source), source)


def test_words_that_can_still_be_taken_back_are_not_signed_out(printed: None, source: Source) -> None:
    quote = signed(source)

    with pytest.raises(NotQuotable):
        quotes.sign(quote, source, by="malik", today=FREE - timedelta(days=1))
    quotes.sign(quote, source, by="malik", today=FREE)
    assert quote.state == "approved"


def test_a_theme_that_no_table_shows_there_is_not_quoted(printed: None, source: Source) -> None:
    for other, wording in ((replace(source, region="midtjylland"), VERBATIM), (source, replace(VERBATIM, theme="MOD"))):
        with pytest.raises(NotQuotable):
            approved(other, wording)


def test_a_theme_the_text_does_not_have_is_not_quoted(source: Source) -> None:
    with pytest.raises(NotQuotable):
        quotes.draft(source, replace(VERBATIM, theme="TRY"))


def test_own_words_need_the_persons_yes(source: Source) -> None:
    with pytest.raises(NotQuotable):
        quotes.draft(replace(source, has_consent=False), VERBATIM)


def test_other_words_share_no_five_in_a_row(source: Source) -> None:
    unasked = replace(source, has_consent=False)

    with pytest.raises(NotQuotable):
        quotes.draft(unasked, replace(PARAPHRASE, text="Hun siger: OG, jeg kan vaere i ro."))
    assert quotes.draft(unasked, replace(PARAPHRASE, text="Jeg kan være her.")).state == "draft"


@pytest.mark.parametrize(
    ("words", "is_own"),
    [
        (SAID, True),
        ("De kender mig her", True),
        ("De kender mig … i fred.", True),
        ("De kender  mig\nher […] i fred", True),
        ("i fred … De kender mig", False),
        ("De kender dig her", False),
        ("De kender mig he", False),
        ("kende mig", False),
    ],
)
def test_own_words_may_be_shortened_and_nothing_else(words: str, is_own: bool) -> None:
    assert quotes.is_cut_from(words, SAID) is is_own


@pytest.mark.parametrize("words", ["", " … ", "x" * 401])
def test_no_words_and_too_many_are_refused(source: Source, words: str) -> None:
    with pytest.raises(NotQuotable):
        quotes.draft(source, replace(PARAPHRASE, text=words))


def test_a_flag_or_an_open_case_stops_every_step(printed: None, source: Source) -> None:
    against = (
        *(replace(source, flags={flag}) for flag in ("PII", "ANSAT", "TREDJE")),
        replace(source, has_open_case=True),
    )

    for now in against:
        for done in ((), ("mona",)):
            with pytest.raises(NotQuotable):
                quotes.sign(signed(source, by=done), now, by="malik", today=FREE)
        with pytest.raises(NotQuotable):
            quotes.release(approved(source), now)


def test_other_words_wipe_both_signatures(printed: None, source: Source) -> None:
    quote = approved(source)

    quotes.reword(quote, source, replace(VERBATIM, text="De kender mig her"))

    assert (quote.state, quote.first_by, quote.second_by, quote.release_id) == ("draft", None, None, None)


def test_what_is_shown_is_never_reworded(printed: None, source: Source) -> None:
    quote = approved(source)
    quotes.release(quote, source)

    with pytest.raises(NotQuotable):
        quotes.reword(quote, source, PARAPHRASE)


def test_a_statement_masked_further_wipes_signatures_and_takes_its_own_words_down(
    printed: None, source: Source
) -> None:
    waiting, shown, paraphrase = approved(source), approved(source), approved(source, PARAPHRASE)
    for quote in (shown, paraphrase):
        quotes.release(quote, source)

    quotes.statement_changed(source.statement_id, SAID.replace("fred", "[detalje]"))

    assert [quote.state for quote in (waiting, shown, paraphrase)] == ["draft", "taken_down", "released"]


def test_a_statement_that_goes_takes_with_it_what_nobody_was_shown(printed: None, source: Source) -> None:
    shown, _withheld = approved(source), approved(source)
    quotes.release(shown, source)

    db.connection().execute(text("DELETE FROM statement"))
    db.db.session.expire_all()

    assert [quote.id for quote in quotes.released()] == [shown.id]
    assert db.connection().execute(text("SELECT count(*) FROM quote")).scalar() == 1


def test_taking_down_forgets_the_words(printed: None, source: Source) -> None:
    shown, _withheld = approved(source), approved(source)
    quotes.release(shown, source)

    assert quotes.take_down([source.statement_id]) == 2

    db.db.session.expire_all()
    assert quotes.released() == quotes.approved() == []
    assert (shown.text, shown.signed_text) == ("–", None)


APPROVE = (
    f"state = 'approved', second_by = 'malik', approved_week = '{weeks.week_of(FREE)}', release_id = '2026-Q1', "
    "cell_table = 'T5', cell_place = 'R-hoved/street_house', cell_period = '2026-Q1', cell_split = 'theme', voices = 7"
)


AGAINST_THE_RULES = (
    "state = 'approved'",
    "state = 'released', draft_of = NULL",
    "first_by = NULL",
    "second_by = first_by",
    "has_consent = false",
    "text = 'Noget helt andet'",
    APPROVE.replace("'malik'", "'mona'"),
    APPROVE.replace(weeks.week_of(FREE), weeks.week_of(FREE - timedelta(days=1))),
    APPROVE.replace("release_id = '2026-Q1'", "release_id = NULL"),
    APPROVE.replace("release_id = '2026-Q1'", "release_id = '2026-Q4'"),
    APPROVE.replace("R-hoved", "R-midt"),
    APPROVE.replace("voices = 7", "voices = 4"),
    APPROVE.replace("voices = 7", "voices = 8"),
    APPROVE.replace("cell_split = 'theme'", "cell_split = 'type'"),
    f"{APPROVE}, theme = 'MOD'",
    f"{APPROVE}, region = 'R-midt'",
    f"{APPROVE}, flags = 'PII'",
    f"{APPROVE}, text = 'Noget helt andet'",
    f"{APPROVE}, draft_of = NULL",
)


def test_the_database_itself_lets_no_quote_out_against_the_rules(printed: None, source: Source) -> None:
    signed(source)

    assert [change for change in AGAINST_THE_RULES if factories.is_allowed(f"UPDATE quote SET {change}")] == []
    assert factories.is_allowed(f"UPDATE quote SET {APPROVE}")


def test_december_belongs_to_the_winter_that_follows() -> None:
    assert quotes.season_of("2026-W50") == quotes.season_of("2027-W02") == "2027-winter"
    assert quotes.season_of("2026-W20") == "2026-spring"
