"""Masking more of an approved text: the older wording is not kept, nowhere."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import changing, opening, queries, reading, states
from app.desk.moderation.reopening import remasking
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text, item, post
from tests.desk.moderation.test_no_trace import bytes_of_the_database, is_in

SAID = "😡 Spørg efter Karsten. Hun med papegøjen ved det 🦜 altid"


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


@pytest.fixture
def mona() -> User:
    return a_moderator()


@pytest.fixture
def text_id(mona: User) -> bytes:
    text_id = a_text(SAID)
    factories.approve(text_id, mona, "MOD")
    return text_id


def words_of(text_id: bytes, mona: User, *wanted: str) -> list[tuple[int, int]]:
    statement = queries.statement(text_id, mona)
    assert statement is not None
    words = [word for piece in remasking.pieces(statement.text) for word in piece.words]
    return [(word.start, word.end) for word in words if word.text in wanted]


def mask_more(text_id: bytes, by: User, *wanted: str, type_: str = "detail", wording: str = "") -> None:
    row = item(text_id, by)
    remasking.mask_more(row, row.version, words_of(text_id, by, *wanted), type_, wording, by)
    db.db.session.commit()


def text() -> str:
    ((found,),) = factories.rows("SELECT text FROM statement")
    return str(found)


def test_words_are_written_over_in_place_and_the_codes_stay(text_id: bytes, mona: User) -> None:
    ((before,),) = factories.rows("SELECT id FROM statement")

    mask_more(text_id, mona, "med", "papegøjen", wording="et dyr")

    assert text() == "😡 Spørg efter [navn]. Hun [et dyr] ved det 🦜 altid"
    assert factories.rows("SELECT id FROM statement") == [(before,)]
    assert factories.rows("SELECT count(*) FROM tagging") == [(1,)]
    assert item(text_id, mona).state == states.APPROVED_MASKED
    assert "papegoejen" not in factories.rows("SELECT folded FROM statement")[0][0]


def test_a_text_without_masks_has_one_now(mona: User) -> None:
    text_id = a_text("Den eneste kvinde her")
    factories.approve(text_id, mona)
    assert item(text_id, mona).state == states.APPROVED

    mask_more(text_id, mona, "eneste", type_="place")

    assert (text(), item(text_id, mona).state) == ("Den [sted] kvinde her", states.APPROVED_MASKED)


def test_the_older_wording_leaves_no_byte(text_id: bytes, mona: User, tmp_path: Path) -> None:
    assert is_in("papegøjen", bytes_of_the_database(tmp_path))

    mask_more(text_id, mona, "papegøjen")
    if db.is_sqlite():
        with db.outside_transaction() as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    found = bytes_of_the_database(tmp_path)
    assert is_in("altid", found)
    assert not is_in("papegøjen", found)
    assert not is_in("papegoejen", found)


def test_what_was_masked_later_stays_masked_when_the_text_is_read_again(text_id: bytes, mona: User) -> None:
    mask_more(text_id, mona, "papegøjen", "🦜")

    reading.reopen(item(text_id, mona), item(text_id, mona).version, mona)

    assert factories.opened(text_id, mona).masked == (
        "😡 Spørg efter [navn]. Hun med [detalje] ved det [detalje] altid"
    )


def test_words_are_masked_although_the_sealed_text_is_gone(text_id: bytes, mona: User) -> None:
    db.connection().exec_driver_sql("DELETE FROM seal_month")
    db.db.session.commit()

    mask_more(text_id, mona, "papegøjen")

    assert "papegøjen" not in text()


def test_a_label_is_no_word_to_mask(text_id: bytes, mona: User) -> None:
    label = text().index("[navn]")
    row = item(text_id, mona)

    remasking.mask_more(row, row.version, [(label, label + 6), (0, 5000)], "name", "", mona)

    assert text().count("[navn]") == 1
    assert item(text_id, mona).version == row.version


def test_an_older_form_and_a_text_that_waits_are_refused(text_id: bytes, mona: User) -> None:
    waiting = a_text()

    with pytest.raises(changing.Changed):
        remasking.mask_more(item(text_id, mona), 1, [(0, 1)], "name", "", mona)
    with pytest.raises(states.NotAllowed):
        remasking.mask_more(item(waiting, mona), 1, [(0, 1)], "name", "", mona)


def test_a_page_shows_what_todays_masker_sees_but_not_its_own_labels(
    text_id: bytes, mona: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert remasking.seen_now(text()) == []
    real = opening.masking.spans
    later = lambda said, allow: real(said.replace("papegøjen", "Karsten  "), allow)  # noqa: E731 - one use
    monkeypatch.setattr(opening.masking, "spans", later)

    assert [mark.type for mark in remasking.seen_now(text())] == ["name"]


def test_the_form_of_the_page_masks_and_a_second_press_changes_nothing(
    text_id: bytes, mona: User, sign_in: Callable[..., FlaskClient]
) -> None:
    ((start, end),) = words_of(text_id, mona, "papegøjen")
    client = sign_in("moderator")
    page = client.get(f"/desk/statements/{text_id.hex()}").text
    assert f'name="word" value="{start}-{end}"' in page

    answers = [post(client, text_id, "remask", version="2", word=[f"{start}-{end}"], type="detail") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 409]
    assert text() == "😡 Spørg efter [navn]. Hun med [detalje] ved det 🦜 altid"
    assert [act for act in factories.acts() if act[0] == "text.mask_more"] == [("text.mask_more", "", 1, "")]
