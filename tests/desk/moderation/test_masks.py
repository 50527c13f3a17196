"""Masks: there before anybody looks, set and taken away by hand, looked behind only with a reason."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import db
from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.moderation import changing, masks, reading, states
from app.privacy import masking
from tests.desk.moderation import factories
from tests.desk.moderation.factories import HOSTILE, a_moderator, a_text, item


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


@pytest.fixture
def mona() -> User:
    return a_moderator()


@pytest.mark.requirement("R20")
def test_a_text_is_masked_before_anybody_sees_it(sign_in: Callable[..., FlaskClient]) -> None:
    text_id = a_text("Spørg efter Karsten på 12 34 56 78")

    page = sign_in("moderator").get(f"/desk/statements/{text_id.hex()}").text

    assert "[navn]" in page
    assert "[telefon]" in page
    assert "Karsten" not in page
    assert "12 34" not in page


def test_hostile_words_are_words_on_the_page(sign_in: Callable[..., FlaskClient]) -> None:
    text_id = a_text(HOSTILE)
    client = sign_in("moderator")

    page = client.get(f"/desk/statements/{text_id.hex()}").text

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page
    assert "12 34" not in page


def test_words_masked_by_hand_are_gone_after_approval(mona: User) -> None:
    text_id = a_text("Den eneste kvinde i kørestol 😡 her")
    row = item(text_id, mona)
    words = [word for piece in factories.opened(text_id, mona).pieces for word in piece.words][1:5]

    masks.mask(row, [(word.start, word.end) for word in words], "detail", "en, der kommer her", mona)
    factories.approve(text_id, mona)

    assert factories.rows("SELECT text FROM statement") == [("Den [en, der kommer her] 😡 her",)]
    assert factories.rows("SELECT state FROM text_item") == [("approved_masked",)]


def test_masking_the_same_words_twice_is_masking_them_once(mona: User) -> None:
    text_id = a_text("Den eneste kvinde i kørestol")

    for _ in range(2):
        masks.mask(item(text_id, mona), [(4, 10)], "place", "", mona)
        db.db.session.commit()

    assert factories.rows("SELECT start, stop, type FROM mask_span") == [(4, 10, "place")]
    assert item(text_id, mona).version == 2


def test_places_outside_the_text_are_left_out(mona: User) -> None:
    text_id = a_text("Kort")

    masks.mask(item(text_id, mona), [(0, 4000), (9, 3), (2, 2)], "name", "", mona)

    assert factories.opened(text_id, mona).marks == ()


def test_a_wording_in_place_of_a_detail_passes_the_masker_too(mona: User) -> None:
    text_id = a_text("Den eneste kvinde")

    masks.mask(item(text_id, mona), [(4, 10)], "detail", "spørg efter Karsten på 12345678", mona)

    assert "Karsten" not in factories.opened(text_id, mona).masked
    assert "1234" not in factories.opened(text_id, mona).masked


def test_a_mask_set_by_hand_can_be_removed(mona: User) -> None:
    text_id = a_text("Den eneste kvinde")
    masks.mask(item(text_id, mona), [(4, 10), (11, 17)], "place", "", mona)

    masks.unmask(item(text_id, mona), factories.place_of(text_id, mona), "", mona)

    assert factories.opened(text_id, mona).masked == "Den eneste kvinde"


def test_a_wrong_mask_is_kept_readable_with_a_reason_and_leaves_a_row(mona: User) -> None:
    text_id = a_text("Spørg efter Karsten")
    place = factories.place_of(text_id, mona)

    with pytest.raises(changing.NotYet):
        masks.unmask(item(text_id, mona), place, "because", mona)
    masks.unmask(item(text_id, mona), place, "wrongly_masked", mona)
    db.db.session.commit()

    assert factories.opened(text_id, mona).masked == "Spørg efter Karsten"
    assert list(factories.acts()) == [("mask.keep", text_id.hex(), None, "name wrongly_masked")]
    factories.approve(text_id, mona)
    assert factories.rows("SELECT text FROM statement") == [("Spørg efter Karsten",)]


def test_what_was_kept_readable_can_be_masked_again(mona: User) -> None:
    text_id = a_text("Spørg efter Karsten")
    place = factories.place_of(text_id, mona)
    masks.unmask(item(text_id, mona), place, "wrongly_masked", mona)

    masks.mask_again(item(text_id, mona), place)

    assert factories.opened(text_id, mona).masked == "Spørg efter [navn]"


@pytest.mark.parametrize("said", ["ring 12345678", "cpr 010190-1234", "skriv til a@b.dk", "se www.eksempel.dk/mig"])
def test_a_number_or_an_address_on_the_net_is_never_kept(mona: User, said: str) -> None:
    text_id = a_text(said)

    with pytest.raises(states.NotAllowed):
        masks.unmask(item(text_id, mona), factories.place_of(text_id, mona), "wrongly_masked", mona)

    assert masks.look(item(text_id, mona), factories.place_of(text_id, mona), "to_understand")


@pytest.mark.requirement("R20")
def test_a_look_behind_a_mask_is_written_down_without_what_was_seen(mona: User) -> None:
    text_id = a_text("Spørg efter Karsten")

    seen = masks.look(item(text_id, mona), factories.place_of(text_id, mona), "to_understand")

    assert seen == "Karsten"
    assert list(factories.acts()) == [("mask.look", text_id.hex(), None, "name to_understand")]
    assert not list(audit.faults())


@pytest.mark.requirement("R20")
def test_a_look_needs_a_reason(mona: User) -> None:
    text_id = a_text("Spørg efter Karsten")

    with pytest.raises(changing.NotYet):
        masks.look(
            item(text_id, mona),
            factories.place_of(text_id, mona),
            "",
        )

    assert list(factories.acts()) == []


@pytest.mark.requirement("R20")
def test_a_look_shows_the_words_in_that_answer_only(sign_in: Callable[..., FlaskClient], mona: User) -> None:
    text_id = a_text("Spørg efter Karsten")
    place = "-".join(map(str, factories.place_of(text_id, mona)))
    client = sign_in("moderator")

    looked = factories.post(client, text_id, "look", mark=place, reason="to_understand")

    assert "Karsten" in looked.text
    assert looked.headers["Cache-Control"] == "no-store"
    assert "Karsten" not in client.get(f"/desk/statements/{text_id.hex()}").text


def test_our_own_places_are_nobodys_name(mona: User) -> None:
    text_id = a_text("Der er altid varmt hos Gadehuset i Aarhus")

    assert "[navn]" not in factories.opened(text_id, mona).masked


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Jeg hedder Karsten", "because “hedder” stands before it"),
        ("spørg efter karsten", "because “spørg efter” stands before it"),
        ("min sag 0012345678912", "13 digits in a row"),
        ("Karsten var her", "is on the list of names"),
    ],
)
def test_each_mark_says_why_in_words(app: Flask, mona: User, said: str, why: str) -> None:
    opened = factories.opened(a_text(said), mona)

    with app.test_request_context("/?lang=en"):
        assert [opened.why(mark) for mark in opened.marks] == [why]


def test_a_reason_shows_nothing_that_is_hidden(app: Flask, mona: User) -> None:
    opened = factories.opened(a_text("Karsten og Mona hedder Sofie, cpr 010190-1234 ring 12345678"), mona)

    with app.test_request_context("/?lang=en"):
        reasons = " ".join(opened.why(mark) for mark in opened.marks)

    assert opened.marks
    assert not [word for word in ("Karsten", "Mona", "Sofie", "0101", "1234") if word in reasons]


def test_a_mask_set_by_a_colleague_can_be_looked_behind_too(mona: User) -> None:
    text_id = a_text("Den eneste kvinde i kørestol")
    masks.mask(item(text_id, a_moderator()), [(4, 17)], "detail", "", mona)
    db.db.session.commit()

    assert masks.look(item(text_id, mona), factories.place_of(text_id, mona), "to_understand") == "eneste kvinde"


def test_nobody_looks_behind_the_masks_of_a_text_that_is_dealt_with(mona: User) -> None:
    text_id = a_text("Spørg efter Karsten")
    place = factories.place_of(text_id, mona)
    factories.approve(text_id, mona)

    with pytest.raises(states.NotAllowed):
        masks.look(item(text_id, mona), place, "to_understand")


def test_an_approval_takes_every_mark_over_and_which_masker_it_was(mona: User) -> None:
    text_id = a_text("😡 Spørg efter Karsten på 12 34 56 78, den eneste i kørestol")
    masks.mask(item(text_id, mona), [(43, 49)], "place", "", mona)

    factories.approve(text_id, mona)

    spans = factories.rows("SELECT start, stop, type, decision, why FROM mask_span ORDER BY start")
    assert [(row[2], row[3], bool(row[4])) for row in spans] == [
        ("name", "mask", True), ("phone", "mask", True), ("place", "mask", False),
    ]  # fmt: skip
    assert factories.rows("SELECT masker_version FROM text_item") == [(masking.version(),)]


def test_a_stretch_kept_readable_stays_so_after_the_text_is_read_again(mona: User) -> None:
    text_id = a_text("Spørg efter Karsten")
    factories.approve(text_id, mona)
    reading.reopen(item(text_id, mona), item(text_id, mona).version, mona)

    masks.unmask(item(text_id, mona), factories.place_of(text_id, mona), "wrongly_masked", mona)

    assert factories.opened(text_id, mona).masked == "Spørg efter Karsten"
