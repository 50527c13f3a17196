"""Splitting a code: every text is sorted by a person, and the code is in use until the list is empty."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation.codebook import drafting, queries, splitting
from app.desk.moderation.codebook.changes import Change
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.codebook import factories as book
from tests.desk.moderation.undoing.factories import dump, undo_last


@pytest.fixture
def me(content: None) -> User:
    book.shipped()
    return factories.a_moderator()


def three(by: User, site_code: str = "GH1") -> list[bytes]:
    said = ("Lukket om aftenen", "Lukket i weekenden", "Døren er låst")
    return [book.a_statement(text, "ADG.AAB", by=by, site_code=site_code) for text in said]


def begin() -> str:
    book.publish(book.split("ADG.AAB", "ADG.KOE", "ADG.PLA"))
    return book.guid("ADG.AAB")


def sort(guid: str, by: User, **to: str) -> None:
    splitting.sort(guid, {bytes.fromhex(id_): key for id_, key in to.items()}, by)
    db.db.session.commit()


def taggings() -> set[tuple[str, str, str, int]]:
    return {tuple(row) for row in factories.rows(
        "SELECT code.key, tagging.round, tagging.source, tagging.codebook_version "
        "FROM tagging JOIN code ON code.guid = tagging.code_guid"
    )}  # fmt: skip


def test_the_list_empties_text_by_text_and_then_the_code_is_split(me: User) -> None:
    first, second, third = three(me)
    guid = begin()
    assert len(splitting.page(guid, me, None)) == 3

    sort(guid, me, **{first.hex(): "ADG.KOE", second.hex(): "stay"})

    assert [row.id for row in splitting.page(guid, me, None)] == [third]
    assert book.line("ADG.AAB").state == "active"

    sort(guid, me, **{third.hex(): "ADG.PLA"})

    assert book.line("ADG.AAB").state == "split"
    assert taggings() == {
        ("ADG.KOE", "first", "recode", 2), ("ADG.PLA", "first", "recode", 2), ("ADG.AAB", "first", "manual", 1),
    }  # fmt: skip
    assert [act for act, *_rest in factories.acts()][-3:] == ["codebook.sort", "codebook.sort", "codebook.split_end"]


def test_every_round_of_a_text_is_recoded(me: User) -> None:
    [first, *_others] = three(me)
    row = {"statement_id": first, "code_guid": book.guid("ADG.AAB"), "coder": me.id, "source": "manual"}
    queries.add_tagging(row | {"round": "second", "codebook_version": 1})

    sort(begin(), me, **{first.hex(): "ADG.KOE"})

    assert {(key, round_) for key, round_, *_rest in taggings() if key == "ADG.KOE"} == {
        ("ADG.KOE", "first"), ("ADG.KOE", "second"),
    }  # fmt: skip


def test_sorting_a_text_twice_changes_nothing(me: User) -> None:
    [first, *_others] = three(me)
    guid = begin()
    sort(guid, me, **{first.hex(): "ADG.KOE"})
    before = taggings()

    sort(guid, me, **{first.hex(): "ADG.PLA"})

    assert taggings() == before


def test_sorting_a_text_is_undone_row_for_row(me: User) -> None:
    statement = book.approved("Lukket om aftenen", "ADG.AAB", by=me)
    book.a_statement("Lukket i weekenden", "ADG.AAB", by=me)
    guid = begin()
    before = dump()
    for to in ("ADG.KOE", "stay"):
        sort(guid, me, **{statement.hex(): to})
        assert dump() != before

        undo_last(me)

        assert dump() == before


def test_the_last_text_of_a_list_can_be_sorted_anew(me: User) -> None:
    statement = book.approved("Lukket om aftenen", "ADG.AAB", by=me)
    guid = begin()
    sort(guid, me, **{statement.hex(): "ADG.KOE"})
    assert splitting.lists(drafting.standing(), me) == []

    undo_last(me)
    assert [left for _line, left in splitting.lists(drafting.standing(), me)] == [1]
    sort(guid, me, **{statement.hex(): "ADG.PLA"})

    assert splitting.lists(drafting.standing(), me) == []


def test_a_text_goes_nowhere_but_to_the_chosen_codes(me: User) -> None:
    [first, *_others] = three(me)
    guid = begin()

    with pytest.raises(splitting.NotSorted):
        sort(guid, me, **{first.hex(): "TRY.UTR"})
    db.db.session.rollback()
    with pytest.raises(splitting.NotSorted):
        sort(book.guid("TRY.UTR"), me, **{first.hex(): "stay"})


def test_a_split_without_texts_ends_when_it_is_published(me: User) -> None:
    begin()

    assert book.line("ADG.AAB").state == "split"


def test_what_was_merged_into_the_code_is_sorted_too_and_a_restored_code_is_not_being_split(me: User) -> None:
    statement = book.a_statement("Vente", "ADG.TIL", by=me)
    book.publish(book.merge("ADG.TIL", "ADG.AAB"))
    guid = begin()

    sort(guid, me, **{statement.hex(): "ADG.PLA"})

    assert taggings() == {("ADG.PLA", "first", "recode", 3)}
    book.publish(Change("restore", guid))
    assert drafting.standing().splits == {}


def test_who_has_ties_to_a_place_sorts_nothing_said_there(me: User) -> None:
    statements = three(me)
    guid = begin()
    tied = factories.a_moderator("GH1")

    assert splitting.page(guid, tied, None) == []
    sort(guid, tied, **{one.hex(): "stay" for one in statements})

    assert len(splitting.page(guid, me, None)) == 3


def test_the_page_of_the_list_sorts_what_is_ticked(me: User, sign_in: Callable[..., FlaskClient]) -> None:
    first, second, _third = three(me)
    begin()
    client = sign_in("moderator")
    page = client.get("/desk/codebook/splits/ADG.AAB?lang=en").text
    assert "3 texts left." in page
    assert "Lukket i weekenden" in page

    ticked = {f"to-{first.hex()}": "ADG.KOE", f"to-{second.hex()}": "stay"}
    answer = client.post("/desk/codebook/splits/ADG.AAB", data=accounts.form(client, "codebook.split") | ticked)

    assert answer.status_code == 303
    assert "1 text left." in client.get("/desk/codebook/splits/ADG.AAB?lang=en").text
    assert sign_in("moderator", "GH1").get("/desk/codebook/splits/ADG.KOE").status_code == 404


def test_a_list_that_lay_too_long_keeps_what_was_ticked(me: User, sign_in: Callable[..., FlaskClient]) -> None:
    first, second, _third = three(me)
    begin()
    ticked = {f"to-{first.hex()}": "ADG.KOE", f"to-{second.hex()}": "stay", "form_token": "gammel"}

    answer = sign_in("moderator").post("/desk/codebook/splits/ADG.AAB?after=" + 32 * "0", data=ticked)

    assert answer.status_code == 422
    for name, value in list(ticked.items())[:2]:
        assert f'name="{name}" value="{value}" checked' in answer.text
    assert answer.text.count(" checked") == 2
    assert f"/desk/codebook/splits/ADG.AAB?after={32 * '0'}" in answer.text
