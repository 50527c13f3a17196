"""Undoing: every act gives back the very same rows, unless somebody went on from it."""

from functools import partial

import pytest

from app.core import db
from app.desk.moderation.undoing import NotUndone, queries
from app.surveys import responses
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text
from tests.desk.moderation.undoing.factories import (
    SAID,
    Act,
    approve,
    dump,
    hand_over,
    hold,
    keep,
    mask,
    reject,
    reopen,
    tag,
    translate,
    undo,
    undo_last,
    untag,
)

ACTS: dict[str, tuple[list[Act], Act]] = {
    "approve": ([], approve),
    "approve a masked text": ([mask], approve),
    "approve a translated text": ([translate], approve),
    "reject": ([], reject),
    "ask to reject": ([], partial(reject, reason="hate")),
    "hold": ([], hold),
    "mask": ([], mask),
    "keep readable": ([], keep),
    "tag": ([approve], tag),
    "tag another type": ([approve], partial(tag, key="KRITIK")),
    "untag": ([approve, tag], untag),
    "put back what was set aside": ([hold], reopen),
    "put back what was rejected": ([reject], reopen),
    "read an approved text again": ([mask, keep, approve, tag], reopen),
    "read a translated text again": ([translate, approve], reopen),
    "approve again": ([approve, tag, reopen], approve),
    "hand over": ([], hand_over),
    "hand over an approved text": ([approve, tag], hand_over),
    "translate": ([], translate),
    "translate an approved text": ([approve], translate),
    "translate what was set aside": ([hold], translate),
}
"""What went before, and the act that is undone."""


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


def test_an_undone_act_leaves_every_row_as_it_was() -> None:
    me, somebody = a_moderator(), a_moderator()
    for name, (went_before, act) in ACTS.items():
        text_id = a_text(SAID)
        for one in went_before:
            one(text_id, somebody)
        before = dump()

        act(text_id, me)
        assert dump() != before, name
        undo_last(me)

        assert dump() == before, name


def test_a_whole_morning_is_undone_step_by_step() -> None:
    text_id, me = a_text(SAID), a_moderator()
    dumps = []
    for act in (mask, keep, hold, reopen, translate, approve, tag, reopen, approve, partial(untag, key="MOD")):
        dumps.append(dump())
        act(text_id, me)

    for before in reversed(dumps):
        undo_last(me)
        assert dump() == before


ASKS = partial(reject, reason="hate")


BUILT_UPON: list[tuple[Act, Act]] = [
    (approve, tag), (approve, partial(untag, key="MOD")), (approve, reopen), (hold, reopen), (hold, approve),
    (mask, approve), (mask, keep), (reject, reopen), (ASKS, ASKS),
]  # fmt: skip


def test_what_somebody_went_on_from_stays() -> None:
    me, somebody = a_moderator(), a_moderator()
    for mine, theirs in BUILT_UPON:
        text_id = a_text(SAID)
        mine(text_id, me)
        theirs(text_id, somebody)
        before = dump()

        with pytest.raises(NotUndone):
            undo_last(me)
        assert dump() == before

        undo_last(somebody)
        undo_last(me)  # nothing is in the way any more
        assert queries.entries(me.id) == []


def test_a_code_may_be_taken_back_whatever_became_of_the_others() -> None:
    text_id, me, somebody = a_text(SAID), a_moderator(), a_moderator()
    approve(text_id, somebody)
    tag(text_id, me, "ADG")
    tag(text_id, somebody, "TRY")

    undo_last(me)

    assert factories.rows("SELECT count(*) FROM tagging") == [(3,)]


def test_nobody_undoes_what_somebody_else_did() -> None:
    text_id, me, somebody = a_text(), a_moderator(), a_moderator()
    hold(text_id, somebody)

    assert queries.newest(me.id) is None
    assert queries.entry(queries.newest(somebody.id).id, me.id) is None  # type: ignore[union-attr]


def test_an_act_that_changed_nothing_is_not_remembered() -> None:
    text_id, me = a_text(), a_moderator()
    approve(text_id, me)
    tag(text_id, me)

    tag(text_id, me)

    assert [entry.act for entry in queries.entries(me.id)] == ["tag", "approve"]


def test_twenty_acts_are_remembered_and_no_more() -> None:
    text_id, me = a_text(), a_moderator()
    approve(text_id, me)
    for _ in range(10):
        tag(text_id, me)
        untag(text_id, me)

    found = queries.entries(me.id)

    assert [entry.place for entry in found] == list(range(1, 21))
    assert [entry.act for entry in found[:3]] == ["untag", "tag", "untag"]


def test_what_was_withdrawn_takes_its_acts_along() -> None:
    response_id, me = factories.a_response(SAID), a_moderator()
    text_id = factories.text_of(response_id)
    approve(text_id, me)
    tag(text_id, me)

    responses.delete(response_id)
    db.db.session.commit()

    assert queries.entries(me.id) == []
    assert factories.rows("SELECT * FROM undo_field") == []


def test_a_release_that_used_the_codes_ends_undoing() -> None:
    response_id, me = factories.a_response(SAID), a_moderator()
    text_id = factories.text_of(response_id)
    approve(text_id, me)
    tag(text_id, me)
    _count_for_good()

    with pytest.raises(NotUndone, match="udgivelse"):
        undo_last(me)


def test_what_was_done_after_a_release_can_still_be_undone() -> None:
    text_id, me = a_text(SAID), a_moderator()
    approve(text_id, me)
    _count_for_good()
    tag(text_id, me)
    before = len(queries.entries(me.id))

    undo_last(me)

    assert len(queries.entries(me.id)) == before - 1


def test_whoever_came_to_work_at_the_place_undoes_nothing_there() -> None:
    text_id, me = a_text(SAID), a_moderator()
    approve(text_id, me)
    entry = queries.newest(me.id)
    me.site_code = "GH1"

    with pytest.raises(NotUndone, match="er her ikke"):
        undo(entry, me)


def test_nothing_a_person_wrote_is_remembered() -> None:
    text_id, me = a_text(SAID), a_moderator()
    for act in (mask, keep, translate, approve, tag, reopen, approve):
        act(text_id, me)

    remembered = repr(factories.rows("SELECT * FROM undo_field")) + repr(factories.rows("SELECT * FROM undo_entry"))

    assert "wrongly_masked" in remembered  # what is looked through does hold what was decided
    assert not any(word in remembered for word in ("Maden", "mandag", "Bente", "Personalet", "god"))


def _count_for_good() -> None:
    month = "2026-03"
    db.connection().exec_driver_sql(f"INSERT INTO counted_month (month, has_themes) VALUES ('{month}', true)")
    db.connection().exec_driver_sql(f"UPDATE response SET counted_month = '{month}'")
    db.db.session.commit()
