"""The pack of a place with its version, and the one line that tells what became of earlier answers."""

import json
from dataclasses import dataclass
from typing import Any

from app.channels.kiosk import files
from app.core import clock
from app.privacy import kiosk_boxes
from app.publication import told, tree
from app.surveys import kiosk_pack
from app.surveys.models import Kiosk, Site
from app.surveys.questions import Words


@dataclass(frozen=True)
class Pack:
    """What a tablet takes along, and the version of it."""

    content: dict[str, Any]
    version: str


def of(device: Kiosk) -> Pack:
    """The pack of a tablet as it is now."""
    content = kiosk_pack.of(device, kiosk_boxes.keys()[0], said=newest_line(device.site))
    return Pack(content, files.version(json.dumps(content, ensure_ascii=False, sort_keys=True)))


def newest_line(site: Site) -> Words | None:
    """What was said and what came of it in one line by language: of the place, else of the country; None without."""
    found = told.nearest("kiosk", tree.above(site, clock.today().year))
    return told.lines(found[0], "kiosk") if found else None
