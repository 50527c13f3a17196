"""Worry about an approved text, and taking worry back before anybody went on from it."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text
from tests.desk.moderation.safeguarding.raising import SAID, go, literal, raise_, state_of, the_case


def test_an_approved_text_of_worry_counts_nowhere_and_keeps_its_codes_for_later(
    mona: FlaskClient, sofie: FlaskClient
) -> None:
    text_id = a_text("Der er altid kaffe")
    factories.approve(text_id, a_moderator(), "MOD")

    raise_(mona, text_id, version="2")

    assert state_of(text_id) == ("escalated", None)
    assert factories.rows("SELECT count(*) FROM statement") == [(0,)]
    go(sofie, "closed")
    assert "checked" in mona.get(f"/desk/statements/{text_id.hex()}").text


@pytest.mark.parametrize("is_approved", [True, False])
def test_a_hand_that_slipped_is_taken_back_as_long_as_nobody_went_on(
    mona: FlaskClient, sofie: FlaskClient, is_approved: bool
) -> None:
    text_id = a_text("Der er altid kaffe")
    if is_approved:
        factories.approve(text_id, a_moderator(), "MOD")
    tables = ("text_item", "statement", "tagging", "safeguarding_case")
    before = dump(*tables)
    raise_(mona, text_id, version="2" if is_approved else "1")

    undo(mona)

    after = dump(*tables)
    assert after == before
    raise_(mona, text_id, version=str(version_of(text_id)))
    go(sofie, "assessed")
    assert undo(mona).status_code != 303
    assert the_case().step == "assessed"


def test_a_closed_case_stands_in_no_list_of_what_can_be_undone(mona: FlaskClient, sofie: FlaskClient) -> None:
    raise_(mona, a_text(SAID))
    case_id = go(sofie, "closed")

    found = [row for table in ("undo_entry", "undo_field") for row in factories.rows(f"SELECT * FROM {table}")]

    assert not [row for row in found if case_id.hex() in str(row)]


def dump(*tables: str) -> list[Any]:
    """Every row, without the version that only counts on."""
    skipped = "answer_id, state, reason, note, decided_by, agreed_by"
    return [
        sorted(factories.rows(f"SELECT {skipped if table == 'text_item' else '*'} FROM {table}"), key=str)
        for table in tables
    ]


def version_of(text_id: bytes) -> int:
    return int(factories.rows(f"SELECT version FROM text_item WHERE answer_id = {literal(text_id)}")[0][0])


def undo(client: FlaskClient) -> Any:
    ((entry,),) = factories.rows("SELECT id FROM undo_entry WHERE act = 'escalate'")
    return client.post("/desk/undo", data=accounts.form(client, "undo", entry=bytes(entry).hex()))
