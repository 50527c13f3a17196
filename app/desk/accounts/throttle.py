"""Guessing takes time: after five tries in a row a name gets one more every twelve seconds.

Kept in memory only, by name and never by address; it delays and never locks anybody out.
"""

import math
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from flask import current_app
from flask_babel import ngettext

from app.core import clock
from app.core.errors import Refusal

TRIES, WINDOW = 5, 60.0  # seconds
MOST_NAMES = 10_000


class TooManyTries(Refusal):
    """The name has been tried too often just now."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(
            ngettext(
                "Too many tries. Wait %(num)s second and try again.",
                "Too many tries. Wait %(num)s seconds and try again.",
                seconds,
            )
        )


@dataclass
class Throttle:
    """A bucket of tries for each name; the names least recently tried are forgotten first."""

    tries_left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    turn: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, name: str, now: float) -> float:
        """Take one try and return 0, or the seconds until there is one."""
        with self.turn:
            left, then = self.tries_left.pop(name, (float(TRIES), now))
            left = min(TRIES, left + max(0.0, now - then) * TRIES / WINDOW)
            wait = 0.0 if left >= 1 else (1 - left) * WINDOW / TRIES
            self.tries_left[name] = (left if wait else left - 1, now)
            if len(self.tries_left) > MOST_NAMES:
                self.tries_left.popitem(last=False)
            return wait

    def forget(self, name: str) -> None:
        """The person is in: their mistypings count no more."""
        with self.turn:
            self.tries_left.pop(name, None)


def throttle() -> Throttle:
    """The throttle of this process."""
    found: Throttle = current_app.extensions.setdefault("sign_in_throttle", Throttle())
    return found


def take_try(name: str) -> None:
    """Refuse with the seconds to wait if this name has had its tries."""
    wait = throttle().wait(name, clock.clock().since_boot())
    if wait:
        raise TooManyTries(math.ceil(wait))
