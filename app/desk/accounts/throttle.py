"""Guessing takes time: after five tries in a row a name gets one more every twelve seconds, in each network.

Kept in memory only, under hashes. Many networks together get more tries of one name, and never at the cost of a
network in which it was let in lately: a stranger delays strangers. A network, too, has its tries (core/limits), so
that nobody goes through many names. Codes of a second factor come slower: who guesses them knows the password already.
"""

import hashlib
import math
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TypeVar

from flask import current_app, request
from flask_babel import ngettext

from app.core import clock, limits
from app.core.errors import Refusal

TRIES, WINDOW = 5, 60.0  # seconds
EVERYWHERE = 60
"""Tries of one name within the window in all networks where it was not let in lately."""
LATELY = 24 * 3600.0  # seconds
CODE_WINDOW, CODES_EVERYWHERE = 600.0, 10
"""Ten codes in ten minutes are 1,440 of a million in a day, three of which are right at any time."""
OF_A_NETWORK = limits.Limit("sign-ins", 20, window=60.0)
MOST = 10_000
"""Buckets; one takes about 200 bytes."""
_EVERYWHERE = b"everywhere"  # longer than any network
_Value = TypeVar("_Value")


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
    """Buckets of tries, called by a hash only this process can make; those least recently tried are forgotten first."""

    window: float = WINDOW
    everywhere: int = EVERYWHERE
    tries_left: OrderedDict[bytes, tuple[float, float]] = field(default_factory=OrderedDict)
    let_in_at: OrderedDict[bytes, float] = field(default_factory=OrderedDict)
    seed: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    turn: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, name: str, network: bytes, now: float) -> float:
        """Take one try of this name in this network and return 0, or the seconds until there is one.

        Where the name was not let in lately, those networks together have their tries as well.
        """
        here = self._bucket(name, network)
        with self.turn:
            wait = self._take(here, TRIES, now)
            if wait or now - self.let_in_at.get(here, -math.inf) < LATELY:
                return wait
            return self._take(self._bucket(name, _EVERYWHERE), self.everywhere, now)

    def let_in(self, name: str, network: bytes, now: float) -> None:
        """The person is in: their mistypings count no more, and nobody in another network can make them wait here."""
        here = self._bucket(name, network)
        with self.turn:
            self.tries_left.pop(here, None)
            _put(self.let_in_at, here, now)

    def _take(self, bucket: bytes, most: int, now: float) -> float:
        left, then = self.tries_left.get(bucket, (float(most), now))
        left = min(most, left + max(0.0, now - then) * most / self.window)
        wait = 0.0 if left >= 1 else (1 - left) * self.window / most
        _put(self.tries_left, bucket, (left if wait else left - 1, now))
        return wait

    def _bucket(self, name: str, network: bytes) -> bytes:
        """Sixteen bytes, however long the name that was sent."""
        return hashlib.blake2b(bytes([len(network)]) + network + name.encode(), digest_size=16, key=self.seed).digest()


def throttle() -> Throttle:
    """The throttle of names and passwords of this process."""
    found: Throttle = current_app.extensions.setdefault("sign_in_throttle", Throttle())
    return found


def code_throttle() -> Throttle:
    """The throttle of codes."""
    found: Throttle = current_app.extensions.setdefault("code_throttle", Throttle(CODE_WINDOW, CODES_EVERYWHERE))
    return found


def take_try(name: str) -> None:
    """Refuse with the seconds to wait if this name, or the network the request comes from, has had its tries."""
    take_try_of_network()
    _refuse_after(throttle().wait(name, _network(), clock.clock().since_boot()))


def take_code_try(name: str) -> None:
    """The same for a code of a second factor; not for the network, where many come to work at the same hour."""
    _refuse_after(code_throttle().wait(name, _network(), clock.clock().since_boot()))


def let_in(name: str) -> None:
    """The password of this name was right, in the network the request comes from."""
    throttle().let_in(name, _network(), clock.clock().since_boot())


def let_code_in(name: str) -> None:
    """The same for a code."""
    code_throttle().let_in(name, _network(), clock.clock().since_boot())


def take_try_of_network() -> None:
    """Refuse with the seconds to wait if the network the request comes from has had its tries."""
    _refuse_after(limits.wait_for(OF_A_NETWORK))


def _refuse_after(wait: float) -> None:
    if wait:
        raise TooManyTries(math.ceil(wait))


def _network() -> bytes:
    return limits.network(request.remote_addr or "")


def _put(kept: OrderedDict[bytes, _Value], bucket: bytes, value: _Value) -> None:
    kept[bucket] = value
    kept.move_to_end(bucket)
    if len(kept) > MOST:
        kept.popitem(last=False)
