"""How often codes may be tried: ten times a minute in all, whoever tries, on all processes of the host together.

Nobody's address is kept for it. Forty bits of code then last for much longer than the fifteen minutes it opens.
"""

import fcntl
import math
import os
import struct

from flask_babel import ngettext

from app.core import clock, config
from app.core.errors import Refusal

TRIES, WINDOW = 10, 60.0  # seconds
_STATE = struct.Struct(">dd")


class TooManyTries(Refusal):
    """Ten codes were tried within a minute."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(
            ngettext(
                "Too many tries. Wait %(num)s second and try again.",
                "Too many tries. Wait %(num)s seconds and try again.",
                seconds,
            )
        )


def take() -> None:
    """Use up one try, or refuse with the seconds until there is one."""
    now = clock.clock().since_boot()
    file = os.open(config.settings().instance_dir / "kiosk-tries", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        found = os.pread(file, _STATE.size, 0)
        left, then = _STATE.unpack(found) if len(found) == _STATE.size else (float(TRIES), now)
        left = min(float(TRIES), left + max(0.0, now - then) * TRIES / WINDOW)
        os.pwrite(file, _STATE.pack(left - 1 if left >= 1 else left, now), 0)
    finally:
        os.close(file)
    if left < 1:
        raise TooManyTries(math.ceil((1 - left) * WINDOW / TRIES))
