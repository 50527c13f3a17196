"""Chips beside a text: what is shown, what becomes of each, and that nothing gets anywhere by itself."""

from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from app.core import clock, db
from app.desk.moderation import forms, queries
from app.desk.moderation.suggesting import teaching
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text, post, rows, yes

QUEUE = "Køen til badet er for lang"
SHOWN = ["ADG.KOE 0 hints-1", "BAS.HYG 0 hints-1"]
OUTCOMES = """SELECT c.key, s.level, s.place, s.hint, s.model_version, s.outcome FROM suggestion_shown s
    JOIN code c ON c.guid = s.code_guid ORDER BY s.place"""


@pytest.fixture
def client(sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    factories.the_codebook()
    return sign_in("moderator")


def card(client: FlaskClient, text_id: bytes, lang: str = "en") -> str:
    return client.get(f"/desk/statements/{text_id.hex()}?lang={lang}").text


def approve(client: FlaskClient, text_id: bytes, *codes: str, **more: Any) -> None:
    card(client, text_id)  # opening takes the claim
    assert post(client, text_id, "approve", **yes(1, *codes, **more)).status_code == 303


def test_the_card_offers_chips_with_their_reason_and_ticks_none(client: FlaskClient) -> None:
    page = card(client, a_text(QUEUE))

    tree = html5lib.parse(page, namespaceHTMLElements=False)
    boxes = [box for box in tree.iter("input") if box.get("name") in ("suggested", "refused")]
    assert [box.get("value") for box in boxes] == ["ADG.KOE", "ADG.KOE", "BAS.HYG", "BAS.HYG"]
    assert not any("checked" in box.attrib for box in boxes)
    assert [box.get("value") for box in tree.iter("input") if box.get("name") == "shown"] == SHOWN
    assert "clear, because of “Køen”" in " ".join(page.split())


def test_what_became_of_each_chip_is_kept_without_a_word_of_the_text(client: FlaskClient) -> None:
    text_id = a_text(QUEUE)

    approve(client, text_id, shown=SHOWN, suggested="BAS.HYG", refused="ADG.KOE")

    assert rows(OUTCOMES) == [
        ("ADG.KOE", 0, 1, "køen", "hints-1", "refused"),
        ("BAS.HYG", 0, 2, "bad", "hints-1", "accepted"),
    ]


def test_a_chip_that_is_passed_over_or_set_by_hand_counts_as_that(client: FlaskClient) -> None:
    approve(client, a_text(QUEUE), "ADG.KOE", shown=SHOWN)

    assert [(row[0], row[-1]) for row in rows(OUTCOMES)] == [("ADG.KOE", "accepted"), ("BAS.HYG", "passed")]


def test_a_no_beside_a_yes_is_a_no(client: FlaskClient) -> None:
    approve(client, a_text(QUEUE), shown=SHOWN, suggested="ADG.KOE", refused="ADG.KOE")

    assert rows("SELECT * FROM tagging") == []
    assert rows(OUTCOMES)[0][-1] == "refused"


def test_chips_that_nobody_takes_reach_no_code_no_count_and_no_receipt(client: FlaskClient) -> None:
    text_id = a_text("Køen, suppen og lægen: rart sted")
    teaching.teacher().teach(clock.now())
    assert 'name="suggested"' in card(client, text_id)

    approve(client, text_id, shown=SHOWN)

    assert rows("SELECT * FROM tagging") == []
    assert queries.voices_by_code(a_moderator()) == {}
    assert rows("SELECT count(*) FROM suggestion_shown WHERE outcome = 'passed'") == [(2,)]


@pytest.mark.parametrize("sent", ["ADG.KOE 9 hints-1", "ADG.KOE", "<script> 0 a-1", ""])
def test_what_no_page_sends_is_not_read_as_a_chip(sent: str) -> None:
    assert forms.answered(MultiDict([("shown", sent)])).shown == ()
    assert forms.answered(MultiDict([("shown", SHOWN[0])])).shown


def test_a_chip_of_a_code_that_is_not_in_the_book_is_not_kept(client: FlaskClient) -> None:
    approve(client, a_text(QUEUE), shown=["XXX.YYY 0 hints-1", SHOWN[1]])

    assert [row[0] for row in rows(OUTCOMES)] == ["BAS.HYG"]


def test_an_approved_text_without_a_theme_offers_chips_to_take_one_by_one(client: FlaskClient) -> None:
    text_id = a_text(QUEUE)
    approve(client, text_id)
    assert card(client, text_id).count('name="shown"') == 2

    post(client, text_id, "tag", code="ADG.KOE", set="on", shown=SHOWN[0])

    assert rows("SELECT source FROM tagging") == [("accepted",)]
    assert rows(OUTCOMES) == [("ADG.KOE", 0, 1, "køen", "hints-1", "accepted")]
    assert card(client, text_id).count('name="shown"') == 1


def test_what_was_shown_goes_with_the_answer(client: FlaskClient) -> None:
    text_id = a_text(QUEUE)
    approve(client, text_id, shown=SHOWN)
    assert len(rows(OUTCOMES)) == 2

    db.connection().exec_driver_sql("DELETE FROM response")
    db.db.session.commit()

    assert rows(OUTCOMES) == []


def test_the_tone_is_a_word_on_the_card_and_nothing_is_kept_of_it(client: FlaskClient) -> None:
    text_id = a_text("Rart sted")
    assert "praise?" in card(client, text_id)

    approve(client, text_id)

    assert "praise?" not in card(client, text_id)
    assert rows("SELECT text FROM statement") == [("Rart sted",)]


def test_another_language_than_the_chosen_one_is_pointed_at(client: FlaskClient) -> None:
    pytest.importorskip("pycld2")

    assert "It may be: English" in card(client, a_text("No clean needles at night"))
    assert "It may be" not in card(client, a_text("Der er ikke rene kanyler om natten"))


def test_a_text_that_seems_to_be_in_another_language_is_marked_in_the_queue(client: FlaskClient) -> None:
    pytest.importorskip("pycld2")
    english, danish = a_text("No clean needles at night"), a_text("Der er ikke rene kanyler om natten")

    everything = client.get("/desk/queue?lang=en").text
    flagged = client.get("/desk/queue?lang=en&flag=SPROG").text

    assert everything.count("Another language?") == 1
    assert english.hex() in flagged
    assert danish.hex() not in flagged
    assert rows("SELECT lang_guess FROM text_item WHERE lang_guess IS NOT NULL") == [("en",)]


def test_other_languages_wait_for_a_translation(client: FlaskClient) -> None:
    page = card(client, a_text("the queue køen", lang="en"))

    assert "No suggestions in this language until somebody has translated the text." in page
    assert 'name="suggested"' not in page


def test_a_learned_chip_says_maybe_and_which_model(client: FlaskClient) -> None:
    teaching.teacher().teach(clock.now())
    assert teaching.current() is not None

    page = card(client, a_text("dejlit personal"))

    assert "maybe, because of" in page
    assert 'value="MOD 1 bayes-1"' in page


def test_an_approval_that_is_undone_takes_back_what_became_of_its_chips(client: FlaskClient) -> None:
    text_id = a_text(QUEUE)
    approve(client, text_id, shown=SHOWN, suggested="ADG.KOE")

    [(entry,)] = rows("SELECT id FROM undo_entry")
    client.post("/desk/undo", data=accounts.form(client, "undo") | {"entry": bytes(entry).hex()})

    assert rows(OUTCOMES) == []
    assert rows("SELECT state FROM text_item") == [("waiting",)]
