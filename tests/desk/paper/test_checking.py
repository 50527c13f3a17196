"""Two keyings of the same sheets: accept, widen, begin again; two people; differences and who was right."""

import pytest
from flask import Flask

from app.core import db
from app.desk.accounts.models import User
from app.desk.paper import batches, checking, queries
from app.desk.paper.batches import BatchRefused, Changed
from app.desk.paper.checking import Choice
from tests.desk.accounts import factories as accounts
from tests.desk.paper import factories

pytestmark = pytest.mark.usefixtures("content")
FIELDS = 9  # of a sheet of five_tap


@pytest.fixture
def mona() -> User:
    return accounts.a_user("moderator")


@pytest.fixture
def malik() -> User:
    return accounts.a_user("moderator")


@pytest.mark.parametrize(
    ("sheets", "differing", "verdict", "state"),
    [(120, 1, "accept", "deciding"), (100, 1, "widen", "deciding"), (180, 5, "again", "keying")],
    ids=["0.9 %", "1.1 %", "3.1 %"],
)
def test_the_rate_of_differences_decides_what_follows(
    app: Flask, mona: User, malik: User, sheets: int, differing: int, verdict: str, state: str
) -> None:
    batch = factories.keyed(mona, sheets)
    drawn = len(checking.to_key(batch))

    assert factories.check(batch, malik, wrong=differing) == verdict
    assert batch.state == state
    check = checking.latest(batch)
    assert (check.sheets, check.fields, check.differing) == (drawn, drawn * FIELDS, differing)
    assert round(100 * differing / check.fields, 1) == {"accept": 0.9, "widen": 1.1, "again": 3.1}[verdict]


def test_up_to_one_per_cent_is_stored_with_what_was_decided(app: Flask, mona: User, malik: User) -> None:
    batch = factories.keyed(mona, 120)
    factories.check(batch, malik, wrong=1)

    assert factories.settle(batch, "second")
    assert (batch.state, batch.stored) == ("accepted", 120)
    assert factories.rows("SELECT count(*) FROM answer WHERE kind = 'unreadable'") == [(1,)]


def test_above_one_per_cent_as_many_sheets_again_are_drawn_and_none_twice(app: Flask, mona: User, malik: User) -> None:
    batch = factories.keyed(mona, 100)
    first_draw = set(checking.to_key(batch))
    factories.check(batch, malik, wrong=1)

    assert not factories.settle(batch)
    assert batch.state == "checking"
    assert len(checking.to_key(batch)) == 10
    assert not first_draw & set(checking.to_key(batch))


def test_all_draws_of_a_turn_count_together(app: Flask, mona: User, malik: User) -> None:
    batch = factories.keyed(mona, 100)
    factories.check(batch, malik, wrong=2)
    factories.settle(batch)

    assert factories.check(batch, malik) == "widen"  # 2 of 180, although nothing differed this time
    assert not factories.settle(batch)
    assert factories.check(batch, malik) == "accept"  # 2 of 270
    assert checking.rate(list(queries.checks(batch.id))) == (2, 270)
    assert factories.settle(batch)


def test_a_second_draw_can_send_the_whole_batch_back(app: Flask, mona: User, malik: User) -> None:
    batch = factories.keyed(mona, 100)
    factories.check(batch, malik, wrong=1)
    factories.settle(batch)

    assert factories.check(batch, malik, wrong=5) == "again"
    assert (batch.state, batch.turn, queries.places(batch.id)) == ("keying", 2, [])


def test_when_every_sheet_was_checked_nothing_is_left_to_draw(app: Flask, mona: User, malik: User) -> None:
    batch = factories.keyed(mona, 10)
    for wrong, is_stored in ((1, False), (1, True)):
        assert factories.check(batch, malik, wrong=wrong) == "widen"
        assert factories.settle(batch) is is_stored

    assert batch.stored == 10


def test_a_batch_that_is_keyed_again_forgets_the_sheets_and_keeps_the_rate(app: Flask, mona: User, malik: User) -> None:
    batch = factories.keyed(mona, 4)
    assert factories.check(batch, malik, wrong=2) == "again"

    assert factories.rows("SELECT count(*) FROM paper_sheet") == [(0,)]
    assert [(c.turn, c.draw, c.differing, c.verdict) for c in queries.checks(batch.id)] == [(1, 1, 2, "again")]
    assert batches.hands(batch).current is None


@pytest.mark.parametrize("sheets", [1, 4, 200])
def test_small_and_large_batches_come_through(app: Flask, sheets: int) -> None:
    batch = factories.accepted(sheets)

    assert batch.stored == sheets
    assert factories.rows("SELECT count(*) FROM response WHERE channel = 'paper'") == [(sheets,)]


def test_an_empty_batch_cannot_be_finished(app: Flask, mona: User) -> None:
    batch = factories.a_batch(mona)

    with pytest.raises(BatchRefused):
        batches.finish(batch, mona)


def test_whoever_keyed_cannot_check(app: Flask, mona: User) -> None:
    batch = factories.keyed(mona, 6)

    with pytest.raises(BatchRefused):
        batches.take(batch, mona)


def test_whoever_keyed_a_part_and_handed_it_over_cannot_check_either(app: Flask, mona: User, malik: User) -> None:
    batch = factories.a_batch(mona)
    batches.save(batch, mona, 1, factories.a_sheet(), seen="")
    batches.take(batch, malik)
    batches.save(batch, malik, 2, factories.a_sheet(), seen="")
    batches.finish(batch, malik)

    for person in (mona, malik):
        with pytest.raises(BatchRefused):
            batches.take(batch, person)
    batches.take(batch, accounts.a_user("moderator"))


def test_after_a_whole_batch_is_begun_again_anybody_may_key_and_somebody_else_checks(
    app: Flask, mona: User, malik: User
) -> None:
    batch = factories.keyed(mona, 4)
    factories.check(batch, malik, wrong=4)
    batches.take(batch, malik)
    batches.save(batch, malik, 1, factories.a_sheet(), seen="")
    batches.finish(batch, malik)

    with pytest.raises(BatchRefused):
        batches.take(batch, malik)
    batches.take(batch, mona)


def test_two_cannot_key_at_the_same_time(app: Flask, mona: User, malik: User) -> None:
    batch = factories.a_batch(mona)
    batches.take(batch, malik)

    with pytest.raises(BatchRefused):
        batches.save(batch, mona, 1, factories.a_sheet(), seen="")


def test_nothing_is_compared_before_every_drawn_sheet_is_keyed(app: Flask, mona: User, malik: User) -> None:
    batch = factories.keyed(mona, 6)
    batches.take(batch, malik)
    checking.save(batch, malik, next(iter(checking.to_key(batch))), factories.a_sheet(), seen="")

    with pytest.raises(BatchRefused):
        checking.compare(batch, malik)


def test_only_drawn_sheets_are_keyed_again(app: Flask, mona: User, malik: User) -> None:
    batch = factories.keyed(mona, 20)
    batches.take(batch, malik)
    other = next(place for place in range(1, 21) if place not in checking.to_key(batch))

    with pytest.raises(Changed):
        checking.save(batch, malik, other, factories.a_sheet(), seen="")


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("Flere senge", "flere  SENGE\n", 0),
        ("Flere senge", "Flere senge.", 1),
        ("cafe\u0301", "café", 0),
        ("Flere senge", "?", 1),
        ("?", "-", 1),
        ("Flere senge", "Færre senge", 1),
    ],
)
def test_words_are_the_same_but_for_case_and_spaces(
    app: Flask, mona: User, malik: User, one: str, other: str, count: int
) -> None:
    batch = factories.keyed(mona, [factories.a_sheet(q_change=one)])
    batches.take(batch, malik)
    checking.save(batch, malik, 1, factories.a_sheet(q_change=other), seen="")

    assert len(checking.differences(batch)) == count


@pytest.mark.parametrize(
    ("one", "other", "differing"),
    [
        ({"q_mattered": "C A"}, {"q_mattered": "A C"}, []),
        ({"q_mattered": "A"}, {"q_mattered": "A C"}, ["q-mattered"]),
        ({"quote_ok": "yes"}, {"quote_ok": "no"}, ["quote_ok"]),
        ({"lang": "pl"}, {"lang": "da", "helped": "peer"}, ["lang", "helped"]),
    ],
)
def test_every_field_counts_consent_and_language_too(
    app: Flask, mona: User, malik: User, one: dict[str, str], other: dict[str, str], differing: list[str]
) -> None:
    batch = factories.keyed(mona, [factories.a_sheet(**one)])
    batches.take(batch, malik)
    checking.save(batch, malik, 1, factories.a_sheet(**other), seen="")

    assert [one.field for one in checking.differences(batch)] == differing


def test_a_person_decides_each_difference(app: Flask, mona: User, malik: User) -> None:
    batch = factories.keyed(mona, 120)
    factories.check(batch, malik, wrong=3)
    one, two, three = (found.name for found in checking.differences(batch))

    with pytest.raises(checking.NotDecided) as refused:
        checking.settle(batch, {one: Choice("first"), two: Choice("other", "9"), three: Choice("")})
    assert refused.value.names == {two, three}

    checking.settle(batch, {one: Choice("first"), two: Choice("second"), three: Choice("other", "2")})
    kept = [checking.settled(row) for row in queries.sheets(batch.id) if row.settled]
    assert sorted(str(getattr(sheet.fields["q-today"], "value", "?")) for sheet in kept) == ["2", "4", "?"]
    db.db.session.rollback()
