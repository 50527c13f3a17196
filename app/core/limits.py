"""How much may come in, without knowing from whom: counted in memory, under a hash only this process can make.

An address is cut to its network, hashed with a seed that lives for an hour, and forgotten. Nothing of it reaches a
file or a log. Figures from docs/privacy.md, "How much may come in".
"""

import hashlib
import math
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from flask import Flask, current_app, request
from werkzeug.exceptions import TooManyRequests

from app.core import access, clock

HOUR = 3600.0  # seconds
MOST_BUCKETS = 50_000
NETWORK_BYTES = {4: 3, 6: 7}
"""A network is a /24, or a /56: a house, a shelter, a part of a mobile network."""
_SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Limit:
    """A bucket that holds `most` and fills up again within `window` seconds."""

    name: str
    most: int
    window: float = HOUR


POSTS = Limit("posts", 1200)
"""Of one network. A person who answers posts about twenty times, and sixty may sit behind one address."""
RESPONSES = Limit("responses", 120)
"""Finished ones of one network."""
LOOKUPS = Limit("look-ups", 30)
"""Receipt codes that one network asks about, by every page."""
ALL_LOOKUPS = Limit("all look-ups", 300)
"""Receipt codes that everybody together asks about: nobody can try them out from many networks either."""
ALL_RESPONSES = Limit("all responses", 600)
"""Of everybody, by every channel: what comes above it is stored, and held until a moderator lets it in."""


class Limits:
    """The buckets of this process. Several processes share what may come in, so each lets in its part."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._buckets: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        self._hour, self._seed = -1, b""
        self._turn = threading.Lock()

    def wait(self, limit: Limit, address: str, now: float) -> float:
        """Take one and return 0, or the seconds until there is one. `now` is seconds of a clock nobody sets back."""
        most = max(1.0, limit.most / self._processes)
        with self._turn:
            bucket = self._name(limit, address, now)
            left, then = self._buckets.pop(bucket, (most, now))
            left = min(most, left + max(0.0, now - then) * most / limit.window)
            wait = 0.0 if left >= 1 else (1 - left) * limit.window / most
            self._buckets[bucket] = (left if wait else left - 1, now)
            if len(self._buckets) > MOST_BUCKETS:
                self._buckets.popitem(last=False)
            return wait

    def _name(self, limit: Limit, address: str, now: float) -> bytes:
        """What a bucket is called this hour; in the next one nobody can say whose it was, and all begin full."""
        hour = int(now // HOUR)
        if hour != self._hour:
            self._hour, self._seed = hour, secrets.token_bytes(32)
            self._buckets.clear()
        whose = limit.name.encode() + b"\0" + network(address)
        return hashlib.blake2b(whose, digest_size=16, key=self._seed).digest()


def init(app: Flask, *, processes: int) -> None:
    """Count the posts of citizens; those of carriers and staff have limits of their own."""
    app.extensions["limits"] = Limits(processes)

    @app.before_request
    def limit_posts() -> None:
        is_staff = request.path.startswith("/desk")
        if request.method not in _SAFE and not is_staff and access.PROVIDER not in access.of_request(app):
            take(POSTS)


def take(limit: Limit) -> None:
    """Take one for the network this request comes from, or answer 429 with the seconds until there is one."""
    wait = wait_for(limit)
    if wait:
        raise TooManyRequests(retry_after=math.ceil(wait))


def take_lookup() -> None:
    """Take one look-up of a receipt code, of this network and of everybody, or answer 429."""
    take(LOOKUPS)
    wait = _limits().wait(ALL_LOOKUPS, "", clock.clock().since_boot())
    if wait:
        raise TooManyRequests(retry_after=math.ceil(wait))


def wait_for(limit: Limit) -> float:
    """Take one for the network this request comes from and return 0, or the seconds until there is one."""
    return _limits().wait(limit, request.remote_addr or "", clock.clock().since_boot())


def is_flooded() -> bool:
    """Whether more responses come in now than people give, whoever sends them. Counts one more."""
    return _limits().wait(ALL_RESPONSES, "", clock.clock().since_boot()) > 0


def network(address: str) -> bytes:
    """The first bytes of an address; none for what is no address, as behind a socket that names nobody."""
    try:
        found = ip_address(address)
    except ValueError:
        return b""
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return found.packed[: NETWORK_BYTES[found.version]]


def _limits() -> Limits:
    found: Limits = current_app.extensions["limits"]
    return found
