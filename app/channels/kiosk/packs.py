"""The pack of a place with its version, and the one line that tells what became of earlier answers."""

import json
from dataclasses import dataclass
from typing import Any

from app.channels.kiosk import files
from app.core import i18n
from app.core.i18n import N_
from app.privacy import kiosk_boxes
from app.publication import told
from app.publication.models import Told
from app.surveys import kiosk_pack, speaking
from app.surveys.models import Kiosk
from app.surveys.questions import Words

LONGEST_LINE = 240  # characters
_LINES = {
    "did": N_("You said: %(said)s We did: %(done)s"),
    "did_not": N_("You said: %(said)s We answered: %(done)s"),
}


@dataclass(frozen=True)
class Pack:
    """What a tablet takes along, and the version of it."""

    content: dict[str, Any]
    version: str


def of(device: Kiosk) -> Pack:
    """The pack of a tablet as it is now."""
    content = kiosk_pack.of(device, kiosk_boxes.keys()[0], said=newest_line())
    return Pack(content, files.version(json.dumps(content, ensure_ascii=False, sort_keys=True)))


def newest_line() -> Words | None:
    """What was said and what came of it, newest first, as one line by language; None while nothing short is told."""
    for item in told.live():
        lines = _line(item)
        if lines and all(len(line) <= LONGEST_LINE for line in lines.values()):
            return lines
    return None


def _line(item: Told) -> Words:
    written = {"da": (item.said_da, item.body_da), "en": (item.said_en, item.body_en)}
    frame = _LINES[item.outcome]
    return {
        lang: _framed(lang, frame) % {"said": said, "done": body}
        for lang, (said, body) in written.items()
        if said and body
    }


def _framed(lang: str, frame: str) -> str:
    return speaking.own(lang, frame) or i18n.translate(lang, frame)
