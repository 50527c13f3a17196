"""Memos: no name survives the saving, the wall holds, and they leave in one place only."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import changing, undoing
from app.desk.moderation.memos import memos, queries
from app.desk.moderation.memos.memos import Target
from app.surveys import responses
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text, item, rows
from tests.desk.moderation.undoing.factories import approve, dump, reject, undo_last

CODE = Target("code", "ADG.AAB")


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


def on_text(text_id: bytes) -> Target:
    return Target("text", text_id.hex())


def write(target: Target, words: str, by: User) -> None:
    memos.write(target, words, by)
    db.db.session.commit()


def posted(client: FlaskClient, address: str = "/desk/memos", **fields: Any) -> Any:
    return client.post(address, data=accounts.form(client, "memo") | fields)


@pytest.mark.parametrize("kind", ["text", "code"])
def test_no_name_survives_the_saving(kind: str) -> None:
    target = on_text(a_text()) if kind == "text" else CODE

    write(target, "Bente ringer på 12 34 56 78.\nHun hedder Bente Hansen", a_moderator())

    table = "memo" if kind == "text" else "code_memo"
    assert rows(f"SELECT text FROM {table}") == [("[navn] ringer på [telefon].\nHun hedder [navn]",)]


def test_an_empty_memo_is_refused() -> None:
    with pytest.raises(changing.NotYet):
        memos.write(CODE, " \n ", a_moderator())


def test_a_memo_stands_on_the_card_before_and_after_the_approval(sign_in: Callable[..., FlaskClient]) -> None:
    text_id, me, client = a_text(), a_moderator(), sign_in("moderator")
    answer = posted(client, about="text", of=text_id.hex(), memo="Spørg rådet om <køen>")

    assert answer.location == f"/desk/statements/{text_id.hex()}?said=memo"
    assert "Spørg rådet om &lt;køen&gt;" in client.get(answer.location).text
    approve(text_id, me)
    assert "Spørg rådet om" in client.get(f"/desk/statements/{text_id.hex()}").text
    assert "Spørg rådet om" not in sign_in("analyst").get(f"/desk/statements/{text_id.hex()}").text


@pytest.mark.parametrize("kind", ["text", "code"])
def test_a_memo_can_be_undone(kind: str) -> None:
    target, me = on_text(a_text()) if kind == "text" else CODE, a_moderator()
    before = dump()

    write(target, "Husk det", me)
    undo_last(me)

    assert dump() == before


def test_a_memo_on_a_code_that_is_deleted_cannot_be_undone() -> None:
    me = a_moderator()
    write(CODE, "Husk det", me)
    memos.delete(bytes(queries.on_codes()[0].id), me)
    db.db.session.commit()

    with pytest.raises(undoing.NotUndone):
        undo_last(me)


def test_only_the_author_deletes_a_memo(sign_in: Callable[..., FlaskClient], app: Flask) -> None:
    me = a_moderator()
    write(CODE, "Husk det", me)
    address = f"/desk/memos/{queries.on_codes()[0].id.hex()}/delete"
    db.db.session.rollback()

    posted(sign_in("moderator"), address)
    assert rows("SELECT count(*) FROM code_memo") == [(1,)]
    for _ in range(2):
        assert posted(accounts.browser_of(app, me), address).status_code == 303
    assert rows("SELECT count(*) FROM code_memo") == [(0,)]


def test_whoever_works_at_a_place_sees_and_writes_no_memo_about_it(sign_in: Callable[..., FlaskClient]) -> None:
    text_id = a_text(site_code="GH1")
    write(on_text(text_id), "Noget om huset", a_moderator())
    client = sign_in("moderator", "GH1")

    assert posted(client, about="text", of=text_id.hex(), memo="Mit").status_code == 422
    assert "Noget om huset" not in client.get("/desk/memos").text
    assert "Noget om huset" in sign_in("moderator").get("/desk/memos").text


def test_what_safeguarding_has_stands_in_no_list(sign_in: Callable[..., FlaskClient]) -> None:
    text_id = a_text()
    write(on_text(text_id), "Noget alvorligt", a_moderator())
    db.connection().exec_driver_sql("UPDATE text_item SET state = 'escalated'")
    db.db.session.commit()

    assert "Noget alvorligt" not in sign_in("moderator").get("/desk/memos").text


def test_a_rejection_that_is_read_again_comes_without_the_first_readers_memo(app: Flask) -> None:
    app.extensions["dice"] = lambda sides: 0
    text_id, me, somebody = a_text(), a_moderator(), a_moderator()
    write(on_text(text_id), "Jeg ville afvise den", me)
    reject(text_id, me)

    assert memos.panel(item(text_id, somebody), None, None, somebody) == {"memos": []}
    pages = {who.id: accounts.browser_of(app, who).get("/desk/memos").text for who in (me, somebody)}
    assert [who for who, page in pages.items() if "Jeg ville afvise den" in page] == [me.id]


@pytest.mark.parametrize("kind", ["text", "code"])
def test_a_button_pressed_twice_at_once_writes_one_memo(app: Flask, kind: str) -> None:
    me, of = a_moderator(), a_text().hex() if kind == "text" else CODE.value
    clients, answers = [accounts.browser_of(app, me) for _ in range(3)], []

    def press(client: FlaskClient) -> None:
        with app.app_context():
            answers.append(posted(client, about=kind, of=of, memo="Husk det").status_code)

    presses = [Thread(target=press, args=(client,)) for client in clients]
    for one in presses:
        one.start()
    for one in presses:
        one.join()

    assert answers == [303] * 3
    assert rows("SELECT (SELECT count(*) FROM memo) + (SELECT count(*) FROM code_memo)") == [(1,)]
    assert [act for act in factories.acts() if act[0] == "memo.write"] == [("memo.write", "", 1, "")]


def test_what_no_key_has_in_it_names_no_code(sign_in: Callable[..., FlaskClient]) -> None:
    answer = posted(sign_in("moderator"), about="code", of="A\x01", memo="Husk\x01 det")

    assert answer.status_code == 422
    assert "Husk" in answer.text


def test_memos_go_with_the_answer() -> None:
    response_id = factories.a_response("Flere senge")
    write(on_text(factories.text_of(response_id)), "Husk det", a_moderator())

    responses.delete(response_id)
    db.db.session.commit()

    assert rows("SELECT count(*) FROM memo") == [(0,)]


def test_the_page_says_who_wrote_and_shows_the_next_ones(sign_in: Callable[..., FlaskClient]) -> None:
    text_id, me = a_text(), a_moderator()
    for nth in range(memos.PAGE + 1):
        queries.add(id=nth.to_bytes(16, "big"), item_id=text_id, text=f"Nr. {nth}", author=me.id)
    db.db.session.commit()

    page = sign_in("moderator").get("/desk/memos").text

    assert page.count('class="memo-words"') == memos.PAGE
    assert f"after={(memos.PAGE - 1).to_bytes(16, 'big').hex()}" in page
