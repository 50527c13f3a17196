"""Cases: a text of worry leaves the queue, its steps fall due, and what is left of it leads nowhere."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import jobs
from app.core import clock, db
from app.desk.moderation.safeguarding import queries, wording
from app.surveys import responses
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text
from tests.desk.moderation.safeguarding.raising import CHOICES, SAID, go, press, raise_, state_of, the_case


def test_worry_takes_a_text_out_of_the_queue_and_opens_a_case(mona: FlaskClient, sofie: FlaskClient) -> None:
    text_id = a_text(SAID)

    answer = raise_(mona, text_id)

    assert (answer.status_code, answer.location) == (303, "/desk/queue?said=escalated")
    assert state_of(text_id) == ("escalated", None)
    assert "With safeguarding" in mona.get(f"/desk/statements/{text_id.hex()}?lang=en").text
    assert wording.CONCERNS["own_life"] in sofie.get("/desk/cases?lang=en").text


def test_what_worries_must_be_said(mona: FlaskClient) -> None:
    text_id = a_text(SAID)

    answer = raise_(mona, text_id, concern="curiosity")

    assert answer.status_code == 422
    assert state_of(text_id)[0] == "waiting"
    assert queries.open_cases(a_moderator()) == []


def test_the_same_worry_pressed_twice_is_one_case(mona: FlaskClient) -> None:
    text_id = a_text(SAID)

    assert raise_(mona, text_id).location == raise_(mona, text_id).location
    assert the_case()


def test_the_page_of_a_case_says_first_that_nobody_can_be_traced(mona: FlaskClient, sofie: FlaskClient) -> None:
    raise_(mona, a_text(SAID))

    for address in ("/desk/cases", f"/desk/cases/{the_case().id.hex()}"):
        page = sofie.get(f"{address}?lang=en").text.partition("</h1>")[2]
        first = re.search(r"<p[^>]*>(.*?)</p>", page, re.DOTALL)
        assert first
        assert "Nobody can be traced." in first[1]


def test_the_text_is_masked_until_a_reason_is_given_and_the_look_is_written_down(
    mona: FlaskClient, sofie: FlaskClient
) -> None:
    text_id = a_text(SAID)
    raise_(mona, text_id)
    case_id = bytes(the_case().id)

    assert "Karsten" not in sofie.get(f"/desk/cases/{case_id.hex()}").text
    assert "Karsten" not in press(sofie, "look", case_id, reason="curiosity").text
    assert "Karsten" in press(sofie, "look", case_id, reason="danger").text
    assert "Karsten" not in sofie.get(f"/desk/cases/{case_id.hex()}").text

    acts = list(factories.acts())
    assert ("case.raise", case_id.hex(), None, "own_life") in acts
    assert [act for act in acts if act[0] == "case.look"] == [("case.look", case_id.hex(), None, "danger")]
    assert not [act for act in acts if text_id.hex() in act[1] or "Karsten" in act[3]]


def test_each_step_falls_due_from_the_day_the_case_was_raised(
    app: Flask, clock: clock.Clock, mona: FlaskClient
) -> None:
    raise_(mona, a_text(SAID))
    raised_on = date(2026, 3, 2)
    found = [the_case().due]
    clock.set(datetime(2026, 3, 20, 12, 0, tzinfo=UTC))  # late, and still counted from the start
    sofie = accounts.sign_in(app, "safeguarding")

    for step in ("assessed", "decided", "reviewed"):
        go(sofie, step)
        found.append(the_case().due)

    assert found == [
        raised_on + timedelta(days=2), raised_on + timedelta(weeks=1), raised_on + timedelta(weeks=6), date(2026, 6, 2),
    ]  # fmt: skip


def test_overdue_cases_are_a_number_in_the_head(clock: clock.Clock, mona: FlaskClient, app: Flask) -> None:
    raise_(mona, a_text(SAID))
    clock.set(datetime(2026, 3, 4, 12, 0, tzinfo=UTC))
    sofie = accounts.sign_in(app, "safeguarding")
    assert "No case is overdue." in sofie.get("/desk/cases?lang=en").text

    clock.set(datetime(2026, 3, 5, 12, 0, tzinfo=UTC))
    sofie = accounts.sign_in(app, "safeguarding")

    assert "1 case is overdue" in sofie.get("/desk/cases?lang=en").text
    assert "1 case is overdue" in sofie.get(f"/desk/cases/{the_case().id.hex()}?lang=en").text


def test_a_step_that_a_colleague_took_is_not_taken_over(mona: FlaskClient, sofie: FlaskClient) -> None:
    raise_(mona, a_text(SAID))
    case_id = go(sofie, "assessed", "decided")

    late = press(sofie, "step", case_id, **CHOICES["assessed"], **{"from": "raised"})
    again = press(sofie, "step", case_id, **CHOICES["decided"], **{"from": "assessed"})

    closing = press(sofie, "close", case_id, **CHOICES["closed"], **{"from": "raised"})

    assert (late.status_code, again.status_code, closing.status_code) == (409, 303, 409)
    assert the_case().step == "decided"


def test_a_closed_case_keeps_outcome_kind_of_place_and_quarter_and_no_way_to_the_text(
    mona: FlaskClient, sofie: FlaskClient
) -> None:
    text_id = a_text(SAID)
    raise_(mona, text_id)

    case_id = go(sofie, "assessed", "decided", "reviewed", "closed")

    (row,) = factories.rows(
        "SELECT item_id, concern, sensitivity, criticality, status, loop, outcome, site_kind, quarter "
        "FROM safeguarding_case"
    )
    assert row == (None, None, None, None, None, None, "site_informed", "street_house", "2026-Q1")
    assert sofie.get(f"/desk/cases/{case_id.hex()}").status_code == 404
    assert wording.OUTCOMES["site_informed"] in sofie.get("/desk/cases?lang=en").text
    assert state_of(text_id) == ("waiting", None)
    assert not [act for act in factories.acts() if text_id.hex() in act[1]]


def test_a_text_left_out_is_rejected_by_two_people(mona: FlaskClient, sofie: FlaskClient) -> None:
    text_id = a_text(SAID)
    raise_(mona, text_id)

    press(sofie, "close", the_case().id, outcome="not_a_case", afterwards="leave_out", **{"from": "raised"})

    assert state_of(text_id) == ("rejected", "harm")
    assert factories.rows("SELECT count(*) FROM text_item WHERE agreed_by <> decided_by") == [(1,)]


def test_closing_needs_an_outcome(mona: FlaskClient, sofie: FlaskClient) -> None:
    raise_(mona, a_text(SAID))

    answer = press(sofie, "close", the_case().id, afterwards="use", **{"from": "raised"})

    assert answer.status_code == 422
    assert the_case().step == "raised"


WRONG = (
    "UPDATE safeguarding_case SET step = 'closed'",
    "UPDATE safeguarding_case SET outcome = 'drug_alert'",
    "UPDATE safeguarding_case SET step = 'closed', outcome = 'drug_alert'",
    "UPDATE safeguarding_case SET step = 'closed', outcome = 'drug_alert', item_id = NULL",
    "UPDATE safeguarding_case SET item_id = NULL",
)


@pytest.mark.requirement("R15")
def test_the_database_itself_cuts_the_link_at_closing_and_only_then(mona: FlaskClient) -> None:
    raise_(mona, a_text(SAID))

    assert [change for change in WRONG if factories.is_allowed(change)] == []
    assert factories.is_allowed(
        "UPDATE safeguarding_case SET step = 'closed', outcome = 'drug_alert', item_id = NULL, concern = NULL, "
        "sensitivity = NULL, criticality = NULL, status = NULL"
    )


@pytest.mark.requirement("R15")
def test_the_row_of_a_closed_case_goes_after_twelve_months(
    clock: clock.Clock, mona: FlaskClient, sofie: FlaskClient
) -> None:
    raise_(mona, a_text(SAID))
    raise_(mona, a_text("En anden"))
    (first, _second) = queries.open_cases(a_moderator())
    db.db.session.rollback()
    press(sofie, "close", first.id, **CHOICES["closed"], **{"from": "raised"})

    for day, left in ((1, 2), (2, 1)):
        clock.set(datetime(2027, 3, day, 12, 0, tzinfo=UTC))
        jobs.forget(clock.now())
        db.db.session.commit()
        assert factories.rows("SELECT count(*) FROM safeguarding_case") == [(left,)]


def test_a_text_that_is_taken_back_takes_its_case_with_it(mona: FlaskClient) -> None:
    response_id = factories.a_response(SAID)
    raise_(mona, factories.text_of(response_id))

    responses.delete(response_id)
    db.db.session.commit()

    assert factories.rows("SELECT count(*) FROM safeguarding_case") == [(0,)]


def test_who_has_ties_to_a_place_never_sees_a_case_about_it(
    mona: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    raise_(mona, a_text(SAID, site_code="GH1"))
    case_id = bytes(the_case().id)
    tied, elsewhere = sign_in("safeguarding", "GH1"), sign_in("safeguarding", "SIR1")

    assert wording.CONCERNS["own_life"] not in tied.get("/desk/cases?lang=en").text
    assert "No case is overdue." in tied.get("/desk/cases?lang=en").text
    for address in ("look", "step", "close"):
        assert press(tied, address, case_id, **{"from": "raised"}, **CHOICES["assessed"]).status_code == 404
    assert tied.get(f"/desk/cases/{case_id.hex()}").status_code == 404
    assert elsewhere.get(f"/desk/cases/{case_id.hex()}").status_code == 200


def test_a_case_stands_on_no_other_page_and_in_no_log(
    mona: FlaskClient, sofie: FlaskClient, sign_in: Callable[..., FlaskClient], capfd: pytest.CaptureFixture[str]
) -> None:
    text_id = a_text(SAID)
    raise_(mona, text_id)
    case_id = go(sofie, "assessed")
    marks = (case_id.hex(), text_id.hex(), "Jeg kan ikke mere", wording.CONCERNS["own_life"])
    assert all(
        mark in sofie.get(f"/desk/cases/{case_id.hex()}?lang=en").text for mark in (marks[0], marks[2], marks[3])
    )

    for role, names in (
        ("moderator", "queue queue?tray=read memos measures codebook quotes second"),
        ("analyst", "measures"),
    ):
        reader = sign_in(role)
        for name in names.split():
            page = reader.get(f"/desk/{name}")
            assert page.status_code == 200, name
            assert [mark for mark in marks if mark in page.text] == [], name
    said = "".join(capfd.readouterr())
    assert [mark for mark in marks if mark in said] == []
