"""Where our processes may connect to: the addresses of the settings, and nothing else.

Python tells us each time anything in the process, ours or a library's, is about to look a name up or to connect.
The database's driver does not ask Python; its address is the operator's own. What is refused says so in the log.
"""

import ipaddress
import sys
import threading
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from app.core.config import Settings
from app.core.log import log

LOOPBACK = ("127.0.0.1", "::1", "localhost")
_LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname")
_CONNECTS = ("socket.connect", "socket.sendto", "socket.sendmsg")


class NotAllowed(PermissionError):
    """Something in this process wanted to speak with who is not in the settings."""


class Guard:
    """The hook: it cannot be taken out again for the life of the process."""

    def __init__(self, hosts: Iterable[str]) -> None:
        self.hosts = frozenset(hosts)
        self._found = threading.local()

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Raise NotAllowed for a name or an address that is nobody's of the list."""
        if event in _LOOKUPS:
            self._look_up(arguments[0])
        elif event in _CONNECTS:
            self._connect(arguments[-1])

    def _look_up(self, host: Any) -> None:
        """A name of this machine is always looked up, and opens no way to anybody's address."""
        name = str(host.decode("ascii", "replace") if isinstance(host, bytes) else host or LOOPBACK[0]).lower()
        self._found.is_allowed = name in self.hosts and not _is_loopback(name)
        if name not in self.hosts and not _is_loopback(name):
            self._refuse()

    def _connect(self, address: Any) -> None:
        """An address that no allowed name was looked up for just before, in this thread, is a stranger's."""
        if not isinstance(address, tuple) or _is_loopback(str(address[0])) or str(address[0]) in self.hosts:
            return  # a socket on this machine
        if not getattr(self._found, "is_allowed", False):
            self._refuse()

    def _refuse(self) -> None:
        log.error("a connection to elsewhere was refused")
        raise NotAllowed("not an address of the settings")


def hosts(settings: Settings) -> frozenset[str]:
    """Whom a process with these settings may speak with: its carrier, where staff sign in, and this machine."""
    carrier = {"twilio": settings.twilio_api_url, "gatewayapi": settings.gatewayapi_api_url}.get(settings.sms_provider)
    addresses = (
        settings.database_url,
        carrier if settings.has_citizen_side else None,
        settings.oidc_issuer if settings.has_desk_side else None,
    )
    found = {urlsplit(one).hostname for one in addresses if one}
    return frozenset(LOOPBACK) | {host for host in found if host}


def allow_only(hosts: Iterable[str]) -> None:
    """From now on, for good, this process connects to these only."""
    sys.addaudithook(Guard(hosts))


def _is_loopback(host: str) -> bool:
    """Whether this is an address of this machine itself, or its own name; a name that looks like one is a name."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in LOOPBACK
