"""Which steps a text may take, by table; every other one is refused, here and in the database."""

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from app.core import db
from app.desk.moderation import queries, states
from app.desk.moderation.models import Code, MaskSpan, Tagging, TextItem
from app.desk.moderation.reopening.models import KeptTag
from app.desk.moderation.rereading.models import Rereading
from tests.desk.moderation import factories

ALLOWED = {
    "sealed": "waiting withdrawn purged",
    "waiting": "held approved approved_masked rejected escalated withdrawn purged",
    "held": "waiting approved approved_masked rejected escalated withdrawn purged",
    "approved": "approved_masked waiting escalated withdrawn purged",
    "approved_masked": "approved_masked waiting escalated withdrawn purged",
    "rejected": "waiting withdrawn purged",
    "escalated": "waiting rejected withdrawn purged",
    "withdrawn": "",
    "purged": "",
}


@pytest.mark.parametrize("before", ALLOWED)
@pytest.mark.parametrize("after", ALLOWED)
def test_a_text_takes_only_the_steps_of_the_table(before: str, after: str) -> None:
    if after in ALLOWED[before].split():
        states.check(before, after)
    else:
        with pytest.raises(states.NotAllowed):
            states.check(before, after)


FILLED = {
    "held": {"reason": "unclear"},
    "rejected": {"reason": "spam"},
}
"""What a state needs besides its name."""


def test_the_statement_that_changes_a_text_refuses_every_other_step_too(content: None) -> None:
    text_id, mona = factories.a_text(), factories.a_moderator()
    staying = {("waiting", "waiting"), ("held", "held")}  # a change that leaves the state alone

    taken = set()
    for before in ALLOWED:
        for after in ALLOWED:
            row = {"state": before, "reason": None, "decided_by": mona.id, "version": 1} | FILLED.get(before, {})
            db.connection().execute(update(TextItem).values(**row))
            to = {"state": after, "reason": None} | FILLED.get(after, {})
            if queries.decide(text_id, 1, **to):
                taken.add((before, after))

    assert taken == staying | {(before, after) for before in ALLOWED for after in ALLOWED[before].split()}


def test_an_older_version_changes_nothing(content: None) -> None:
    text_id = factories.a_text()

    assert queries.decide(text_id, 1, state="held", reason="unclear")
    assert not queries.decide(text_id, 1, state="waiting")
    assert factories.rows("SELECT state, version FROM text_item") == [("held", 2)]


def test_no_reason_to_reject_speaks_of_criticism_or_spelling() -> None:
    for key, sentence in states.REJECT_REASONS.items():
        for word in ("critic", "spelling", "language", "rude", "negative", "kritik", "sprog"):
            assert word not in f"{key} {sentence}".lower()


@pytest.mark.parametrize(
    "values",
    [
        {"state": "nearly"},
        {"state": "rejected", "reason": None},
        {"state": "held", "reason": None},
        {"state": "rejected", "reason": "critical"},
        {"version": 0},
        {"state": "held", "reason": "spam"},
        {"state": "rejected", "reason": "unclear"},
        {"state": "waiting", "reason": "spam"},
        {"state": "approved", "reason": "unclear"},
        {"state": "approved", "decided_by": None},
        {"state": "approved_masked", "decided_by": None},
        {"state": "rejected", "reason": "hate"},
        {"state": "rejected", "reason": "harm"},
        {"state": "rejected", "reason": "other"},
    ],
)
def test_the_database_refuses_what_no_text_can_be(content: None, values: dict[str, object]) -> None:
    response_id = factories.a_response(values={"today": "4"})
    answer_id = db.connection().exec_driver_sql("SELECT id FROM answer").scalar_one()
    row = {"answer_id": bytes(answer_id), "state": "waiting", "version": 1, "is_urgent": False} | values

    assert response_id
    with pytest.raises(IntegrityError):
        db.connection().execute(insert(TextItem), row)


@pytest.mark.parametrize(
    "values",
    [{}, {"state": "held", "reason": "unclear"}, {"state": "rejected", "reason": "spam"}, {"reason": "hate"}],
)
def test_the_database_takes_what_a_text_can_be(content: None, values: dict[str, object]) -> None:
    factories.a_response(values={"today": "4"})
    answer_id = db.connection().exec_driver_sql("SELECT id FROM answer").scalar_one()

    db.connection().execute(
        insert(TextItem), {"answer_id": bytes(answer_id), "state": "waiting", "version": 1, "is_urgent": False} | values
    )


def test_nobody_is_their_own_second_person(content: None) -> None:
    factories.a_response(values={"today": "4"})
    answer_id = bytes(db.connection().exec_driver_sql("SELECT id FROM answer").scalar_one())
    one = factories.a_moderator().id

    with pytest.raises(IntegrityError):
        db.connection().execute(
            insert(TextItem),
            {"answer_id": answer_id, "state": "rejected", "reason": "hate", "version": 2, "is_urgent": False,
             "decided_by": one, "agreed_by": one},
        )  # fmt: skip


@pytest.mark.parametrize("model", [TextItem, MaskSpan, Tagging, Rereading, KeptTag])
def test_tables_about_citizens_keep_no_order_and_no_time(model: type[db.Model]) -> None:
    table = model.__table__

    assert table.info.get("citizen")
    assert table.dialect_options["sqlite"]["with_rowid"] is False
    assert not [c.name for c in table.columns if c.name.endswith(("_at", "_on")) or "DATE" in str(c.type)]


def test_the_codebook_is_no_table_about_citizens() -> None:
    assert not Code.__table__.info.get("citizen")
