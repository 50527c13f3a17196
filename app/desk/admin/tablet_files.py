"""Reads in what a tablet without net saved as a file: sealed answers, which nobody at the desk can read."""

import base64
import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.privacy import kiosk_boxes
from app.privacy.kiosk_boxes import Sealed
from app.surveys import kiosk_answers, kiosks
from app.surveys.kiosk_answers import Taken, WillNeverFit
from app.surveys.models import Kiosk

LARGEST = 8 * 1024 * 1024
"""Bytes of a file: a full tablet of 2,000 answers, each with a long text."""
MOST = 4000
"""Answers of a file: a full tablet, and as many again that it has set aside."""
AT_A_TIME = 20
"""So many are stored in one transaction."""


class FileRefused(Refusal):
    """A file that is not from this tablet, or that cannot be opened here."""


@dataclass(frozen=True)
class File:
    """The sealed answers of a file, and the day on which the tablet wrote it by its own clock."""

    day_now: int
    boxes: tuple[Sealed, ...]

    def parts(self) -> Iterator[tuple[Sealed, ...]]:
        """The answers, a few at a time: texts that come meanwhile get their turn in between."""
        return (self.boxes[start : start + AT_A_TIME] for start in range(0, len(self.boxes), AT_A_TIME))


def read(device: Kiosk, content: bytes) -> File:
    """What the file holds, still sealed. Raises FileRefused for what is no file of this tablet."""
    if not kiosk_boxes.keys():
        raise FileRefused(_("Files from tablets cannot be read in here. Ask those who run the server."))
    try:
        written = json.loads(content)
        name, day_now = written["device"], written["day_now"]
        boxes = tuple(_sealed(device, one) for one in written["records"])
        is_ours = written["v"] == kiosk_answers.FORMAT and type(day_now) is int and len(boxes) <= MOST
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise FileRefused(_("This is not a file from a tablet.")) from error
    if not is_ours:
        raise FileRefused(_("This is not a file from a tablet."))
    if name != kiosks.device_name(device):
        raise FileRefused(_("This file comes from another tablet. Read it in on that one's page."))
    # In one order everywhere: two files with the same answers then wait for each other, and never in a ring.
    return File(day_now, tuple(sorted(boxes, key=lambda one: one.key)))


def store(device: Kiosk, part: Iterable[Sealed], day_now: int, today: date) -> bool:
    """Store these answers, each once however often its file is read in; False if one did not fit."""
    fitted = [_take(device, one, day_now, today) for one in part]  # all of them, also after one that did not fit
    return all(fitted)


def _take(device: Kiosk, sealed: Sealed, day_now: int, today: date) -> bool:
    try:
        return kiosk_answers.take(device, sealed, day_now=day_now, today=today) is not Taken.OTHER_BEFORE
    except WillNeverFit:
        return False


def _sealed(device: Kiosk, record: Any) -> Sealed:
    """Raises ValueError, KeyError or TypeError."""
    key, kid = record["key"], record["kid"]
    if not isinstance(key, str) or str(uuid.UUID(key)) != key or not kiosk_boxes.KID.fullmatch(kid):
        raise ValueError
    box = base64.b64decode(record["box"], validate=True)
    return Sealed(kid=kid, device=kiosks.device_name(device), key=key, box=box)
