"""The list of one's last acts and the button that undoes the newest."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import tagging
from app.desk.moderation.dealing import claims
from app.desk.moderation.undoing import masses, queries, showing
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text, item
from tests.desk.moderation.undoing.factories import SAID, approve, dump, hold, tag


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


def press(client: FlaskClient, entry: str) -> Any:
    return client.post("/desk/undo", data=accounts.form(client, "undo", entry=entry))


def newest(me: User) -> str:
    act = showing.newest(me)
    assert act is not None
    db.db.session.rollback()
    return act.entry


def test_the_button_names_what_it_undoes(app: Flask) -> None:
    text_id, me = a_text(SAID), a_moderator()
    approve(text_id, me)
    tag(text_id, me, "ADG.AAB")

    page = accounts.browser_of(app, me).get("/desk/queue?lang=en").text

    assert "Undo: “Opening hours” on 1 text" in page
    assert f'name="entry" value="{newest(me)}"' in page


def test_undoing_leads_back_to_the_text_and_a_second_press_changes_nothing(app: Flask) -> None:
    text_id, me = a_text(SAID), a_moderator()
    tagged = dump()
    hold(text_id, me)
    entry, client = newest(me), accounts.browser_of(app, me)

    first, second = press(client, entry), press(client, entry)

    assert first.location == f"/desk/statements/{text_id.hex()}?said=undone"
    assert second.status_code == 303
    assert dump() == tagged
    assert [act for act in factories.acts() if act[0] == "text.undo"] == [("text.undo", "", 1, "")]


def test_nobody_presses_somebody_elses_button(sign_in: Callable[..., FlaskClient]) -> None:
    text_id, somebody = a_text(SAID), a_moderator()
    hold(text_id, somebody)
    before = dump()

    press(sign_in("moderator"), newest(somebody))

    assert dump() == before


def test_a_text_that_somebody_reads_is_left_alone(app: Flask) -> None:
    text_id, me, reader = a_text(SAID), a_moderator(), a_moderator()
    hold(text_id, me)
    claims.take(item(text_id, reader), reader)
    db.db.session.commit()

    answer = press(accounts.browser_of(app, me), newest(me))

    assert answer.status_code == 409
    assert item(text_id, me).state == "held"


def test_one_of_the_last_acts_is_chosen_from_the_list(app: Flask) -> None:
    first, second, me = a_text(SAID), a_text(SAID), a_moderator()
    hold(first, me)
    hold(second, me)
    older = queries.entries(me.id)[1].id.hex()
    client = accounts.browser_of(app, me)
    db.db.session.rollback()
    assert f'id="undo-{older}"' in client.get("/desk/undo").text

    press(client, older)

    assert (item(first, me).state, item(second, me).state) == ("waiting", "held")
    assert [entry.place for entry in queries.entries(me.id)] == [1]


@pytest.mark.requirement("R8")
def test_whoever_gets_ties_to_a_place_meets_no_act_about_it(app: Flask) -> None:
    text_id, elsewhere, me = a_text(SAID), a_text(SAID, site_code="GH2"), a_moderator()
    approve(text_id, me)
    tag(text_id, me, "ADG.AAB")
    made = [bytes(row[0]) for row in factories.rows("SELECT id FROM statement")]
    masses.add(me, "bulk_tag", made, tagging.code("TRY"), source="bulk", version=1)
    hold(elsewhere, me)
    client = accounts.browser_of(app, me)
    assert client.get("/desk/undo").text.count('name="entry"') == 4
    me.site_code = "GH1"
    db.db.session.commit()

    page = client.get("/desk/undo").text

    assert page.count('name="entry"') == 1
    assert text_id.hex() not in page
    assert elsewhere.hex() in page
