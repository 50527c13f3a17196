"""Filters: facets from closed sets, saved under a name, never a word in an address."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.core import db
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


@pytest.fixture
def client(sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    return sign_in("moderator")


def save(client: FlaskClient, address: str, name: str, **more: str) -> int:
    return client.post(f"/desk/filters?{address}", data=accounts.form(client, "filters", name=name, **more)).status_code


def shown(client: FlaskClient, asked: str, texts: dict[str, bytes]) -> set[str]:
    page = client.get(f"/desk/queue?{asked}").text
    return {name for name, text_id in texts.items() if text_id.hex() in page}


def test_each_facet_shows_only_its_own(client: FlaskClient) -> None:
    texts = {
        "bus": a_text("Bussen", site_code="MUE2"), "tablet": a_text("Skærmen", channel="kiosk"),
        "english": a_text("The key", lang="en"), "late": a_text("Nyt", week="2026-W12"),
        "early": a_text("Gammelt", week="2026-W08"), "urgent": a_text("Hjælp", is_urgent=True),
    }  # fmt: skip
    asked = {
        "bus": "kind=mobile_unit", "tablet": "channel=kiosk", "english": "spoken=en", "late": "since=2026-W12",
        "early": "until=2026-W08", "urgent": "flag=AKUT",
    }  # fmt: skip

    assert {name: shown(client, facet, texts) for name, facet in asked.items()} == {name: {name} for name in texts}


def test_approved_texts_are_found_by_theme_kind_and_flag(client: FlaskClient) -> None:
    texts = {"queue": a_text("Lang kø"), "praise": a_text("Godt sted"), "plain": a_text("Hej")}
    factories.approve(texts["queue"], a_moderator(), "ADG.KOE", "ANSAT")
    factories.approve(texts["praise"], a_moderator(), type_="ROS")
    factories.approve(texts["plain"], a_moderator())
    expected = {
        "code=ADG": {"queue"}, "code=none": {"praise", "plain"}, "type=ROS": {"praise"}, "flag=ANSAT": {"queue"},
        "code=ADG&type=ROS": set(), "spoken=da": {"queue", "praise", "plain"},
    }  # fmt: skip

    assert {asked: shown(client, f"tray=read&{asked}", texts) for asked in expected} == expected


def test_a_saved_filter_stands_beside_the_queue_with_its_number(client: FlaskClient) -> None:
    a_text(channel="kiosk")
    a_text()

    assert save(client, "channel=kiosk", "Skærmene") == 303

    page = " ".join(client.get("/desk/queue").text.split())
    assert '<a href="/desk/queue?channel=kiosk">Skærmene <span class="count">1</span></a>' in page


def test_a_filter_is_its_owners_unless_it_is_shared(client: FlaskClient, sign_in: Callable[..., FlaskClient]) -> None:
    save(client, "channel=kiosk", "Mine skærme")
    save(client, "channel=paper", "Alles papir", shared="yes")

    page = sign_in("moderator").get("/desk/queue").text

    assert "Alles papir" in page
    assert "Mine skærme" not in page


def test_the_same_name_again_takes_the_place_of_the_filter_before(client: FlaskClient) -> None:
    save(client, "channel=kiosk", "Uge")
    save(client, "channel=paper", "Uge")

    assert factories.rows("SELECT name FROM saved_filter") == [("Uge",)]


def test_only_the_owner_forgets_a_filter(client: FlaskClient, sign_in: Callable[..., FlaskClient]) -> None:
    save(client, "channel=kiosk", "Alles", shared="yes")
    filter_id = bytes(factories.rows("SELECT id FROM saved_filter")[0][0]).hex()

    def forget(browser: FlaskClient) -> int:
        form = accounts.form(browser, "filters")
        return browser.post(f"/desk/filters/{filter_id}/forget", data=form).status_code

    assert forget(sign_in("moderator")) == 303
    assert len(factories.rows("SELECT id FROM saved_filter")) == 1
    assert forget(client) == 303
    assert factories.rows("SELECT id FROM saved_filter") == []


def test_a_filter_keeps_no_name_of_a_person_and_no_made_up_facet(client: FlaskClient) -> None:
    save(client, "channel=kiosk&q=Karsten&code=Karsten", "Ring til 12 34 56 78")

    ((name, kept),) = factories.rows("SELECT name, facets FROM saved_filter")
    assert "12 34" not in name
    assert "Karsten" not in str(kept)


def test_a_filter_without_a_name_is_refused_in_words(client: FlaskClient) -> None:
    answer = client.post("/desk/filters?channel=kiosk&lang=en", data=accounts.form(client, "filters", name=" "))

    assert answer.status_code == 422
    assert "Give the filter a name." in answer.text


def test_a_shared_filter_counts_within_the_readers_wall(
    client: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    a_text(channel="kiosk", site_code="GH1")
    save(client, "channel=kiosk", "Skærme", shared="yes")

    page = " ".join(sign_in("moderator", "GH1").get("/desk/queue").text.split())

    assert 'Skærme <span class="count">0</span>' in page


def test_a_statement_that_outlived_its_answer_is_read_in_the_list(client: FlaskClient) -> None:
    texts = [a_text("Lang kø", week="2026-W09"), a_text("Godt sted", week="2026-W08"), a_text("Hej", week="2026-W07")]
    for text_id in texts:
        factories.approve(text_id, a_moderator())
    change = "UPDATE statement SET answer_id = NULL, response_id = NULL WHERE text = 'Godt sted'"
    db.connection().exec_driver_sql(change)
    db.db.session.commit()

    page = client.get("/desk/queue?tray=read").text
    following = client.get(f"/desk/statements/{texts[0].hex()}/next?tray=read").location

    assert "Godt sted" in page
    assert page.count("/desk/statements/") == 2
    assert texts[2].hex() in following
