"""Wrong ways to keep what must not be kept: each puts itself over the right code, and a proof must turn red."""

import hashlib
import hmac
import logging
import tarfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from flask import Flask, Request, Response

from app.channels.sms import exchange, states, views
from app.channels.sms.exchange import Exchange
from app.channels.sms.replies import Reply, Way
from app.core import config, db
from app.privacy import keys, pseudonyms
from app.privacy.keys import DayKey, DayKeys
from app.privacy.models import SealMonth

Patch = pytest.MonkeyPatch
Mutant = Callable[[Flask, Patch], None]


# ── a trace of whoever wrote ─────────────────────────────────────────────────────


def number_in_the_thread_row(_: Flask, patch: Patch) -> None:
    """The row of a conversation is found by the number itself."""
    patch.setattr(pseudonyms, "thread", lambda key, number: number.encode().ljust(32, b"\0"))


def reply_unboxed(_: Flask, patch: Patch) -> None:
    """What was answered is kept as it was sent, to answer a repeated delivery."""
    patch.setattr(exchange, "boxed", lambda message_id, key, mid, reply: reply.text.encode())
    patch.setattr(exchange, "opened", lambda message_id, key, mid, box: Reply(text=box.decode(), way=Way.INLINE))


def draft_in_json(_: Flask, patch: Patch) -> None:
    """An open conversation is readable JSON, with the id of the response it writes."""
    patch.setattr(Exchange, "_closed", lambda self, state: states.to_bytes(state))
    patch.setattr(Exchange, "_opened", lambda self: states.from_bytes(self._box) if self._box else None)


def form_in_a_debug_log(_: Flask, patch: Patch) -> None:
    """Somebody looks for a fault, and leaves the line in."""
    log, answer = logging.getLogger("stemme"), views.answer

    def noted(carrier: str, request: Request) -> Response:
        log.debug(unquote_plus(request.get_data(as_text=True)))
        return answer(carrier, request)

    patch.setattr(log, "isEnabledFor", lambda level: True)
    patch.setattr(views, "answer", noted)


TRACES: tuple[Mutant, ...] = (number_in_the_thread_row, reply_unboxed, draft_in_json, form_in_a_debug_log)


# ── a number that can be found again after its key is dead ───────────────────────


def hash_of_the_number(_: Flask, patch: Patch) -> None:
    """A plain hash: all Danish numbers are tried in minutes."""
    patch.setattr(pseudonyms, "thread", lambda key, number: hashlib.sha256(number.encode()).digest())


def lasting_key(_: Flask, patch: Patch) -> None:
    """HMAC under the secret key of the house, which lives for a year."""
    secret = config.settings().secret_keys[0]
    patch.setattr(pseudonyms, "thread", lambda key, number: hmac.digest(secret, number.encode(), hashlib.sha256))


def day_key_in_a_table(_: Flask, patch: Patch) -> None:
    """The key lies in the database, where every process finds it."""
    make = DayKeys._make

    def made(self: DayKeys, epoch: int, since_boot: float) -> DayKey:
        key = make(self, epoch, since_boot)
        db.db.session.add(SealMonth(month="2026-99", public=key.secret, wrapped=b"\0" * 80))
        return key

    patch.setattr(DayKeys, "_make", made)


def back_up_the_whole_house(folder: Path) -> None:
    """A copy of everything below the instance folder, as any tool makes it."""
    with tarfile.open(folder / "house.tar", "w") as copy:
        copy.add(config.settings().instance_dir)


def key_cached_in_the_process(_: Flask, patch: Patch) -> None:
    """Read once and kept: the file may go, the key stays."""
    read, kept = DayKeys._read, dict[int, DayKey]()

    def read_once(self: DayKeys, epoch: int, since_boot: float) -> DayKey | None:
        found = read(self, epoch, since_boot)
        return kept.setdefault(epoch, found) if found else kept.get(epoch)

    patch.setattr(DayKeys, "_read", read_once)


def only_the_wall_clock(_: Flask, patch: Patch) -> None:
    """A clock that is held back keeps a key alive for as long as one likes."""
    patch.setattr(keys, "LONGEST_LIFE", float("inf"))


FOUND_BY_NUMBER: tuple[Mutant, ...] = (hash_of_the_number, lasting_key)
KEPT_TOO_LONG: tuple[Mutant, ...] = (key_cached_in_the_process, only_the_wall_clock)
