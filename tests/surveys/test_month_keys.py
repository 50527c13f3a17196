"""The pairs of months: made ahead by the desk's side, and one that is there too early is seen."""

from dataclasses import replace

import pytest
from flask import Flask

from app.core import clock, config, db
from app.privacy import queries, sealing
from app.surveys import month_keys, responses
from app.surveys.responses import Said, Setting

PLANTED = "2031-01"


@pytest.mark.requirement("R5")
def test_what_will_be_sealed_to_is_there_before_anybody_answers(app: Flask) -> None:
    month_keys.make_ahead(clock.now())
    first = queries.month_public("2026-04")
    month_keys.make_ahead(clock.now())

    assert queries.month_names() == [
        "2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06",
    ]  # fmt: skip
    assert queries.month_public("2026-04") == first
    assert list(month_keys.faults(clock.today())) == []


@pytest.mark.requirement("R5")
def test_a_pair_for_a_month_far_off_is_named_and_goes_away_unused(app: Flask) -> None:
    sealing.month(PLANTED)

    assert list(month_keys.faults(clock.today())) == ["seal_month 2031-01: no pair is made so early"]
    assert month_keys.bad_months() == "A month has a key too early: run `stemme verify`."

    month_keys.make_ahead(clock.now())
    assert PLANTED not in queries.month_names()
    assert month_keys.bad_months() is None


def test_no_pair_goes_away_that_something_was_sealed_to(app: Flask) -> None:
    response_id = responses.begin(Setting(channel="web", lang="da", week="2031-W02"))
    responses.add(response_id, [Said(question="change", kind="words", words="Flere senge")], week="2031-W02")
    db.db.session.flush()

    month_keys.make_ahead(clock.now())

    assert PLANTED in queries.month_names()


def test_a_citizens_side_that_will_have_no_key_says_so_a_month_before(app: Flask) -> None:
    app.extensions["settings"] = replace(config.settings(), side="citizen")
    assert month_keys.bad_months() == "Next month has no key yet: the worker of the desk's side makes it."

    app.extensions["settings"] = replace(config.settings(), side="desk")
    month_keys.make_ahead(clock.now())
    assert month_keys.bad_months() is None
