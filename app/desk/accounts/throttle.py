"""Guessing takes time: after five tries in a row a name gets one more every twelve seconds.

Kept in memory only, and it delays and never locks anybody out. A network, too, has its tries (core/limits), so that
nobody goes through many names. Codes of a second factor come slower: who guesses them knows the password already.
"""

import math
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from flask import current_app
from flask_babel import ngettext

from app.core import clock, limits
from app.core.errors import Refusal

TRIES, WINDOW = 5, 60.0  # seconds
CODE_WINDOW = 600.0
"""Five codes in ten minutes are 720 of a million in a day, three of which are right at any time."""
OF_A_NETWORK = limits.Limit("sign-ins", 20, window=60.0)
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

    window: float = WINDOW
    tries_left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    turn: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, name: str, now: float) -> float:
        """Take one try and return 0, or the seconds until there is one."""
        with self.turn:
            left, then = self.tries_left.pop(name, (float(TRIES), now))
            left = min(TRIES, left + max(0.0, now - then) * TRIES / self.window)
            wait = 0.0 if left >= 1 else (1 - left) * self.window / TRIES
            self.tries_left[name] = (left if wait else left - 1, now)
            if len(self.tries_left) > MOST_NAMES:
                self.tries_left.popitem(last=False)
            return wait

    def forget(self, name: str) -> None:
        """The person is in: their mistypings count no more."""
        with self.turn:
            self.tries_left.pop(name, None)


def throttle() -> Throttle:
    """The throttle of names and passwords of this process."""
    found: Throttle = current_app.extensions.setdefault("sign_in_throttle", Throttle())
    return found


def code_throttle() -> Throttle:
    """The throttle of codes."""
    found: Throttle = current_app.extensions.setdefault("code_throttle", Throttle(CODE_WINDOW))
    return found


def take_try(name: str) -> None:
    """Refuse with the seconds to wait if this name, or the network the request comes from, has had its tries."""
    take_try_of_network()
    _refuse_after(throttle().wait(name, clock.clock().since_boot()))


def take_code_try(name: str) -> None:
    """The same for a code of a second factor; not for the network, where many come to work at the same hour."""
    _refuse_after(code_throttle().wait(name, clock.clock().since_boot()))


def take_try_of_network() -> None:
    """Refuse with the seconds to wait if the network the request comes from has had its tries."""
    _refuse_after(limits.wait_for(OF_A_NETWORK))


def _refuse_after(wait: float) -> None:
    if wait:
        raise TooManyTries(math.ceil(wait))
