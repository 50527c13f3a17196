"""The group on a card: who is in it, and one act for all of them."""

import os
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert

from app.core import db
from app.core.folding import fold
from app.desk.accounts.models import User
from app.desk.moderation.models import Statement
from app.desk.moderation.searching import index
from app.desk.moderation.similar import groups, queries
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text, item, opened, post, rows, yes
from tests.desk.moderation.undoing.factories import dump

SAID = "Køen til badet er alt for lang om morgenen"
ALIKE = "KØEN til badet er altfor lang om morgenen!!"


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


def approved(said: str, by: User, *codes: str, **about: Any) -> bytes:
    text_id = a_text(said, **about)
    factories.approve(text_id, by, *codes)
    return text_id


def said_in(text_id: bytes, reader: User) -> list[str]:
    found = [one.statement.text for one in groups.of(item(text_id, reader), opened(text_id, reader).masked, reader)]
    db.db.session.rollback()
    return found


def test_only_approved_look_alikes_of_these_weeks_are_in_the_group() -> None:
    me = a_moderator()
    approved(ALIKE, me)
    approved(ALIKE.upper(), me, week="2026-W02")
    approved(ALIKE.upper(), me, week="2026-W01")
    approved("Køen til badet er ikke for lang om morgenen", me)
    a_text(ALIKE)
    text_id = a_text(SAID)

    assert sorted(said_in(text_id, me)) == sorted([ALIKE, ALIKE.upper()])


def test_where_weeks_are_full_look_alikes_are_found_by_their_longest_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MANY", 2)  # as if these weeks held more than can be looked through
    me = a_moderator()
    for said in (ALIKE, "Køen er lang", "Personalet lytter altid", "Ro nu"):
        approved(said, me)
    for _ in index.renewing():
        db.db.session.commit()
    approved(f"{ALIKE} tak", me)  # too new for the index

    assert sorted(said_in(a_text(SAID), me)) == sorted([ALIKE, f"{ALIKE} tak"])
    assert said_in(a_text("å ø"), me) == []


@pytest.mark.requirement("R8")
def test_the_wall_stands_around_groups_too() -> None:
    approved(ALIKE, a_moderator(), site_code="GH1")
    text_id = a_text(SAID, site_code="GH2")

    assert said_in(text_id, a_moderator("GH1")) == []
    assert said_in(text_id, a_moderator()) == [ALIKE]


def test_approving_gives_the_group_the_same_themes_in_one_act(sign_in: Callable[..., FlaskClient]) -> None:
    me, client = a_moderator(), sign_in("moderator")
    for _ in range(2):
        approved(ALIKE, me, "ADG")
    text_id = a_text(SAID)
    before = dump()
    page = client.get(f"/desk/statements/{text_id.hex()}?lang=en").text
    assert "2 texts say nearly the same" in page
    assert "<ins>" in page
    shown = re.search(r'name="group" value="([0-9a-f]{64})"', page)
    assert shown is not None

    answer = post(client, text_id, "approve", **yes(1, "BAS.HYG", type="KRITIK", group=shown[1]))

    assert answer.status_code == 303
    tagged = rows("SELECT key, source, count(*) FROM tagging JOIN code ON code.guid = code_guid GROUP BY key, source")
    assert sorted(tagged) == [
        ("ADG", "manual", 2),
        ("BAS.HYG", "group", 2),
        ("BAS.HYG", "manual", 1),
        ("KRITIK", "manual", 1),
    ]
    undo_by_button(client)
    assert dump() == before


def test_a_group_that_changed_is_shown_again(sign_in: Callable[..., FlaskClient]) -> None:
    text_id, me = a_text(SAID), a_moderator()
    approved(ALIKE, me)

    answer = post(sign_in("moderator"), text_id, "approve", **yes(1, "BAS.HYG", group="0" * 64))

    assert answer.status_code == 409
    assert item(text_id, me).state == "waiting"


def test_an_approved_text_gives_its_themes_to_its_look_alikes(sign_in: Callable[..., FlaskClient]) -> None:
    me, client = a_moderator(), sign_in("moderator")
    approved(ALIKE, me)
    text_id = approved(SAID, me, "BAS.HYG", "ADG.KOE")
    page = client.get(f"/desk/statements/{text_id.hex()}").text
    shown = re.findall(r'name="group" value="([0-9a-f]{64})"', page)

    for token in (*shown, "0" * 64):
        answers = [post(client, text_id, "group", group=token).location for _ in range(2)]
        assert {answer.partition("said=")[2] for answer in answers} == (
            {"grouped"} if token in shown else {"group-changed"}
        )

    assert rows("SELECT count(*) FROM tagging WHERE source = 'group'") == [(2,)]


def test_one_text_against_twenty_thousand_costs_no_more_than_a_page() -> None:
    me, text_id = a_moderator(), a_text(SAID)
    said = [f"Nr. {nth} siger noget om mad{' og om vejret' * (nth % 12)}" for nth in range(20_000)]
    made = [
        {
            "id": os.urandom(16), "voice": os.urandom(16), "site_code": "GH1", "text": text, "folded": fold(text),
            "lang": "da", "week": factories.WEEK, "approved_by": me.id,
        }
        for text in said
    ]  # fmt: skip
    db.connection().execute(insert(Statement), made)
    db.db.session.commit()
    row = item(text_id, me)

    took = min(_seconds(lambda: groups.of(row, SAID, me)) for _ in range(4))

    assert took < 0.06  # 13 ms of processor time on two quiet cores


def _seconds(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def undo_by_button(client: FlaskClient) -> None:
    from app.core import csrf  # noqa: PLC0415 - beside its only use
    from tests.desk.accounts import factories as accounts  # noqa: PLC0415

    entry = re.search(r'name="entry" value="([0-9a-f]{32})"', client.get("/desk/undo").text)
    assert entry is not None
    assert csrf.FIELD
    client.post("/desk/undo", data=accounts.form(client, "undo", entry=entry[1]))
