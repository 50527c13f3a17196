"""Releases on the desk: seen before they are signed, signed by two, printed by the worker."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import clock, db
from app.desk.track import printed, queries
from app.desk.track.releases import drafts, previewing, previews
from app.publication import guard, published, releases
from app.publication.periods import Period, TooEarly
from tests.desk.accounts.factories import form
from tests.desk.track import factories
from tests.publication import factories as voices

SignIn = Callable[..., FlaskClient]
JANUARY = Period(2026, "M", 1)
HERE = "/desk/releases/2026-M01"


@pytest.fixture
def counted(content: None, clock: clock.Clock) -> None:
    """January is counted, and long past."""
    clock.set(factories.SUMMER)
    voices.freeze(voices.Archive(voices.crowd(period=JANUARY)), JANUARY)


def press(client: FlaskClient, act: str) -> TestResponse:
    return client.post(f"{HERE}/{act}", data=form(client, f"release.{act}"))


def out() -> list[str]:
    found = [release.id for release in published.published()]
    db.db.session.rollback()
    return found


def work(job: Callable[..., object]) -> None:
    db.db.session.commit()
    job(clock.now())
    db.db.session.commit()


def test_a_release_is_previewed_signed_by_two_and_published(counted: None, sign_in: SignIn) -> None:
    carl, mona = sign_in("council"), sign_in("moderator")

    assert press(carl, "preview").status_code == 303
    work(previewing.work_out)
    page = carl.get(HERE).text
    assert press(carl, "sign").status_code == 303
    work(releases.publish_signed)
    assert "2026-M01" not in out()
    assert press(mona, "sign").status_code == 303
    work(releases.publish_signed)

    assert "–" in page
    assert "2026-M01" in out()
    assert "/resultater/2026-M01" in carl.get(HERE).text


def test_a_preview_shows_what_is_printed_later(counted: None) -> None:
    previews.ask("2026-M01", factories.TODAY)
    work(previewing.work_out)
    seen = queries.preview("2026-M01")
    assert seen is not None
    assert seen.document is not None
    before = printed.read(seen.document).all

    voices.publish(JANUARY)

    out = printed.figures("2026-M01")
    assert out is not None
    assert [one.value for one in before] == [one.value for one in out.all]


def test_previews_beside_each_other_tell_no_more_than_releases_would(content: None, clock: clock.Clock) -> None:
    clock.set(factories.SUMMER)
    spoke = {"2026-W02": 10, "2026-W06": 8, "2026-W10": 3}
    voices.freeze(voices.Archive(voices.voice(week=week) for week, n in spoke.items() for _ in range(n)))

    shown = {period: _previewed(period) for period in ("2026-M01", "2026-M02", "2026-M03", "2026-Q1")}

    assert shown == {"2026-M01": 10, "2026-M02": 8, "2026-M03": None, "2026-Q1": None}
    db.db.session.delete(queries.preview("2026-M02"))
    queries.preview("2026-Q1").document = None  # type: ignore[union-attr]
    assert _previewed("2026-Q1") == 21


def test_a_preview_somebody_has_seen_stays_as_it_is(counted: None) -> None:
    _previewed("2026-M01")
    seen = queries.preview("2026-M01")

    previews.ask("2026-M01", factories.TODAY)

    assert seen is not None
    assert seen.document is not None


def _previewed(period: str) -> int | None:
    """How many answers of the whole country its preview shows."""
    previews.ask(period, factories.TODAY)
    work(previewing.work_out)
    seen = queries.preview(period)
    assert seen is not None
    assert seen.document is not None, seen.fault
    everybody = (one for one in printed.read(seen.document).all if (one.table, one.place) == ("T1", "DK"))
    return next(everybody).value


def test_nothing_hidden_is_kept_in_a_preview(counted: None) -> None:
    previews.ask("2026-M01", factories.TODAY)
    work(previewing.work_out)

    seen = queries.preview("2026-M01")
    assert seen is not None
    values = [one.value for one in printed.read(seen.document or b"").all]
    assert None in values
    assert min(value for value in values if value is not None) >= 5


def test_a_preview_that_cannot_be_says_why(content: None, clock: clock.Clock, sign_in: SignIn) -> None:
    clock.set(factories.SUMMER)
    previews.ask("2026-M01", factories.TODAY)

    work(previewing.work_out)

    seen = queries.preview("2026-M01")
    assert seen is not None
    assert seen.document is None
    assert seen.fault
    assert seen.fault in sign_in("council").get(HERE).text


def test_a_period_that_has_not_rested_is_neither_previewed_nor_signed(counted: None, sign_in: SignIn) -> None:
    with pytest.raises(TooEarly):
        previews.ask("2026-Q2", factories.TODAY)

    client = sign_in("council")
    answer = client.post("/desk/releases/2026-Q2/sign", data=form(client, "release.sign"))

    assert answer.status_code == 422
    assert queries.release("2026-Q2") is None


def test_a_published_period_is_not_signed_again(counted: None, sign_in: SignIn) -> None:
    voices.publish(JANUARY)

    assert press(sign_in("council"), "sign").status_code == 422


def test_the_list_offers_periods_that_are_over_and_not_out(counted: None) -> None:
    voices.publish(JANUARY)

    codes = [one.code for one in previews.periods_to_publish(date(2026, 6, 1))]

    assert "2026-Q1" in codes
    assert "2026-M01" not in codes
    assert "2026-M07" not in codes


def test_periods_in_which_nobody_answered_are_told_apart(counted: None) -> None:
    heard = previews.heard(previews.periods_to_publish(date(2026, 6, 1)))

    assert heard == {"2026-M01", "2026-Q1", "2026-H1", "2026"}


def test_the_list_folds_periods_without_answers(counted: None, sign_in: SignIn) -> None:
    page = sign_in("council").get("/desk/releases").text
    ready, _, folded = page.partition("<details>")

    assert "2026-M01" in ready
    assert "2026-M02" not in ready
    assert "2026-M02" in folded


def test_the_board_tells_a_moderator_that_a_release_waits(counted: None, sign_in: SignIn) -> None:
    press(sign_in("council"), "sign")

    assert HERE in sign_in("moderator").get("/desk/track").text


def test_what_is_no_period_is_not_found(content: None, sign_in: SignIn) -> None:
    client = sign_in("council")

    for code in ("2026-W05", "x", "2026-M13", "2026-M1"):
        assert client.get(f"/desk/releases/{code}").status_code == 404


def test_why_figures_are_hidden_is_told_of_the_whole_release_and_forgotten_when_it_is_out(
    counted: None, sign_in: SignIn
) -> None:
    previews.ask("2026-M01", factories.TODAY)
    work(previewing.work_out)
    seen = queries.preview("2026-M01")
    assert seen is not None
    hidden = [one for one in printed.read(seen.document or b"").all if one.value is None]
    assert (sum((seen.reasons or {}).values()), len(hidden)) == (len(hidden), len(hidden))
    assert b"too_small" not in (seen.document or b"")

    voices.publish(JANUARY)
    previewing.tidy()

    assert queries.preview("2026-M01") is None


def test_the_page_tells_how_far_the_guard_has_come(counted: None, sign_in: SignIn) -> None:
    previews.ask("2026-M01", factories.TODAY)
    db.db.session.commit()
    client = sign_in("council")
    before = client.get(HERE).text

    previewing.telling("2026-M01")(guard.Step.GIVING_BACK, 0.4)

    assert "<progress" not in before
    assert '<progress id="percent" max="100" value="40">' in client.get(HERE).text


def test_a_reason_for_few_figures_is_told_without_their_number_and_none_where_few_are_hidden(app: Flask) -> None:
    with app.test_request_context():
        small, few = drafts.reasons({"too_small": 16, "protects_others": 4})
        (none,) = drafts.reasons({"too_small": 15, "protects_others": 4})

    assert ("16" in small, "4" in few, "15" in none) == (True, False, False)
