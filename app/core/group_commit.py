"""Requests of one process that wait at the same moment share one transaction, and so one commit.

A durable commit costs the same for one text as for twenty. Whoever comes while nobody is at work takes along
everybody who waits, does the work for all, and hands over to the first of those who came meanwhile.
"""

import threading
import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Given = TypeVar("Given")

MOST = 32
"""Requests that share a transaction at most: others wait for it to end."""


class GroupCommit(Generic[Asked, Given]):
    """A queue of requests. `work` gives, for all of a group, what each gets: a result, or an exception to raise.

    What `work` raises is raised to everybody of the group. Requests that are `alike` never share a group, and
    come one after the other in their order. Who has waited for others longer than `patience` seconds gets `late`.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Asked]], Sequence[Given | Exception]],
        *,
        alike: Callable[[Asked], Hashable],
        patience: float,
        late: Callable[[], Exception],
    ) -> None:
        self._work, self._alike, self._patience, self._late = work, alike, patience, late
        self._door = threading.Lock()
        self._waiting: list[_Request[Asked, Given]] = []
        self._is_at_work = False

    def do(self, asked: Asked) -> Given:
        """What `work` gives for this request; in this thread or in another one's."""
        mine: _Request[Asked, Given] = _Request(asked)
        with self._door:
            self._waiting.append(mine)
            leads, self._is_at_work = not self._is_at_work, True
        if not leads:
            mine.called.acquire()
        if not mine.is_done:
            self._lead()
        return mine.outcome()

    def _lead(self) -> None:
        group = self._group()
        in_time = [request for request in group if not self._is_late(request)]
        try:
            if in_time:
                for request, given in zip(in_time, self._work([one.asked for one in in_time]), strict=True):
                    request.end(given)
        except BaseException as error:
            for request in in_time:
                request.end(error)
            if not isinstance(error, Exception):
                raise
        finally:
            self._hand_over(group)

    def _is_late(self, request: "_Request[Asked, Given]") -> bool:
        if time.monotonic() - request.since <= self._patience:
            return False
        request.end(self._late())
        return True

    def _group(self) -> "list[_Request[Asked, Given]]":
        with self._door:
            group: dict[Hashable, _Request[Asked, Given]] = {}
            for request in self._waiting:
                if len(group) < MOST:
                    group.setdefault(self._alike(request.asked), request)
            self._waiting = [
                request for request in self._waiting if group.get(self._alike(request.asked)) is not request
            ]
        return list(group.values())

    def _hand_over(self, group: "Sequence[_Request[Asked, Given]]") -> None:
        with self._door:
            following = self._waiting[0] if self._waiting else None
            self._is_at_work = following is not None
        for request in group:
            request.called.release()
        if following:
            following.called.release()


def _closed() -> threading.Lock:
    lock = threading.Lock()
    lock.acquire()
    return lock


@dataclass(eq=False)
class _Request(Generic[Asked, Given]):
    asked: Asked = field(repr=False)
    called: threading.Lock = field(default_factory=_closed)
    """Opens when the request is done, or when its turn has come to lead."""
    since: float = field(default_factory=time.monotonic)
    is_done: bool = False
    given: Given | None = field(default=None, repr=False)
    error: BaseException | None = None

    def outcome(self) -> Given:
        """What was given, once. An error is let go of: it holds frames that hold what was asked."""
        error, self.error = self.error, None
        if error is None:
            return self.given  # type: ignore[return-value]
        try:
            raise error
        finally:
            del error

    def end(self, given: Given | BaseException) -> None:
        self.is_done = True
        if isinstance(given, BaseException):
            self.error = given
        else:
            self.given = given
