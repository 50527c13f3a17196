"""Requests that wait at the same moment are done together; no fault of one is another's, and nobody is left waiting."""

import gc
import threading
import time
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from app.core.group_commit import MOST, GroupCommit

PATIENCE = 10  # seconds


class Work:
    """Does what it is told, group by group, and remembers the groups; the first one waits until it may go on."""

    def __init__(self, does: Callable[[str], str | Exception] = str.upper) -> None:
        self.does, self.groups = does, list[list[str]]()
        self.begun, self.may_go_on = threading.Event(), threading.Event()
        self.group = GroupCommit[str, str](self, alike=lambda asked: asked[0], patience=PATIENCE, late=TimeoutError)

    def __call__(self, asked: Sequence[str]) -> list[str | Exception]:
        self.groups.append(list(asked))
        self.begun.set()
        assert self.may_go_on.wait(PATIENCE)
        return [self.does(one) for one in asked]

    def run(self, first: str, *others: str) -> list["Future[str]"]:
        """Ask for the first, then for all others while it is at work; how each ended."""
        with ThreadPoolExecutor(len(others) + 1) as threads:
            ended = [threads.submit(self.group.do, first)]
            assert self.begun.wait(PATIENCE)
            for count, other in enumerate(others, 1):
                ended.append(threads.submit(self.group.do, other))
                self._wait_for(count)
            self.may_go_on.set()
        return ended

    def _wait_for(self, count: int) -> None:
        until = time.monotonic() + PATIENCE
        while len(self.group._waiting) < count:
            assert time.monotonic() < until
            time.sleep(0.001)


def test_those_who_come_while_somebody_is_at_work_share_the_next_group() -> None:
    work = Work()

    ended = work.run("a", "b", "c", "d")

    assert [one.result(PATIENCE) for one in ended] == ["A", "B", "C", "D"]
    assert work.groups == [["a"], ["b", "c", "d"]]


def test_what_is_alike_never_shares_a_group_and_keeps_its_order() -> None:
    work = Work()

    ended = work.run("a", "b1", "c", "b2", "b3")

    assert [one.result(PATIENCE) for one in ended] == ["A", "B1", "C", "B2", "B3"]
    assert work.groups == [["a"], ["b1", "c"], ["b2"], ["b3"]]


def test_a_group_has_an_end() -> None:
    work = Work()
    many = [f"{chr(200 + n)}" for n in range(MOST + 5)]

    ended = work.run("a", *many)

    assert [one.result(PATIENCE) for one in ended] == ["A", *(one.upper() for one in many)]
    assert list(map(len, work.groups)) == [1, MOST, 5]


def test_a_fault_that_is_given_to_one_is_raised_to_that_one_alone() -> None:
    work = Work(lambda asked: ValueError("no") if asked == "b" else asked.upper())

    ended = work.run("a", "b", "c")

    with pytest.raises(ValueError, match="no"):
        ended[1].result(PATIENCE)
    assert (ended[0].result(PATIENCE), ended[2].result(PATIENCE)) == ("A", "C")


class Ended(BaseException):
    """As SystemExit, but pytest lets it pass."""


@pytest.mark.parametrize("fault", [OSError("full"), Ended()])
def test_what_the_work_raises_is_raised_to_all_of_the_group_and_the_next_one_is_done(fault: BaseException) -> None:
    def does(asked: str) -> str:
        if asked in "bc":
            raise fault
        return asked.upper()

    work = Work(does)

    ended = work.run("a", "b", "c")

    for one in ended[1:]:
        with pytest.raises(type(fault)):
            one.result(PATIENCE)
    assert work.group.do("d") == "D"


def test_whoever_comes_alone_is_done_at_once() -> None:
    work = Work()
    work.may_go_on.set()

    assert [work.group.do(one) for one in "abc"] == ["A", "B", "C"]
    assert work.groups == [["a"], ["b"], ["c"]]


def test_whoever_has_waited_too_long_for_others_is_told_so_and_the_others_are_done() -> None:
    def does(asked: str) -> str:
        work.group._patience = PATIENCE if asked == "c" else 0.0
        return asked.upper()

    work = Work(does)

    ended = work.run("a", "b")
    work.group._patience = PATIENCE

    with pytest.raises(TimeoutError):
        ended[1].result(PATIENCE)
    assert work.groups == [["a"]]
    assert work.group.do("c") == "C"


def test_nothing_that_was_asked_outlives_a_fault() -> None:
    class Secret(str):
        """Strings can be watched only in a class of ours."""

    def does(_: str) -> str:
        raise OSError("full")

    work, secret = Work(does), Secret("a")
    work.may_go_on.set()
    gone = weakref.ref(secret)
    with pytest.raises(OSError, match="full") as told:
        work.group.do(secret)
    work.groups.clear()
    gc.disable()
    try:
        del secret, told
        assert gone() is None
    finally:
        gc.enable()
