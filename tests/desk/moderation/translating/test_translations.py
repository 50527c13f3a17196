"""A translation is a person's, is masked, is read by nobody before approval, and stands beside the statement."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import changing, reading, states
from app.desk.moderation.translating import translations
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text, item, post, yes
from tests.desk.moderation.test_no_trace import bytes_of_the_database, is_in

POLISH = "Kolejka do prysznica jest za długa"
DANISH = "Køen til zinkbadet er for lang"


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


@pytest.fixture
def mona() -> User:
    return a_moderator()


def save(text_id: bytes, words: str, by: User) -> None:
    row = item(text_id, by)
    translations.save(row, row.version, words, by)
    db.db.session.commit()


def kept() -> list[tuple[str | None, bytes | None]]:
    found = factories.rows("SELECT translation, translator FROM statement")
    return [(text, by and bytes(by)) for text, by in found]


def test_a_translation_waits_sealed_and_stands_beside_the_statement_after_approval(mona: User, tmp_path: Path) -> None:
    text_id, malik = a_text(POLISH, lang="pl"), a_moderator()
    save(text_id, DANISH, mona)
    assert not is_in("zinkbadet", bytes_of_the_database(tmp_path))
    assert translations.waiting(item(text_id, malik)) == DANISH

    factories.approve(text_id, malik)

    assert kept() == [(DANISH, mona.id)]
    assert factories.rows("SELECT folded FROM statement") == [
        ("kolejka do prysznica jest za długa\nkoeen til zinkbadet er for lang",)
    ]
    assert item(text_id, mona).translation is None


@pytest.mark.requirement("R20")
def test_a_translation_is_masked_like_the_text(mona: User) -> None:
    text_id = a_text(POLISH, lang="pl")

    save(text_id, "Spørg efter Karsten\npå 12 34 56 78", mona)

    assert translations.waiting(item(text_id, mona)) == "Spørg efter [navn]\npå [telefon]"


def test_a_text_set_aside_for_its_language_goes_back_to_the_queue(mona: User) -> None:
    text_id = a_text(POLISH, lang="pl")
    reading.hold(item(text_id, mona), 1, "needs_language", mona)

    save(text_id, DANISH, mona)

    found = item(text_id, mona)
    assert (found.state, found.reason, found.decided_by) == (states.WAITING, None, None)


def test_another_reason_to_set_aside_stands(mona: User) -> None:
    text_id = a_text(POLISH, lang="pl")
    reading.hold(item(text_id, mona), 1, "unclear", mona)

    save(text_id, DANISH, mona)

    assert item(text_id, mona).state == states.HELD


def test_what_is_typed_on_the_form_is_kept_with_the_approval(sign_in: Callable[..., FlaskClient], mona: User) -> None:
    text_id = a_text(POLISH, lang="pl")

    post(sign_in("moderator"), text_id, "approve", **yes(1), translation=f"{DANISH}, siger Karsten")

    assert kept()[0][0] == f"{DANISH}, siger [navn]"


def test_an_approval_with_the_translation_as_it_was_leaves_it_its_translator(mona: User) -> None:
    text_id, malik = a_text(POLISH, lang="pl"), a_moderator()
    save(text_id, DANISH, mona)

    assert translations.of(item(text_id, malik), DANISH, malik) == (DANISH, mona.id)
    assert translations.of(item(text_id, malik), "Noget andet", malik) == ("Noget andet", malik.id)
    assert translations.of(item(text_id, malik), " ", malik) == (None, None)


def test_an_approved_text_is_translated_in_place_and_the_older_wording_is_gone(mona: User, tmp_path: Path) -> None:
    text_id, malik = a_text(POLISH, lang="pl"), a_moderator()
    factories.approve(text_id, mona)
    save(text_id, "Gammel ordlyd", mona)

    save(text_id, DANISH, malik)
    if db.is_sqlite():
        with db.outside_transaction() as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    assert kept() == [(DANISH, malik.id)]
    assert not is_in("ordlyd", bytes_of_the_database(tmp_path))


def test_an_empty_translation_takes_it_away(mona: User) -> None:
    text_id = a_text(POLISH, lang="pl")
    save(text_id, DANISH, mona)

    save(text_id, "  ", mona)

    assert translations.waiting(item(text_id, mona)) is None
    assert item(text_id, mona).translated_by is None


def test_a_translation_is_kept_while_an_approved_text_is_read_again(mona: User, tmp_path: Path) -> None:
    text_id = a_text(POLISH, lang="pl")
    save(text_id, DANISH, mona)
    factories.approve(text_id, mona)

    reading.reopen(item(text_id, mona), item(text_id, mona).version, mona)
    db.db.session.commit()
    assert translations.waiting(item(text_id, mona)) == DANISH
    factories.approve(text_id, a_moderator())

    assert kept() == [(DANISH, mona.id)]


def test_the_box_of_a_translation_opens_as_nothing_else(mona: User) -> None:
    text_id, other = a_text(POLISH, lang="pl"), a_text(POLISH, lang="pl")
    save(text_id, DANISH, mona)
    db.connection().exec_driver_sql(
        "UPDATE text_item SET translation = (SELECT translation FROM text_item WHERE translation IS NOT NULL)"
    )

    assert translations.waiting(item(text_id, mona)) == DANISH
    with pytest.raises(reading.opening.CannotRead):
        translations.waiting(item(other, mona))


def test_an_older_form_and_a_rejected_text_are_refused(mona: User) -> None:
    text_id = a_text(POLISH, lang="pl")
    with pytest.raises(changing.Changed):
        translations.save(item(text_id, mona), 7, DANISH, mona)

    reading.reject(item(text_id, mona), 1, "spam", "", mona)
    with pytest.raises(states.NotAllowed):
        translations.save(item(text_id, mona), 2, DANISH, mona)


def test_danish_words_are_the_texts_own_or_a_persons(mona: User) -> None:
    danish, polish = a_text(DANISH), a_text(POLISH, lang="pl")

    def of(text_id: bytes) -> str | None:
        return translations.danish_of(item(text_id, mona), factories.opened(text_id, mona), None)

    assert (of(danish), of(polish)) == (DANISH, None)
    save(polish, DANISH, mona)
    assert of(polish) == DANISH


def test_a_language_with_nothing_but_texts_set_aside_is_not_called_done(
    sign_in: Callable[..., FlaskClient], mona: User
) -> None:
    text_id, client = a_text(POLISH, lang="pl"), sign_in("moderator")
    reading.hold(item(text_id, mona), 1, "needs_language", mona)
    db.db.session.commit()

    page = client.get("/desk/translations?lang_of=pl&lang=en").text

    assert "None of them is approved yet" in page
    assert "No approved text waits" in client.get("/desk/translations?lang_of=so&lang=en").text


def test_the_page_has_room_for_a_translation_and_says_it_is_kept(sign_in: Callable[..., FlaskClient]) -> None:
    text_id, client = a_text(POLISH, lang="pl"), sign_in("moderator")

    page = post(client, text_id, "translate", version="1", translation=f"{DANISH}, siger Karsten", code=["MOD"]).text

    assert "checked" in page.split('name="code" value="MOD"')[1].split(">")[0]
    assert f"{DANISH}, siger [navn]" in page.split('id="translated"')[1].split("</textarea>")[0]
