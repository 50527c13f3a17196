"""Prepared statements on both databases: lists, many rows at once, several statements together, savepoints."""

import pytest
from flask import Flask
from sqlalchemy import LargeBinary, bindparam, delete, func, select, update
from sqlalchemy.exc import DataError, IntegrityError

from app.channels.sms.models import SmsMeter, SmsSession
from app.core import db
from app.core.prepared import Prepared, PreparedRows, Together

ADD = PreparedRows.inserting(SmsMeter)
COUNT = PreparedRows.inserting(
    SmsMeter,
    lambda counting: counting.on_conflict_do_update(
        index_elements=[SmsMeter.epoch, SmsMeter.cell], set_={"n": SmsMeter.n + counting.excluded.n}
    ),
)
OPEN = PreparedRows.inserting(SmsSession, lambda adding: adding.on_conflict_do_nothing())
SWAP = PreparedRows.changing(
    lambda new: (
        update(SmsSession).where(SmsSession.sid == new.which, SmsSession.box == new.old).values(box=new.new_box)
    ),
    which=LargeBinary(), old=LargeBinary(), new_box=LargeBinary(),
)  # fmt: skip
END = PreparedRows.changing(lambda new: delete(SmsSession).where(SmsSession.sid == new.which), which=LargeBinary())
CELLS = Prepared(
    select(SmsMeter.cell, SmsMeter.n)
    .where(SmsMeter.epoch == bindparam("epoch"), SmsMeter.cell.in_(bindparam("cells", expanding=True)))
    .order_by(SmsMeter.cell)
    .limit(3)
)
BOXES = Prepared(select(SmsSession.sid, SmsSession.box).order_by(SmsSession.sid))
pytestmark = pytest.mark.usefixtures("app")


def meter(*cells: tuple[int, int]) -> list[dict[str, int]]:
    return [{"epoch": 1, "cell": cell, "n": n} for cell, n in cells]


def thread(sid: bytes, box: bytes) -> dict[str, bytes | int]:
    return {"sid": sid, "epoch": 1, "box": box}


def test_a_list_is_looked_up_whatever_its_length() -> None:
    ADD.run(meter((1, 10), (2, 20), (3, 30), (4, 40)))

    assert CELLS.rows(epoch=1, cells=[]) == []
    assert CELLS.rows(epoch=1, cells=[2]) == [(2, 20)]
    assert CELLS.rows(epoch=1, cells=[4, 9, 2]) == [(2, 20), (4, 40)]
    assert CELLS.rows(epoch=1, cells=[1, 2, 3, 4]) == [(1, 10), (2, 20), (3, 30)]  # the statement's own limit


def test_rows_are_inserted_together_or_added_to() -> None:
    ADD.run([])
    COUNT.run(meter((1, 5)))
    COUNT.run(meter((1, 2), (2, 7)))

    assert CELLS.rows(epoch=1, cells=[1, 2]) == [(1, 7), (2, 7)]


def test_bytes_of_every_kind_come_back_as_they_were() -> None:
    every = bytes(range(256))
    OPEN.run([thread(every[:32], every), thread(b"'\"\\x00", b"\0")])

    assert dict(BOXES.rows()) == {every[:32]: every, b"'\"\\x00": b"\0"}


def test_several_statements_tell_how_many_rows_each_has_written() -> None:
    OPEN.run([thread(b"a", b"1"), thread(b"b", b"1"), thread(b"c", b"1")])
    together = Together(opened=OPEN, swapped=SWAP, ended=END, counted=COUNT)

    written = together.run(
        {
            "opened": [thread(b"a", b"9"), thread(b"d", b"1")],
            "swapped": [
                {"which": b"a", "old": b"1", "new_box": b"2"},
                {"which": b"b", "old": b"0", "new_box": b"2"},
            ],
            "ended": [{"which": b"c"}],
            "counted": [],
        }
    )

    assert {name: n for name, n in written.items() if n} == {"opened": 1, "swapped": 1, "ended": 1}
    assert dict(BOXES.rows()) == {b"a": b"2", b"b": b"1", b"d": b"1"}


def test_a_broken_rule_is_told_without_its_values() -> None:
    ADD.run(meter((77_777, 1)))

    with pytest.raises(IntegrityError) as told:
        ADD.run(meter((77_777, 1)))
    assert "77777" not in str(told.value)
    db.db.session.rollback()


def test_a_value_too_large_is_refused_without_it() -> None:
    with pytest.raises((DataError, OverflowError)) as told:
        ADD.run(meter((77_777 * 10**15, 1)))
    assert "77777" not in str(told.value)
    db.db.session.rollback()


def test_what_was_written_behind_a_savepoint_is_taken_back_with_it() -> None:
    ADD.run(meter((1, 1)))
    savepoint = db.db.session.begin_nested()
    ADD.run(meter((2, 2)))
    with pytest.raises(IntegrityError):
        ADD.run(meter((1, 1)))
    savepoint.rollback()
    ADD.run(meter((3, 3)))
    db.db.session.commit()

    assert CELLS.rows(epoch=1, cells=[1, 2, 3]) == [(1, 1), (3, 3)]


def test_a_transaction_goes_on_behind_a_savepoint_that_held(app: Flask) -> None:
    with db.db.session.begin_nested():
        ADD.run(meter((1, 1)))
    ADD.run(meter((2, 2)))
    db.db.session.rollback()

    assert db.connection().execute(select(func.count()).select_from(SmsMeter)).scalar_one() == 0
