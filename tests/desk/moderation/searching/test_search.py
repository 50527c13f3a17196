"""Search: the same thirty questions on both databases, before the night has written the index and after."""

import secrets
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import db
from app.core.folding import fold
from app.desk.accounts.models import User
from app.desk.moderation.filters.facets import Facets
from app.desk.moderation.models import Statement
from app.desk.moderation.searching import index, marking, queries, wanted
from tests.desk.moderation import factories

SAID = (
    "Natherberget åbner for sent",
    "De aabner natherberget klokken ti",
    "Personalet er søde og rolige",
    "Der mangler 100 % rene kanyler",
    "Toilettet er lukket, badet er koldt",
    "badet er fint",
    'Hun sagde "vent udenfor" i en time',
    "Min sag 24-7 hos kommunen",
    "Café og kaffe, tak",
    "😡 køen er for lang",
    "Køen til lægen\ner for lang",
    "صف طويل جدا",
    "Kolejka jest za długa",
    "under_streg og bag\\slash",
    "æøå ÆØÅ",
    "kommunen glemte mig",
)
ASKED = (
    "åbner", "aabner", "AABNER", "herberg", "herberg -aabner", "-herberg", "bad", "bad -koldt", '"badet er"',
    '"badet er', "sode", "soede", "søde rolige", "100", "100 %", "%", "_", "under_streg", "bag\\slash",
    '"vent udenfor"', '""', "24-7", "cafe kaffe", "😡", "😡 køen", "طويل", "dluga", "kø", "aeoeaa", "kommunen -sag",
    "x" * 2000, "er for lang " * 200, "' OR 1=1 --", 'a" OR folded:"b', "NEAR(bad, koldt)", "bad*", "^bad", "\x01bad",
    "finder intet",
)  # fmt: skip


@pytest.fixture
def reader(app: Flask, content: None) -> User:
    """A moderator, and statements of many kinds."""
    factories.the_codebook()
    me = factories.a_moderator()
    for said in SAID:
        a_statement(said, me)
    db.db.session.commit()
    return me


def a_statement(said: str, by: User, week: str = "2026-W07", site_code: str | None = "GH1") -> None:
    db.db.session.add(
        Statement(
            voice=secrets.token_bytes(16), site_code=site_code, text=said, folded=fold(said), lang="da", week=week,
            approved_by=by.id,
        )
    )  # fmt: skip


def found(asked: str, reader: User) -> set[str]:
    rows = queries.statements(wanted.parse(asked), Facets(), reader, after=None, size=100)
    return {row.text for row in rows}


def search_token(client: FlaskClient) -> str:
    """What the form of search carries."""
    return client.get("/desk/search").text.split('action="/desk/search"')[1].split('value="')[1].split('"')[0]


def renew() -> None:
    """What the night does."""
    for _ in index.renewing():
        db.db.session.commit()


@pytest.mark.parametrize("is_indexed", [False, True], ids=["before the night", "after the night"])
def test_every_question_finds_exactly_what_has_all_its_words(reader: User, is_indexed: bool) -> None:
    if is_indexed:
        renew()

    for asked in ASKED:
        want = wanted.parse(asked)
        expected = {said for said in SAID if want.fits(said)} if want else set()
        assert (found(asked, reader) if want else set()) == expected, asked


def test_a_part_of_a_word_and_a_spelling_without_danish_letters_are_enough(reader: User) -> None:
    renew()

    assert found("herberg", reader) == {SAID[0], SAID[1]}
    assert found("aabner", reader) == found("åbner", reader) == {SAID[0], SAID[1]}
    assert found("koen", reader) == set(), "ø is oe, and o alone is another letter"
    assert found("koeen", reader) == {SAID[9], SAID[10]}


def test_what_came_after_the_night_is_found_and_what_went_is_not(reader: User) -> None:
    renew()
    a_statement("Natherberget har fået nye senge", reader)
    gone = db.db.session.query(Statement).filter_by(text=SAID[0]).one()
    db.db.session.delete(gone)
    changed = db.db.session.query(Statement).filter_by(text=SAID[1]).one()
    changed.text, changed.folded, changed.in_index = "Alt er godt", "alt er godt", None
    db.db.session.commit()

    assert found("herberg", reader) == {"Natherberget har fået nye senge"}
    assert found("alt", reader) == {"Alt er godt"}


def test_the_night_leaves_no_part_of_a_word_that_was_taken_back(reader: User) -> None:
    if not db.is_sqlite():
        pytest.skip("PostgreSQL's own index is emptied by the rewrite of the table")
    renew()
    kept = "SELECT group_concat(folded, ' ') FROM statement_search"
    assert "kolejka" in db.connection().exec_driver_sql(kept).scalar_one()
    db.db.session.delete(db.db.session.query(Statement).filter_by(text=SAID[12]).one())
    db.db.session.commit()
    renew()

    assert "kolejka" not in db.connection().exec_driver_sql(kept).scalar_one()


def test_an_index_left_half_way_does_no_harm(reader: User) -> None:
    renew()
    half = index.renewing()
    next(half, None)
    half.close()
    db.db.session.commit()

    assert found("herberg", reader) == {SAID[0], SAID[1]}
    renew()
    assert found("herberg", reader) == {SAID[0], SAID[1]}


def test_newest_weeks_come_first_and_pages_go_on_where_they_ended(reader: User) -> None:
    for n in range(1, 8):
        a_statement(f"Sengen er blød {n}", reader, week=f"2026-W1{n}")
    db.db.session.commit()
    renew()
    want = wanted.parse("sengen")

    first = queries.statements(want, Facets(), reader, after=None, size=4)
    rest = queries.statements(want, Facets(), reader, after=(first[-1].week, first[-1].id), size=10)

    assert [row.week for row in (*first, *rest)] == [f"2026-W1{n}" for n in range(7, 0, -1)]


def test_nobody_finds_what_was_said_at_their_own_place(reader: User) -> None:
    tied = factories.a_moderator("GH1")

    assert found("herberg", reader)
    assert found("herberg", tied) == set()


def test_very_common_words_are_found_week_by_week(reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    renew()
    monkeypatch.setattr(queries, "COMMON", 2)

    assert found("badet", reader) == {SAID[4], SAID[5]}


def test_a_filter_holds_within_a_search(reader: User) -> None:
    a_statement("Herberget i vest", reader, week="2026-W20")
    db.db.session.commit()

    rows = queries.statements(wanted.parse("herberg"), Facets(since="2026-W19"), reader, after=None, size=9)

    assert [row.text for row in rows] == ["Herberget i vest"]


def test_what_was_found_is_marked_in_its_own_spelling() -> None:
    pieces = marking.pieces("Natherberget ÅBNER aldrig", wanted.parse("herberg aabn"))

    assert [(piece.text, piece.is_found) for piece in pieces] == [
        ("Nat", False), ("herberg", True), ("et ", False), ("ÅBN", True), ("ER aldrig", False),
    ]  # fmt: skip


def test_words_stand_in_no_address_and_hostile_ones_are_only_words(
    reader: User, sign_in: Callable[..., FlaskClient]
) -> None:
    client = sign_in("moderator")
    page = client.get("/desk/search?words=hemmelig")
    assert page.status_code == 200
    assert "hemmelig" not in page.text

    token = search_token(client)
    for asked in ASKED:
        answer = client.post("/desk/search", data={"form_token": token, "words": asked})
        assert (answer.status_code, answer.headers.get("Location")) == (200, None), asked
    hostile = "<script>alert(1)</script>"
    assert hostile not in client.post("/desk/search", data={"form_token": token, "words": hostile}).text
    assert client.post("/desk/search", data={"words": "bad"}).status_code == 422


def test_memos_are_found_too(reader: User, sign_in: Callable[..., FlaskClient]) -> None:
    text_id = factories.a_text("Der er altid kaffe.")
    client = sign_in("moderator")
    card = client.get(f"/desk/statements/{text_id.hex()}").text
    token = card.split('action="/desk/memos"')[1].split('name="form_token" value="')[1].split('"')[0]
    fields = {"form_token": token, "about": "text", "of": text_id.hex(), "memo": "Spørg på mødet om åbningstid"}
    assert client.post("/desk/memos", data=fields).status_code == 303

    page = client.post("/desk/search", data={"form_token": search_token(client), "words": "aabningstid"}).text

    assert "Spørg på mødet" in page
