"""The queue: what comes to the desk, in which order, and for whom."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import clock, db
from app.desk.moderation import intake, queries
from app.desk.moderation.dealing import counting, dealing, trays
from app.desk.moderation.filters.facets import Facets
from app.surveys import batches, responses
from app.surveys.responses import Said, Setting
from tests.desk.moderation import factories
from tests.desk.moderation.factories import WEEK, a_moderator, a_response, a_text


def an_unreleased_text() -> bytes:
    setting = Setting(channel="web", lang="da", week=WEEK, site_code="GH1", survey_id="five_tap", version=1)
    response_id = responses.begin(setting)
    responses.add(response_id, [Said(question="change", kind="words", words="Flere senge")], week=WEEK)
    return response_id


def order(reader: object) -> list[bytes]:
    rows = dealing.texts(trays.TRAYS[0], Facets(), reader, None)  # type: ignore[arg-type]
    return [bytes(row.answer_id) for row in rows]


def test_a_text_waits_for_its_batch(content: None) -> None:
    an_unreleased_text()

    assert intake.take_in() == 0
    batches.release(clock.now(), size=1)
    assert intake.take_in() == 1


def test_taking_in_twice_takes_in_once(content: None) -> None:
    a_text()

    assert intake.take_in() == 0
    assert len(order(a_moderator())) == 1


def test_ratings_and_trials_never_reach_the_queue(content: None) -> None:
    a_response(values={"today": "4"})
    a_response("Bare en prøve", is_test=True)

    assert order(a_moderator()) == []


def test_urgent_comes_first_then_the_older_week_then_chance(content: None) -> None:
    newer = [a_text(week="2026-W10") for _ in range(4)]
    older = a_text(week="2026-W09")
    urgent = a_text(week="2026-W10", is_urgent=True)

    found = order(a_moderator())

    assert found[:2] == [urgent, older]
    assert found[2:] == sorted(newer)


def test_pages_of_twenty_hold_every_text_once(content: None, sign_in: Callable[..., FlaskClient]) -> None:
    expected = {a_text(is_urgent=n % 5 == 0, week=f"2026-W{5 + n % 4:02}") for n in range(45)}
    reader, after, seen = a_moderator(), None, []

    while True:
        rows = dealing.texts(trays.TRAYS[0], Facets(), reader, after)
        seen += [bytes(row.answer_id) for row in rows[:20]]
        if len(rows) <= 20:
            break
        after = dealing.place_of(rows[19], trays.TRAYS[0])

    assert len(seen) == 45
    assert set(seen) == expected


def test_a_page_shows_twenty_and_a_link_to_the_rest(sign_in: Callable[..., FlaskClient]) -> None:
    for _ in range(21):
        a_text()

    page = sign_in("moderator").get("/desk/queue").text

    assert page.count("row-title") == 20
    assert "after=2.2026-W10." in page


def test_the_list_shows_no_word_of_an_unread_text(sign_in: Callable[..., FlaskClient]) -> None:
    a_text("Zebrastribet markør")

    assert "Zebrastribet" not in sign_in("moderator").get("/desk/queue").text


def test_counts_stop_at_a_hundred(content: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(4):
        a_text()
    reader = a_moderator()
    assert counting.left(reader) == "4"

    monkeypatch.setattr(counting, "MOST", 3)

    assert counting.left(reader) == "3+"


@pytest.mark.requirement("R8")
def test_a_moderator_with_ties_to_a_place_never_meets_its_texts(sign_in: Callable[..., FlaskClient]) -> None:
    factories.the_codebook()
    own, other = a_text("Vores egen dør er låst", site_code="GH1"), a_text("Bussen kommer for sent", site_code="MUE2")
    nowhere = a_text("Et sted uden navn", site_code=None)
    client = sign_in("moderator", "GH1")

    page = client.get("/desk/queue").text

    assert other.hex() in page
    assert own.hex() not in page
    assert nowhere.hex() not in page
    for act in ("get", "post"):
        assert getattr(client, act)(f"/desk/statements/{own.hex()}").status_code in (404, 405)
    assert client.get(f"/desk/statements/{own.hex()}").status_code == 404
    for act in ("approve", "reject", "hold", "mask", "unmask", "cover", "reopen", "tag", "look"):
        assert factories.post(client, own, act, **factories.yes()).status_code == 404, act


@pytest.mark.requirement("R8")
def test_behind_the_wall_statements_and_counts_are_gone_too(sign_in: Callable[..., FlaskClient]) -> None:
    factories.the_codebook()
    reader = a_moderator()
    factories.approve(a_text("Vores egen dør er låst", site_code="GH1"), reader, "ADG.PLA")
    factories.approve(a_text("Badet er koldt", site_code="MUE2"), reader, "BAS.HYG")
    client = sign_in("moderator", "GH1")

    read = client.get("/desk/queue?tray=read").text
    codes = client.get("/desk/codebook?lang=en").text

    assert "Badet er koldt" in read
    assert "Vores egen" not in read
    assert codes.count("1 voice<") == 2  # BAS.HYG and its theme
    assert queries.voices_by_code(reader)["ADG"] == 1


def test_only_moderators_open_the_queue(sign_in: Callable[..., FlaskClient]) -> None:
    for role in ("staff", "peer", "safeguarding", "council", "analyst", "admin"):
        assert sign_in(role).get("/desk/queue").status_code == 403, role
    assert sign_in("moderator").get("/desk/queue").status_code == 200


def test_nobody_gets_in_without_signing_in(client: FlaskClient, content: None) -> None:
    text_id = a_text()

    for address in ("/desk/queue", f"/desk/statements/{text_id.hex()}", "/desk/codebook"):
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert "/desk/login" in answer.location


@pytest.mark.parametrize("after", ["x", "0.2026-W10.zz", "2.2026-W10." + "0" * 32, "'; DROP TABLE text_item", "%01"])
def test_a_made_up_place_begins_at_the_top(sign_in: Callable[..., FlaskClient], after: str) -> None:
    text_id = a_text()

    assert text_id.hex() in sign_in("moderator").get(f"/desk/queue?after={after}").text


def test_withdrawing_takes_the_text_its_masks_and_its_codes_along(app: Flask, content: None) -> None:
    factories.the_codebook()
    response_id = a_response("Spørg efter Karsten i køkkenet", "Flere senge")
    first, _second = factories.texts_of(response_id)
    factories.approve(first, a_moderator(), "ADG.KOE")

    responses.delete(response_id)
    db.db.session.commit()

    for table in ("answer", "text_item", "mask_span", "statement", "tagging"):
        assert db.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0, table
