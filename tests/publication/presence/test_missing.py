"""What is said of a period beside a target group: only ever from figures that are shown."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.core.clock import Clock
from app.publication.presence import missing, municipalities, outreach, target_sets, voices
from app.publication.presence.missing import MissingVoices
from app.publication.presence.ratios import Ratio
from tests.desk.track.factories import SUMMER
from tests.publication.presence import factories


@pytest.fixture(autouse=True)
def english(app: Flask, content: None) -> Iterator[None]:
    """A reader of English."""
    with app.test_request_context("/?lang=en"):
        yield


@pytest.fixture
def found(english: None, clock: Clock) -> MissingVoices:
    """A half-year beside the numbers of three municipalities and some shares."""
    clock.set(SUMMER)
    factories.a_half("2026-H1")
    factories.counts("Helsingør;217;1000;800;1200", "Horsens;615;900;;", "Slagelse;330;40;;", "Odense;461;670;;")
    factories.shares("age;under_30;19;16;22", "age;30_39;21;18;24", "sex;woman;31;28;34")
    known = voices.releases(*voices.LONGER)
    return missing.of(voices.of_release(known[0]), target_sets.usual(), known, "en")


def test_there_is_a_ratio_for_what_is_shown_and_none_for_what_is_hidden_or_too_small(found: MissingVoices) -> None:
    rows = {row.place: row for area in found.areas for row in area.municipalities}

    assert rows["K-helsingoer"].ratio == Ratio(6.0, 3.8, 9.7)
    hidden = rows["K-horsens"]
    assert (hidden.is_counted, hidden.answers, hidden.ratio, hidden.index) == (True, None, None, None)
    assert rows["K-slagelse"].ratio is None
    assert len(rows) == len(municipalities.every())
    assert found.widest == 6.0


def test_nothing_is_expected_of_a_place_while_the_country_is_not_known(found: MissingVoices) -> None:
    assert {row.index for area in found.areas for row in area.municipalities} == {None}


def test_whom_to_ask_is_said_in_sentences_and_never_as_no_answers(found: MissingVoices) -> None:
    said = [one.sentence for one in found.suggestions]

    assert [one for one in said if "Horsens" in one] == ["Horsens: 900 in the target group, too few answers to show."]
    assert any(one.startswith("Sundhedsråd Fyn: none of our places and no stop in Odense.") for one in said)
    assert any("Under 30: 8 % of the answers, 19 % of the target group (SUSY, 2021)." in one for one in said)
    assert not any("30–39" in one for one in said)  # the two intervals meet
    assert not any("Helsingør" in one or "Slagelse" in one for one in said)
    assert any("Polish" in one and one.endswith("from mobile units: too few answers to show.") for one in said)
    assert not any("Danish" in one and "mobile" in one for one in said)
    assert not any("no answers" in one.lower() for one in said)


def test_a_language_hidden_in_the_half_year_before_too_is_said_so(clock: Clock) -> None:
    clock.set(SUMMER)
    factories.a_half("2026-H1")
    known = voices.releases(*voices.LONGER)
    figures = voices.of_release(known[0])

    again = outreach.suggestions((), (), figures, figures, "en")
    now = outreach.suggestions((), (), figures, None, "en")

    assert voices.before(figures, known) is None
    assert {one.sentence.endswith("too few answers to show, two half-years in a row.") for one in again} == {True}
    assert {one.sentence.endswith("too few answers to show.") for one in now} == {True}
    assert len(again) == len(now) == len(outreach.KINDS)
