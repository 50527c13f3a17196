"""The moderation log: whose acts, which, from when, and as a file."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import clock, db
from app.desk.accounts import audit
from app.desk.moderation.measures import log
from tests.desk.accounts import factories as accounts
from tests.desk.moderation.factories import a_moderator, a_text, post, yes


@pytest.fixture(autouse=True)
def content_is_there(content: None) -> None:
    """Places and surveys."""


def table(client: FlaskClient, **asked: str) -> list[list[str]]:
    page = client.get("/desk/measures/log.csv", query_string={"lang": "en", **asked}).text
    return list(csv.reader(io.StringIO(page.removeprefix("\ufeff")), delimiter=";"))[1:]


def test_everybody_sees_their_own_acts_and_the_administrator_all(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    mona, malik = (accounts.browser_of(app, a_moderator()) for _ in range(2))
    post(mona, a_text(), "approve", **yes())

    assert [row[3:6] for row in table(mona)] == [["approved a text", "1", ""]]
    assert table(malik) == []
    assert len(table(sign_in("admin"))) == 1


def test_a_routine_act_has_a_count_and_no_text(app: Flask) -> None:
    mona = accounts.browser_of(app, a_moderator())
    text_id = a_text()
    post(mona, text_id, "approve", **yes())

    page = mona.get("/desk/measures/log?lang=en").text

    assert "approved a text" in page
    assert text_id.hex() not in page


def test_what_was_done_without_signing_in_was_done_by_the_operator(sign_in: Callable[..., FlaskClient]) -> None:
    audit.record("text.approve", count=1)
    db.db.session.commit()
    client = sign_in("admin")

    assert "<td>The operator</td>" in client.get("/desk/measures/log?lang=en").text
    assert table(client)[0][2] == "The operator"


def test_the_log_is_narrowed_by_kind_and_by_day(app: Flask) -> None:
    mona = accounts.browser_of(app, a_moderator())
    post(mona, a_text(), "approve", **yes())
    today = clock.today().isoformat()

    assert len(table(mona, kind="reading", since=today, until=today)) == 1
    assert table(mona, kind="masks") == []
    assert table(mona, until="2020-01-01") == []
    assert len(table(mona, kind="nonsense", since="not a day", before="x")) == 1


def test_what_is_not_moderation_is_not_in_the_log_nor_a_case(app: Flask) -> None:
    chosen = log.acts()

    moderation = ("text.", "mask.", "memo.", "codebook.", "alert.", "quote.", "export.")
    assert set(chosen) == {act for act in audit.ACTS if act.startswith(moderation)}
    assert {"text.approve", "mask.look", "codebook.merge"} <= set(chosen)
    assert not any(act.startswith(("case.", "user.", "release.", "sign_in")) for act in chosen)


def test_the_council_sees_how_often_and_not_by_whom(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    post(accounts.browser_of(app, a_moderator()), a_text(), "approve", **yes())

    page = sign_in("council").get("/desk/measures/log?lang=en").text

    assert "approved a text" in page
    assert ">Who<" not in page


def test_nothing_in_the_file_runs_in_a_spreadsheet() -> None:
    row = type("Row", (), {"at": datetime(2026, 3, 2, 10, tzinfo=UTC), "actor": "x", "act": "mask.look", "times": None,
                           "target": "=1+1", "detail": "＠SUM"})()  # fmt: skip

    written = log.as_csv([row], {"x": "+45"})

    assert '"\'=1+1"' in written
    assert '"\'＠SUM"' in written
    assert '"\'+45"' in written
    assert "10:00" not in written, "the clock of Copenhagen"
    assert "11:00" in written


@pytest.mark.parametrize("role", ["moderator", "council"])
def test_days_and_rows_that_cannot_be_are_left_out(sign_in: Callable[..., FlaskClient], role: str) -> None:
    client = sign_in(role)
    for asked in ("since=0001-01-01", "until=9999-12-31", f"before={10**20}", "before=-1", "since=nix"):
        assert client.get(f"/desk/measures/log?{asked}").status_code == 200


def test_a_quarter_outside_the_calendar_is_this_one(sign_in: Callable[..., FlaskClient]) -> None:
    client = sign_in("moderator")
    for quarter in ("0001-Q1", "9999-Q4"):
        for page in ("", "/themes"):
            assert client.get(f"/desk/measures{page}?quarter={quarter}").status_code == 200
