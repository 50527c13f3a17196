"""One code on many statements: looked at first, exactly that set, one act, one undo."""

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation.bulk import bulk
from app.desk.moderation.models import Statement
from app.desk.moderation.undoing import NotUndone, queries
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text, rows
from tests.desk.moderation.undoing.factories import dump, tag, undo, undo_last, untag

PUT = {"put": "ADG.AAB", "set": "on"}


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


def approved(by: User, *codes: str, said: str = factories.SAID, **about: Any) -> bytes:
    text_id = a_text(said, **about)
    factories.approve(text_id, by, *codes)
    return text_id


def many(n: int, by: User) -> None:
    """So many statements whose answers are gone, two of each voice."""
    made = [
        {
            "id": os.urandom(16), "voice": (nth // 2).to_bytes(16, "big"), "site_code": "GH1", "text": f"Nr. {nth}",
            "folded": f"nr. {nth}", "lang": "da", "week": factories.WEEK, "approved_by": by.id,
        }
        for nth in range(n)
    ]  # fmt: skip
    db.connection().execute(insert(Statement), made)
    if not db.is_sqlite():
        db.connection().exec_driver_sql("ANALYZE")  # as it does by itself, now and then: most tables are empty just now
    db.db.session.commit()


def pressed(client: FlaskClient, given: dict[str, str], token: str | None = None) -> Any:
    """Look, then press the button of what was shown."""
    page = client.get("/desk/bulk", query_string=given).text
    found = re.search(r'name="token" value="([0-9a-f]+)"', page)
    shown = token or (found[1] if found else "")
    return client.post("/desk/bulk", data=accounts.form(client, "bulk") | given | {"token": shown})


def test_the_page_says_what_pressing_would_do(sign_in: Callable[..., FlaskClient]) -> None:
    me = a_moderator()
    response_id = factories.a_response("Åbent for kort", "Og for sent")
    for text_id in factories.texts_of(response_id):
        factories.approve(text_id, me)
    approved(me, "ADG.AAB")
    approved(me, lang="en")

    page = sign_in("moderator").get("/desk/bulk?spoken=da&put=ADG.AAB&lang=en").text

    assert "3 texts, 2 voices" in page
    assert "1 of them has “Opening hours” already." in page
    assert "Set “Opening hours” on 2 texts" in page
    assert page.count('class="statement-link"') == 2
    assert '<h2 id="preview-heading" tabindex="-1" autofocus>' in page, "it stands below a long form"


def test_pressing_sets_the_code_on_that_set_once_and_in_one_line(sign_in: Callable[..., FlaskClient]) -> None:
    me, client = a_moderator(), sign_in("moderator")
    approved(me)
    approved(me, "ADG.AAB")
    approved(me, lang="en")

    answer = pressed(client, PUT | {"spoken": "da"})

    assert answer.location == "/desk/bulk?said=bulk&tray=read&spoken=da&put=ADG.AAB&set=on"
    assert sorted(rows("SELECT source, round FROM tagging")) == [("bulk", "first"), ("manual", "first")]
    assert [act for act in factories.acts() if act[0] == "text.bulk"] == [("text.bulk", "", 1, "")]
    assert "There is nothing to change here." in client.get(f"{answer.location}&lang=en").text


def test_pressing_twice_changes_nothing_more(sign_in: Callable[..., FlaskClient]) -> None:
    client = sign_in("moderator")
    approved(a_moderator())
    pressed(client, PUT)
    before = dump()

    answer = pressed(client, PUT)

    assert answer.status_code == 303
    assert dump() == before


def test_a_set_that_changed_is_shown_again(sign_in: Callable[..., FlaskClient]) -> None:
    me, client = a_moderator(), sign_in("moderator")
    approved(me)
    page = client.get("/desk/bulk", query_string=PUT).text
    token = page.split('name="token" value="')[1][:64]
    approved(me)

    answer = pressed(client, PUT, token)

    assert answer.status_code == 409
    assert "Sæt “Åbningstider” på 2 udsagn" in answer.text
    assert rows("SELECT count(*) FROM tagging") == [(0,)]


def test_the_token_of_another_code_fits_nothing(sign_in: Callable[..., FlaskClient]) -> None:
    client = sign_in("moderator")
    approved(a_moderator())
    page = client.get("/desk/bulk", query_string=PUT).text

    answer = pressed(client, PUT | {"put": "BAS.MAD"}, page.split('name="token" value="')[1][:64])

    assert answer.status_code == 409


def test_a_bulk_act_is_undone_as_a_whole() -> None:
    me = a_moderator()
    for codes in ((), ("ADG.AAB",), ("ADG",)):
        approved(me, *codes)
    before = dump()

    for set_ in ("on", "off"):
        plan = bulk.plan({"put": "ADG.AAB", "set": set_}, me)
        assert plan is not None
        assert bulk.carry_out(plan, plan.token, me) == (2 if set_ == "on" else 3)
        db.db.session.commit()
    assert rows("SELECT count(*) FROM tagging") == [(1,)]
    undo_last(me)
    undo_last(me)

    assert dump() == before


def test_a_type_takes_the_place_of_the_type_before() -> None:
    me = a_moderator()
    text_id = a_text()
    factories.approve(text_id, me, type_="ROS")
    before = dump()
    plan = bulk.plan({"put": "KRITIK", "set": "on"}, me)
    assert plan is not None

    bulk.carry_out(plan, plan.token, me)
    db.db.session.commit()

    assert rows("SELECT key FROM tagging JOIN code ON code.guid = code_guid") == [("KRITIK",)]
    undo_last(me)
    assert dump() == before


@pytest.mark.parametrize(("set_", "on_top"), [("on", untag), ("off", tag)])
def test_an_act_on_many_that_somebody_went_on_from_stays(set_: str, on_top: Any) -> None:
    me = a_moderator()
    text_id = approved(me, *(["ADG.AAB"] if set_ == "off" else []))
    plan = bulk.plan(PUT | {"set": set_}, me)
    assert plan is not None
    bulk.carry_out(plan, plan.token, me)
    db.db.session.commit()
    on_top(text_id, a_moderator() if set_ == "on" else me, "ADG.AAB")
    before = dump()

    entry = next(one for one in queries.entries(me.id) if one.act.startswith("bulk"))
    with pytest.raises(NotUndone):
        undo(entry, me)

    assert dump() == before


def test_whoever_works_at_a_place_changes_nothing_there(sign_in: Callable[..., FlaskClient]) -> None:
    me = a_moderator()
    approved(me, site_code="GH1")
    approved(me, site_code="GH2")

    page = sign_in("moderator", "GH1").get("/desk/bulk?put=ADG&lang=en").text

    assert "1 text, 1 voice" in page


def test_flags_that_come_with_the_text_cannot_be_set(sign_in: Callable[..., FlaskClient]) -> None:
    approved(a_moderator())

    assert pressed(sign_in("moderator"), {"put": "AKUT", "set": "on"}).status_code == 422


def test_ten_thousand_are_set_and_undone_within_three_seconds_and_one_more_is_refused() -> None:
    me = a_moderator()
    many(bulk.MOST, me)
    began = spent()

    plan = bulk.plan(PUT, me)
    assert plan is not None
    assert (plan.voices, len(bulk.examples(plan, me))) == (5_000, 20)
    assert bulk.carry_out(plan, plan.token, me) == 10_000
    db.db.session.commit()
    took = spent() - began
    undo_last(me)

    assert rows("SELECT count(*) FROM tagging") == [(0,)]
    assert took < 3
    many(1, me)
    with pytest.raises(bulk.TooMany):
        bulk.plan(PUT, me)


def spent() -> float:
    """Seconds of a processor, ours and those of the process PostgreSQL gave us: a busy machine changes nothing."""
    ours = time.process_time()
    if db.is_sqlite():
        return ours
    (pid,) = db.connection().exec_driver_sql("SELECT pg_backend_pid()").one()
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return ours + sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
