"""A walk through the demo: what a citizen reads, and what each person of the desk meets."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.desk.accounts import users

SIGNED_IN = Callable[[str], FlaskClient]


def test_the_results_tell_what_was_done_and_what_was_not(visitor: FlaskClient) -> None:
    page = visitor.get("/resultater?lang=da").text

    assert "Nu er der åbent i Ankeret til kl. 22 tirsdag og torsdag." in page
    assert "Vi gjorde det ikke, fordi" in page
    assert "[" not in page.partition("<main")[2]


@pytest.mark.parametrize("lang", ["da", "en"])
def test_both_releases_can_be_read(visitor: FlaskClient, lang: str) -> None:
    for release in ("2026-Q2", "2026-Q3"):
        assert f'href="/resultater/{release}' in visitor.get(f"/resultater?lang={lang}").text
        assert visitor.get(f"/resultater/{release}?lang={lang}").status_code == 200


def test_the_newest_release_carries_the_quote_and_the_deeds(visitor: FlaskClient) -> None:
    page = visitor.get("/resultater/2026-Q3?lang=da").text

    assert "Når jeg er færdig med at samle flasker" in page
    assert "Huset lukker for tidligt." in page


def test_the_newest_release_says_what_changed_since_the_one_before(visitor: FlaskClient) -> None:
    newest, oldest = (visitor.get(f"/resultater/2026-{quarter}?lang=da").text for quarter in ("Q3", "Q2"))

    assert "<h2>Siden 2. kvartal 2026</h2>" in newest
    assert "Forskellen " in newest
    assert "<h2>Siden " not in oldest


def test_the_published_finding_shows_its_figures(as_: SIGNED_IN) -> None:
    page = as_("carl").get("/desk/track/findings/U1").text

    assert "20 af 128 svar" in page
    assert "for få svar" not in page


def test_a_moderator_finds_texts_to_read(as_: SIGNED_IN) -> None:
    page = as_("mona").get("/desk/queue").text

    assert page.count("/desk/statements/") >= 12


@pytest.mark.parametrize("name", [name for name, _, _ in users.DEMO])
def test_everybody_of_the_demo_has_a_first_page(as_: SIGNED_IN, name: str) -> None:
    assert as_(name).get("/desk").status_code == 200
