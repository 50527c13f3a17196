"""What an accepted batch becomes, and what is forgotten with it."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from app.core import clock, db
from app.desk.moderation import intake
from app.desk.paper import accepting, batches, checking, queries, sheets
from app.desk.paper.sheets import Sheet
from app.jobs import forget
from app.privacy import sealing
from app.privacy.boxes import CannotOpen
from app.surveys import batches as releases
from app.surveys import versions
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories as texts
from tests.desk.paper import factories

pytestmark = pytest.mark.usefixtures("content")
TODAY = date(2026, 3, 2)


def answers_of(sheet: Sheet) -> dict[str, tuple[str, Any]]:
    found = accepting.said(factories.five_tap(), sheet)
    return {one.question: (one.kind, one.words if one.kind == "words" else one.value) for one in found}


def test_a_sheet_becomes_answers_as_on_every_channel(app: Flask) -> None:
    assert answers_of(factories.a_sheet(q_safe="C", q_where="E", q_respect="?")) == {
        "today": ("value", "4"),
        "mattered": ("value", "staff,hours"),
        "safe": ("value", "no"),
        "where": ("value", "elsewhere"),
        "respect": ("unreadable", None),
        "change": ("words", "Flere senge"),
    }


def test_a_question_nobody_was_asked_is_not_stored_as_skipped_nor_as_ticked(app: Flask) -> None:
    assert "where" not in answers_of(factories.a_sheet(q_safe="A", q_where="-"))
    assert "where" not in answers_of(factories.a_sheet(q_safe="A", q_where="B"))
    assert answers_of(factories.a_sheet(q_safe="B", q_where="-"))["where"] == ("skipped", None)


def test_a_response_says_place_week_version_language_and_helper(app: Flask) -> None:
    factories.accepted([factories.a_sheet(lang="pl", helped="peer", quote_ok="yes")])

    found = factories.rows("SELECT channel, site_code, week, survey_id, version, lang, helped, quote_ok FROM response")
    assert found == [("paper", "GH1", factories.WEEK, "five_tap", 1, "pl", "peer", True)]


def test_all_twelve_types_are_stored(app: Flask) -> None:
    survey = factories.every_type()
    typed = {
        "q_smiley_5": "5", "q_smiley_3": "A", "q_yes_no": "B", "q_choice": "C", "q_picture": "D", "q_pick": "BA",
        "q_rank": "C A B", "q_scale": "10", "q_number": "3", "q_place": "E", "q_text": "Ord", "q_note": "Han siger ord",
        "helped": "staff",
    }  # fmt: skip
    factories.accepted([factories.a_sheet(survey, **typed)], survey_id=survey.id)

    found = dict(factories.rows("SELECT question, value FROM answer WHERE kind = 'value'"))
    assert found == {
        "smiley_5": "5", "smiley_3": "unknown", "yes_no": "partly", "choice": "bathroom", "picture": "outside",
        "pick": "door,inside", "rank": "bathroom,door,inside", "scale": "10", "number": "3", "place": "elsewhere",
    }  # fmt: skip
    words = factories.rows("SELECT question FROM answer WHERE kind = 'words' ORDER BY question")
    assert words == [("note",), ("text",)]


def test_words_reach_the_queue_of_others_as_from_every_channel(app: Flask) -> None:
    factories.accepted([factories.a_sheet(q_change="Der er for lang kø til badet")])
    releases.release(clock.now(), size=1)
    intake.take_in()
    db.db.session.commit()

    ((answer_id,),) = factories.rows("SELECT answer_id FROM text_item")
    assert texts.opened(bytes(answer_id), accounts.a_user("moderator")).raw == "Der er for lang kø til badet"


def test_words_of_danger_are_read_first(app: Flask) -> None:
    factories.accepted([factories.a_sheet(q_change="Jeg vil ikke leve mere")])

    assert factories.rows("SELECT is_urgent FROM answer WHERE kind = 'words'") == [(True,)]


def test_responses_wait_for_a_shuffled_batch_like_any_others(app: Flask) -> None:
    factories.accepted(4)

    assert factories.rows("SELECT count(*) FROM response WHERE is_released") == [(0,)]


def test_a_blank_sheet_makes_no_response(app: Flask) -> None:
    nothing = dict.fromkeys(("q_today", "q_mattered", "q_safe", "q_where", "q_respect", "q_change"), "-")
    batch = factories.accepted([factories.a_sheet(), factories.a_sheet(**nothing)])

    assert batch.stored == 1


def test_nothing_in_the_database_is_readable_before_and_after(app: Flask) -> None:
    secret = "Hemmelige ord om senge"
    batch = factories.keyed(accounts.a_user("moderator"), [factories.a_sheet(q_change=secret)])
    assert secret.encode() not in everything()
    assert factories.WEEK.encode() in everything()  # it would be found

    factories.check(batch, accounts.a_user("moderator"))
    factories.settle(batch)

    assert secret.encode() not in everything()
    assert factories.rows("SELECT count(*) FROM answer WHERE sealed IS NOT NULL") == [(1,)]


def everything() -> bytes:
    tables = ("paper_batch", "paper_hand", "paper_check", "paper_sheet", "response", "answer", "audit")
    rows = [row for table in tables for row in factories.rows(f"SELECT * FROM {table}")]
    return b"|".join(one if isinstance(one, bytes) else str(one).encode() for row in rows for one in row)


def test_a_keying_opens_only_as_itself(app: Flask) -> None:
    batch = factories.keyed(accounts.a_user("moderator"), 1)
    (row,) = queries.sheets(batch.id)

    with pytest.raises(sheets.SheetRefused):
        sheets.unseal(row.first, row.month, row.id, "second")
    with pytest.raises(CannotOpen):
        sealing.unseal(row.first, answer_id=row.id, month=row.month)


def test_no_sheet_leads_to_a_response(app: Flask) -> None:
    pile = [factories.a_sheet(q_change=f"ord {place}") for place in range(1, 41)]
    before = factories.keyed(accounts.a_user("moderator"), pile)
    ids = {bytes(row.id) for row in queries.sheets(before.id)}
    factories.check(before, accounts.a_user("moderator"))
    factories.settle(before)

    left = factories.rows("SELECT id, place FROM paper_sheet")
    assert len(left) == 5  # both keyings of the checked ones
    assert {place for _id, place in left} == {None}
    assert not ids & {bytes(one) for one, _place in left}
    assert not ids & {bytes(one) for (one,) in factories.rows("SELECT id FROM response UNION SELECT id FROM answer")}


def test_the_order_of_the_pile_is_not_the_order_of_what_is_stored(app: Flask) -> None:
    """Spearman's rho between the place of a sheet and of its response, in the order of the table and of its ids."""
    scores = "0123456789"
    survey = factories.every_type()
    rest = {"q_" + one.id: "-" for one in survey.questions} | {"lang": "da", "helped": "none", "quote_ok": "no"}
    pile = [factories.a_sheet(survey, **(rest | {"q_scale": score})) for score in scores for _ in range(20)]
    factories.accepted(pile, survey_id=survey.id)

    stored = factories.rows("SELECT response_id, value FROM answer WHERE question = 'scale' AND kind = 'value'")
    by_id = [int(value) for _id, value in sorted(stored, key=lambda row: bytes(row[0]))]
    for order in ([int(value) for _id, value in stored], by_id):
        assert abs(correlation(order)) < 0.3  # four standard deviations of 200 in any order
    assert correlation([int(score) for score in scores for _ in range(20)]) > 0.9


def correlation(values: list[int]) -> float:
    places, n = range(len(values)), len(values)
    mean_place, mean = sum(places) / n, sum(values) / n
    together = sum((place - mean_place) * (one - mean) for place, one in zip(places, values, strict=True))
    spread = sum((place - mean_place) ** 2 for place in places) * sum((one - mean) ** 2 for one in values)
    return float(together / spread**0.5)


def test_a_version_that_was_closed_meanwhile_is_stored_as_itself(app: Flask) -> None:
    batch = factories.keyed(accounts.a_user("moderator"), 3)
    versions.close("five_tap", 1)
    db.db.session.commit()
    factories.check(batch, accounts.a_user("moderator"))

    assert factories.settle(batch)
    assert factories.rows("SELECT count(*) FROM response WHERE version = 1") == [(3,)]


def test_sheets_of_a_closed_version_can_still_be_begun(app: Flask) -> None:
    versions.close("five_tap", 1)

    assert factories.a_batch(accounts.a_user("moderator")).version == 1


def test_storing_twice_stores_once(app: Flask) -> None:
    batch = factories.accepted(3)

    with pytest.raises(batches.Changed):
        checking.settle(batch, {})
    assert factories.rows("SELECT count(*) FROM response") == [(3,)]


def test_sheets_are_shredded_within_fourteen_days(app: Flask) -> None:
    batch = factories.accepted(3)

    assert batch.accepted_on == TODAY
    assert accepting.shred_by(batch) == TODAY + timedelta(days=14)
    accepting.shredded(batch, TODAY + timedelta(days=3))
    db.db.session.commit()

    assert accepting.shred_by(batch) is None
    assert factories.rows("SELECT count(*) FROM paper_sheet") == [(0,)]


def test_nothing_is_shredded_before_it_is_stored(app: Flask) -> None:
    with pytest.raises(batches.BatchRefused):
        accepting.shredded(factories.keyed(accounts.a_user("moderator"), 1), TODAY)


@pytest.mark.requirement("R15")
def test_keyings_are_forgotten_after_fourteen_days_and_the_rate_is_not(app: Flask, clock: Any) -> None:
    factories.accepted(3)
    clock.set(clock.now() + timedelta(days=13))
    forget(clock.now())
    assert factories.rows("SELECT count(*) FROM paper_sheet") == [(3,)]

    clock.set(clock.now() + timedelta(days=1))
    forget(clock.now())

    assert factories.rows("SELECT count(*) FROM paper_sheet") == [(0,)]
    assert factories.rows("SELECT sheets, fields, differing FROM paper_check") == [(3, 27, 0)]


@pytest.mark.requirement("R15")
def test_a_batch_nobody_finished_is_forgotten_after_a_year(app: Flask, clock: Any) -> None:
    factories.keyed(accounts.a_user("moderator"), 3)
    clock.set(clock.now() + timedelta(weeks=50))
    forget(clock.now())
    assert factories.rows("SELECT count(*) FROM paper_sheet") == [(3,)]

    clock.set(clock.now() + timedelta(weeks=2))
    forget(clock.now())

    assert factories.rows("SELECT count(*) FROM paper_batch") == [(0,)]
    assert factories.rows("SELECT count(*) FROM paper_sheet") == [(0,)]
