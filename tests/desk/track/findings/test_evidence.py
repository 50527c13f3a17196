"""What a finding is drafted from: printed figures, and words within the wall."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.desk.track.findings import evidence
from app.desk.track.peers import homes
from tests.desk.accounts.factories import a_user
from tests.desk.moderation import factories as moderation
from tests.desk.track import factories
from tests.desk.track.factories import FIGURE, PERIOD

SignIn = Callable[..., FlaskClient]
SAID = "Døren er altid låst om aftenen."


@pytest.fixture
def heard(quarter: None) -> None:
    """Somebody said it at GH1 in the first quarter, and it was approved and tagged."""
    moderation.the_codebook()
    text = moderation.a_text(SAID, week="2026-W05", site_code="GH1")
    moderation.approve(text, moderation.a_moderator(), "ADG.AAB")


def test_an_author_is_offered_printed_figures_and_what_was_said(heard: None) -> None:
    offer = evidence.offer("ADG", PERIOD, a_user("analyst"))

    assert offer is not None
    assert FIGURE in [figure.reference for figure in offer.figures]
    assert [one.text for one in offer.statements] == [SAID]


def test_hidden_figures_and_other_themes_are_not_offered(heard: None) -> None:
    offer = evidence.offer("MOB", PERIOD, a_user("analyst"))

    assert offer is not None
    assert [figure.reference for figure in offer.figures] == [f"[[{PERIOD} T1 DK]]"]
    assert offer.statements == []


@pytest.mark.parametrize(("theme", "period"), [("", PERIOD), ("ADG", ""), ("ADG", "2026-W05"), ("XXX", PERIOD)])
def test_nothing_is_offered_before_theme_and_period_are_chosen(quarter: None, theme: str, period: str) -> None:
    assert evidence.offer(theme, period, a_user("analyst")) is None


def test_a_period_that_is_not_published_has_no_figures(quarter: None) -> None:
    offer = evidence.offer("ADG", "2026-Q2", a_user("analyst"))

    assert offer is not None
    assert offer.figures == []


def test_whoever_works_at_the_place_reads_nothing_said_there(heard: None) -> None:
    assert evidence.statements("ADG", PERIOD, a_user("moderator", "GH1")) == []
    assert len(evidence.statements("ADG", PERIOD, a_user("moderator", "GH2"))) == 1


def test_a_peer_reads_nothing_said_in_a_municipality_named_as_own(heard: None) -> None:
    peer = a_user("peer")
    homes.name(peer, ["Horsens"])
    elsewhere = evidence.statements("ADG", PERIOD, peer)
    homes.name(peer, ["Horsens", "Helsingør"])

    assert [one.text for one in elsewhere] == [SAID]
    assert evidence.statements("ADG", PERIOD, peer) == []


@pytest.mark.parametrize(("role", "reads"), [("staff", False), ("peer", True), ("council", True), ("analyst", True)])
def test_words_stand_behind_a_published_finding_for_those_who_may_read(
    heard: None, sign_in: SignIn, role: str, reads: bool
) -> None:
    factories.a_finding("published")

    page = sign_in(role, "GH2" if role == "staff" else None).get("/desk/track/findings/U1").text

    assert (SAID in page) == reads


@pytest.mark.parametrize(("role", "counts"), [("moderator", True), ("analyst", False)])
def test_only_who_approves_the_texts_is_told_how_many_there_are(
    heard: None, sign_in: SignIn, role: str, counts: bool
) -> None:
    page = sign_in(role).get(f"/desk/track/findings/new?theme=ADG&period={PERIOD}").text

    assert SAID in page
    assert ("af 1 tekst" in page) == counts
    assert ("1 af 1 mod 0 af 0" in page) == counts


def test_words_are_shown_without_place_and_week(heard: None, sign_in: SignIn) -> None:
    factories.a_finding("published")

    page = sign_in("council").get("/desk/track/findings/U1").text

    assert SAID in page
    assert "2026-W05" not in page
    assert "GH1" not in page
    assert "Ankeret" not in page


def test_hostile_words_of_a_citizen_are_inert(quarter: None, sign_in: SignIn) -> None:
    moderation.the_codebook()
    text = moderation.a_text("Døren <script>alert()</script> er låst", week="2026-W05")
    moderation.approve(text, moderation.a_moderator(), "ADG")
    factories.a_finding("published")

    page = sign_in("council").get("/desk/track/findings/U1").text

    assert "&lt;script&gt;alert()" in page
    assert "<script>alert" not in page
