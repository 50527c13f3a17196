"""The audit trail: what is written, that it cannot be changed, and that a change shows."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.core import db, derived
from app.core.config import ROOT
from app.desk.accounts import audit
from app.desk.accounts.models import Audit
from tests.desk.accounts import factories
from tests.desk.accounts.trails import behind_the_triggers

pytestmark = pytest.mark.requirement("R18")


@pytest.fixture
def three_acts(app: Flask) -> None:
    for number in range(1, 4):
        audit.record("site.rename", f"GH{number}", count=number, detail="Æblet > Ærten")
    db.db.session.commit()


def test_rows_are_numbered_without_gaps_and_make_a_whole_chain(three_acts: None) -> None:
    assert [row.seq for row in db.db.session.query(Audit).order_by(Audit.seq)] == [1, 2, 3]
    assert list(audit.faults()) == []


def test_what_is_rolled_back_leaves_no_hole(app: Flask, three_acts: None) -> None:
    audit.record("site.open", "GH1")
    db.db.session.rollback()
    audit.record("site.close", "GH1")
    db.db.session.commit()

    assert list(audit.faults()) == []


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET target = 'GH9' WHERE seq = 2", "DELETE FROM audit WHERE seq = 2", "DELETE FROM audit"],
)
def test_the_database_refuses_to_change_a_row(app: Flask, three_acts: None, statement: str) -> None:
    with pytest.raises(DBAPIError, match="audit rows never change"):
        db.connection().execute(text(statement))
    db.db.session.rollback()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE audit SET target = 'GH9' WHERE seq = 2", "audit: row 2 was changed"),
        ("UPDATE audit SET count = count + 1 WHERE seq = 1", "audit: row 1 was changed"),
        ("UPDATE audit SET actor = 'nobody' WHERE seq = 3", "audit: row 3 was changed"),
        ("DELETE FROM audit WHERE seq = 2", "audit: row 2 is missing"),
        ("DELETE FROM audit WHERE seq = 1", "audit: row 1 is missing"),
    ],
)
def test_whoever_removes_the_triggers_is_seen(app: Flask, three_acts: None, change: str, fault: str) -> None:
    behind_the_triggers(change)

    assert list(audit.faults()) == [fault]


def test_rows_in_another_order_are_seen(app: Flask, three_acts: None) -> None:
    behind_the_triggers(
        "UPDATE audit SET seq = 9 WHERE seq = 1",
        "UPDATE audit SET seq = 1 WHERE seq = 2",
        "UPDATE audit SET seq = 2 WHERE seq = 9",
    )

    assert "audit: row 1 was changed" in list(audit.faults())


def test_a_row_cannot_be_sealed_without_the_key(app: Flask, three_acts: None) -> None:
    head = audit.queries.last_audit()
    assert head is not None
    wrong = audit._mac(b"another key", head.mac, head)

    assert wrong != audit._mac(derived.keys("audit")[0], head.mac, head)


def test_the_chain_is_whole_while_the_secret_key_rotates(
    environ: dict[str, str], request: pytest.FixtureRequest
) -> None:
    environ["STEMME_SECRET_KEY"] = "o" * 40
    app = request.getfixturevalue("app")
    audit.record("site.open", "GH1")
    app.extensions["settings"] = rotated(app)
    audit.record("site.close", "GH1")
    db.db.session.commit()

    assert list(audit.faults()) == []


def test_every_act_that_is_recorded_has_words() -> None:
    written = "".join(path.read_text("utf-8") for path in (ROOT / "app").rglob("*.py"))
    recorded = set(re.findall(r'audit\.record\(\s*"([a-z_.]+)"', written))

    assert recorded >= {"site.rename", "restore", "release.publish"}
    assert recorded <= set(audit.ACTS)


def test_without_a_person_the_command_line_is_written_down(three_acts: None) -> None:
    head = audit.queries.last_audit()

    assert head is not None
    assert head.actor == audit.OPERATOR


def test_each_sees_their_own_acts_the_administrator_all_and_the_council_counts(
    sign_in: Callable[..., FlaskClient], three_acts: None
) -> None:
    pages = {role: sign_in(role).get("/desk/audit").get_data(as_text=True) for role in ("admin", "peer", "council")}

    assert "Æblet" in pages["admin"]
    assert "Æblet" not in pages["peer"]
    assert "Æblet" not in pages["council"]
    assert '<td class="number">3</td>' in pages["council"]


def test_signing_in_is_written_down_with_the_person(app: Flask, content: None) -> None:
    user = factories.a_user("admin", name="anna", password=factories.PASSWORD)
    browser = factories.Browser(app, app.response_class)
    browser.post("/desk/login", data=factories.form(browser, "login", name="anna", password=factories.PASSWORD))

    head = audit.queries.last_audit()

    assert head is not None
    assert (head.act, head.actor) == ("sign_in", user.id.hex())


def test_more_rows_come_page_by_page_with_and_without_script(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    for number in range(120):
        audit.record("site.open", f"N{number}")
    db.db.session.commit()
    client = sign_in("admin")

    page = client.get("/desk/audit?before=71").get_data(as_text=True)
    swap = client.get("/desk/audit?before=71", headers={"HX-Request": "true"})

    assert page.count("<time ") == swap.get_data(as_text=True).count("<time ") == 50
    assert "<html" in page
    assert "<html" not in swap.get_data(as_text=True)
    assert swap.headers["Vary"] == "HX-Request"


def test_the_administrator_can_have_the_chain_checked(sign_in: Callable[..., FlaskClient], three_acts: None) -> None:
    client = sign_in("admin")
    whole = client.get("/desk/audit?verify=1").get_data(as_text=True)
    behind_the_triggers("UPDATE audit SET target = 'GH9' WHERE seq = 2")
    broken = client.get("/desk/audit?verify=1").get_data(as_text=True)

    assert "row 2" not in whole
    assert "audit: row 2 was changed" in broken


def rotated(app: Flask) -> object:
    settings = app.extensions["settings"]
    return replace(settings, secret_keys=(b"n" * 40, *settings.secret_keys))
